"""From what the URL says to what the search answers."""

from collections.abc import Mapping
from typing import Any, get_args

from genai_session_analyzer.dashboard.pages.gallery_view import GalleryView
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.insights.gallery_contents import GalleryContents, gallery_contents
from genai_session_analyzer.insights.map_points import nearest_on_map
from genai_session_analyzer.insights.map_region import prompts_inside
from genai_session_analyzer.retrieval import FoundPrompt, SearchFilters, SearchQuery, SearchResult
from genai_session_analyzer.schema.values import DeviceType, Region, Status, UserTier
from genai_session_analyzer.semantic.view_filters import ViewFilters

_KNOWN: dict[str, tuple[str, ...]] = {
    "status": get_args(Status),
    "user_tier": get_args(UserTier),
    "region": get_args(Region),
    "device_type": get_args(DeviceType),
}
"""What the search can filter by; the filter bar also has `unknown`."""


def contents_of(services: Services) -> GalleryContents:
    """Return what of a gallery the build holds.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.remember(
        ("gallery_contents",), lambda: gallery_contents(services.reader.ibis())
    )


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
        filters=search_filters(filters, view, _candidates(services, view)),
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
    prompt_id = nearest_on_map(services.reader.ibis(), float(place["x"]), float(place["y"]))
    if prompt_id is None:
        message = "The map of this build is empty; reload the page."
        raise AnalyzerError(message)
    return prompt_id


def search_filters(
    filters: ViewFilters, view: GalleryView, prompt_ids: tuple[str, ...] | None
) -> SearchFilters:
    """Return the shared filters, the switch and the prompts kept as the search takes them.

    Raises:
        AnalyzerError: Only `unknown` is asked for of something the search knows the values of.
    """
    values: dict[str, Any] = filters.model_dump()
    for name, known in _KNOWN.items():
        kept = tuple(value for value in values[name] if value in known)
        if values[name] and not kept:
            message = (
                f"The gallery cannot look for an unknown {name.replace('_', ' ')}; "
                "choose another value in the filter bar, or none."
            )
            raise AnalyzerError(message)
        values[name] = kept
    return SearchFilters(**values, include_nsfw=view.include_nsfw, prompt_ids=prompt_ids)


def _candidates(services: Services, view: GalleryView) -> tuple[str, ...] | None:
    """The prompts that region and pictures leave; None = all."""
    pictured = contents_of(services).pictured_ids
    only_pictures = view.only_pictures and (view.pictures == "only" or bool(pictured))
    if view.region is None:
        return pictured if only_pictures else None
    region = view.region
    inside = services.remember(
        ("prompts_inside", region), lambda: prompts_inside(services.reader.ibis(), region)
    )
    return tuple(sorted(set(inside) & set(pictured))) if only_pictures else inside


def _ask(services: Services, question: SearchQuery) -> SearchResult:
    if services.search is None:
        message = "This dashboard was started without a search; start it with `gsa dashboard`."
        raise AnalyzerError(message)
    return services.search.search(question)
