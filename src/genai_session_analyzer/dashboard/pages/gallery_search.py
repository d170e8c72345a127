"""From what the URL says to what the search answers."""

from collections.abc import Mapping
from typing import Any

from genai_session_analyzer.dashboard.pages.gallery_view import GalleryView
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.insights.gallery_contents import GalleryContents, gallery_contents
from genai_session_analyzer.insights.gallery_loading import load_gallery_rows
from genai_session_analyzer.insights.gallery_rows import GalleryRows
from genai_session_analyzer.insights.map_points import nearest_on_map
from genai_session_analyzer.insights.map_region import prompts_inside
from genai_session_analyzer.insights.prompt_sets import facts_of_prompts, prompts_in_view
from genai_session_analyzer.retrieval import (
    FoundPrompt,
    GroupFacts,
    SearchFilters,
    SearchQuery,
    SearchResult,
    SearchSettings,
)
from genai_session_analyzer.semantic.coded_column import Mask
from genai_session_analyzer.semantic.view_filters import (
    LABEL_DIMENSIONS,
    NOT_LABELLED,
    ViewFilters,
)

_NOT_SEARCHED = ("complexity_score", "prompt_length_category", "friction_band")
"""Filters the search does not know: the prompts that pass them are looked up before."""


def contents_of(services: Services) -> GalleryContents:
    """Return what of a gallery the build holds.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.hold(("gallery_contents",), lambda: gallery_contents(services.reader.ibis()))


def rows_of(services: Services) -> GalleryRows:
    """Return the build's prompts and generations as map and numbers are made from.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.hold(("gallery_rows",), lambda: load_gallery_rows(services.reader.ibis()))


def find_prompts(services: Services, query: str | None) -> SearchResult:
    """Return what the search answers to a URL's query.

    Raises:
        AnalyzerError: No build, no embeddings, no such prompt or picture, or no search at all.
    """
    view, filters = GalleryView.from_query(query), ViewFilters.from_query(query)
    question = SearchQuery(
        text=view.text,
        prompt_id=view.like_prompt,
        like_image=view.like_image,
        filters=search_filters(filters, view, _candidates(services, view, filters)),
        limit=view.card_count,
    )
    return _ask(services, question)


def find_neighbours(
    services: Services, prompt_id: str, view: GalleryView
) -> tuple[FoundPrompt, ...]:
    """Return the six prompts most like one, whatever the filters but the switch for unsafe ones.

    Raises:
        AnalyzerError: See `find_prompts`.
    """
    filters = SearchFilters(include_nsfw=view.include_nsfw)
    return _ask(services, SearchQuery(prompt_id=prompt_id, filters=filters, limit=6)).rows


def find_one(services: Services, prompt_id: str) -> FoundPrompt | None:
    """Return one prompt with the facts of all its generations; None where it does not exist.

    Raises:
        AnalyzerError: See `find_prompts`.
    """
    filters = SearchFilters(prompt_ids=(prompt_id,), include_nsfw=True)
    rows = _ask(services, SearchQuery(filters=filters, limit=1)).rows
    return rows[0] if rows else None


def prompt_at(services: Services, click: Mapping[str, Any]) -> str:
    """Return the id of the prompt next to where the map was clicked.

    Args:
        services: Where the map is.
        click: `clickData` of the map: its first point has x and y.

    Raises:
        AnalyzerError: The map is empty.
    """
    place = click["points"][0]
    prompt_id = nearest_on_map(rows_of(services), float(place["x"]), float(place["y"]))
    if prompt_id is None:
        message = "The map of this build is empty; reload the page."
        raise AnalyzerError(message)
    return prompt_id


def search_filters(
    filters: ViewFilters, view: GalleryView, prompt_ids: tuple[str, ...] | None
) -> SearchFilters:
    """Return the shared filters, the switch and the prompts kept as the search takes them.

    What the search does not know is left to `prompt_ids`.
    """
    values: dict[str, Any] = filters.model_dump(exclude=set(_NOT_SEARCHED))
    values |= {name: () for name in values if _wants_unlabelled(filters, name)}
    return SearchFilters(**values, include_nsfw=view.include_nsfw, prompt_ids=prompt_ids)


def matching_facts(services: Services, query: str | None) -> GroupFacts:
    """Return the facts of every prompt that passes filters, region and switches of a query.

    Raises:
        NoBuildError: Nothing has been published.
    """
    view, filters = GalleryView.from_query(query), ViewFilters.from_query(query)
    places = (view.region, view.only_pictures)
    unsafe_from = unsafe_score(services, view)
    return services.remember(
        ("matching_facts", filters, places, unsafe_from),
        lambda: GroupFacts(
            **facts_of_prompts(rows_of(services), filters, _placed(services, view), unsafe_from)
        ),
    )


def whole_facts(services: Services) -> GroupFacts:
    """Return the facts of every prompt of the build.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.hold(
        ("whole_facts",), lambda: GroupFacts(**facts_of_prompts(rows_of(services), ViewFilters()))
    )


def unsafe_score(services: Services, view: GalleryView) -> float | None:
    """Return the score from which prompts are hidden, the search's own; None: none is hidden."""
    if view.include_nsfw:
        return None
    settings = SearchSettings() if services.search is None else services.search.settings
    return settings.nsfw_from


def _wants_unlabelled(filters: ViewFilters, name: str) -> bool:
    return name in LABEL_DIMENSIONS and NOT_LABELLED in getattr(filters, name)


def _candidates(
    services: Services, view: GalleryView, filters: ViewFilters
) -> tuple[str, ...] | None:
    """The prompts that region, pictures and filters the search does not know leave; None = all."""
    kept = _placed(services, view)
    unlabelled = any(_wants_unlabelled(filters, name) for name in LABEL_DIMENSIONS)
    if unlabelled or filters.uses(_NOT_SEARCHED):
        passing = prompts_in_view(rows_of(services), filters)
        kept = passing if kept is None else kept & passing
    return None if kept is None else rows_of(services).ids(kept)


def _placed(services: Services, view: GalleryView) -> Mask | None:
    """The prompts that region and pictures leave, shape (prompts,); None = all."""
    pictured = contents_of(services).pictured_ids
    only_pictures = view.only_pictures and (view.pictures == "only" or bool(pictured))
    rows = rows_of(services)
    inside = None if view.region is None else prompts_inside(rows, view.region)
    if not only_pictures:
        return inside
    with_picture = rows.mask_of(pictured)
    return with_picture if inside is None else inside & with_picture


def _ask(services: Services, question: SearchQuery) -> SearchResult:
    if services.search is None:
        message = "This dashboard was started without a search; start it with `gsa dashboard`."
        raise AnalyzerError(message)
    return services.search.search(question)
