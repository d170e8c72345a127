"""What stands in the gallery once a search is answered."""

import dash_mantine_components as dmc
import pyarrow as pa
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state, export_button
from genai_session_analyzer.dashboard.formats import compact
from genai_session_analyzer.dashboard.pages.gallery_cards import PATH, card_grid
from genai_session_analyzer.dashboard.pages.gallery_insights import insight_strip, waiting_strip
from genai_session_analyzer.dashboard.pages.gallery_layout import RESULTS_EXPORT_ID
from genai_session_analyzer.dashboard.pages.gallery_view import (
    MOST_CARDS,
    PAGE_SIZE,
    GalleryView,
)
from genai_session_analyzer.retrieval import FoundPrompt, SearchResult

MATCHING_ID = "gallery-matching"
"""Where the numbers of everything that matches come, by a callback of their own."""


def results(result: SearchResult, query: str | None, alike: FoundPrompt | None) -> Component:
    """Return headline, comparison with the whole, cards, and the link to more of them.

    Args:
        result: What the search found.
        query: The URL's query.
        alike: The prompt that others like it were looked for of, if so.
    """
    view = GalleryView.from_query(query)
    head = dmc.Group(
        [html.H2(headline(result, view), className="gallery-headline", **{"aria-live": "polite"}),
         export_button(RESULTS_EXPORT_ID)],
        justify="space-between",
        gap="xs",
    )  # fmt: skip
    chips = _chips(view, query, alike)
    if not result.rows:
        nothing = empty_state(
            "No prompt passes all of this.",
            "Take a filter or the region away, or the quotes around words.",
        )
        return html.Div([chips, nothing])
    parts = [
        chips,
        head,
        _insights(result, view),
        card_grid(result.rows, query),
        _more(result, view, query),
    ]
    return html.Div(parts)


def headline(result: SearchResult, view: GalleryView) -> str:
    """Return how many are shown, of how many, in what order."""
    shown, whole = len(result.rows), result.candidate_count
    order = "most similar first" if view.is_search else "most used first"
    pictured = view.only_pictures and all(row.thumbnail_id for row in result.rows)
    kind = " with a picture" if pictured else ""
    of = "" if shown == whole else f" of {compact(whole)}"
    return f"{shown}{of} prompts{kind}, {order}"


def matching_words(candidate_count: int) -> str:
    """Return what the strip says is compared while nothing is looked for by meaning."""
    return f"all {compact(candidate_count)} prompts that match"


def result_rows(result: SearchResult) -> pa.Table:
    """Return the results as a table for export: one row per prompt, best first."""
    columns = (
        "prompt_id", "prompt_text", "similarity", "generation_count", "error_rate",
        "mean_latency_ms", "total_cost_credits", "domain", "art_style", "mood", "complexity_score",
        "cluster_id", "cluster_title",
    )  # fmt: skip
    return pa.table({name: [getattr(row, name) for row in result.rows] for name in columns})


def _insights(result: SearchResult, view: GalleryView) -> Component:
    """By meaning every prompt matches more or less: then the numbers are of those shown."""
    if not view.is_search:
        return html.Div(waiting_strip(), id=MATCHING_ID)
    shown = f"the {len(result.rows)} prompts shown"
    return insight_strip(result.found, result.whole, shown)


def _chips(view: GalleryView, query: str | None, alike: FoundPrompt | None) -> Component | None:
    """What was chosen outside of the box, each with the way back."""
    chips = []
    if view.like_prompt or view.like_image:
        name = alike.prompt_text if alike else view.like_image
        what = "Looks like" if view.like_image else "Like"
        chips.append(_chip(f"{what}: {name}", view.seeking(), query))
    if view.region:
        chips.append(_chip("Region on the map", view.model_copy(update={"region": None}), query))
    return html.Div(chips, className="gallery-chips") if chips else None


def _chip(text: str, without: GalleryView, query: str | None) -> Component:
    away = dcc.Link(
        "\N{MULTIPLICATION SIGN}",
        href=f"{PATH}{without.into_query(query)}",
        title="Take away",
        className="gallery-away",
    )
    return html.Span(
        [html.Span(text, className="gallery-chip-text"), away], className="gallery-chip"
    )


def _more(result: SearchResult, view: GalleryView, query: str | None) -> Component | None:
    shown = len(result.rows)
    if shown >= min(result.candidate_count, MOST_CARDS):
        return None
    wider = view.model_copy(update={"card_count": min(view.card_count + PAGE_SIZE, MOST_CARDS)})
    href = f"{PATH}{wider.into_query(query)}"
    return dcc.Link("Show more", href=href, className="gallery-more")
