"""A found prompt as a card: its picture, or its words set large, and what became of it."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.formats import duration_ms, words
from genai_session_analyzer.dashboard.pages.gallery_view import GalleryView
from genai_session_analyzer.dashboard.theme import STATUS_COLOURS
from genai_session_analyzer.retrieval import FoundPrompt

OPEN_TYPE = "gallery-open"
"""`type` of the pattern id of everything that opens the details of a prompt."""
PATH = "/gallery"
_LABEL_CHARACTERS = 120


class LazyImage(html.Img):
    """An image that the browser fetches when it comes near the view.

    Dash's own component has no such argument. The attribute comes first: a browser begins to fetch
    as soon as it knows the address.
    """

    def to_plotly_json(self) -> dict[str, Any]:
        """Return the component as `html.Img` does, with `loading`."""
        described = super().to_plotly_json()
        return {**described, "type": "Img", "props": {"loading": "lazy", **described["props"]}}


def card_grid(rows: Sequence[FoundPrompt], query: str | None) -> Component:
    """Return the cards of the rows, in their order.

    Args:
        rows: What the search found.
        query: The URL's query; links to more of the same keep its filters.
    """
    cards = [html.Li(prompt_card(row, query)) for row in rows]
    return html.Ul(cards, className="gallery-grid", **{"aria-label": "Results"})


def prompt_card(found: FoundPrompt, query: str | None) -> Component:
    """Return one card; its picture opens the details."""
    return html.Article(
        [
            open_button(found, "grid"),
            html.Div(
                [*_facts(found), _words_below(found), _tags(found), more_like_this(found, query)],
                className="gallery-below",
            ),
        ],
        className="gallery-card",
    )


def open_button(found: FoundPrompt, place: str) -> Component:
    """Return the picture, or the prompt set large, as a button that opens the details.

    Args:
        found: The prompt.
        place: Where on the page; a prompt has one button in each place.
    """
    return html.Button(
        [picture_of(found), _similarity(found.similarity)],
        id={"type": OPEN_TYPE, "place": place, "prompt": found.prompt_id},
        className="gallery-picture",
        type="button",
        **{"aria-label": f"Details of: {found.prompt_text[:_LABEL_CHARACTERS]}"},
    )


def picture_of(found: FoundPrompt) -> Component:
    """Return the prompt's picture, described by the prompt; without one, the prompt itself."""
    if found.thumbnail_id is None:
        size = "gallery-words-few" if len(found.prompt_text) <= 90 else "gallery-words-many"
        return html.Span(found.prompt_text, className=f"gallery-words {size}")
    return LazyImage(src=f"/img/{found.thumbnail_id}", alt=found.prompt_text)


def status_mark(status: str | None) -> Component:
    """Return an outcome as a dot of its colour and its name."""
    colour = STATUS_COLOURS.get(status, STATUS_COLOURS[None])
    dot = html.Span(className="gallery-dot", style={"background": colour})
    return html.Span([dot, words(status)], className="gallery-status")


def more_like_this(found: FoundPrompt, query: str | None) -> Component:
    """Return the links to prompts of like meaning and, for a picture, to pictures of like looks."""
    view = GalleryView.from_query(query).model_copy(update={"region": None})
    links = [_link("More like this", view.seeking(like_prompt=found.prompt_id), query)]
    if found.image_path is not None:
        links.append(_link("Looks like this", view.seeking(like_image=found.image_path), query))
    return html.Div(links, className="gallery-links")


def _link(text: str, view: GalleryView, query: str | None) -> Component:
    return dcc.Link(text, href=f"{PATH}{view.into_query(query)}")


def _similarity(similarity: float | None) -> Component | None:
    if similarity is None:
        return None
    return html.Span(
        f"{similarity:.2f}", className="gallery-similarity", title="Cosine similarity, -1 to 1"
    )


def _facts(found: FoundPrompt) -> list[Component]:
    newest = status_mark(found.newest.status if found.newest else None)
    times = f" · {found.generation_count} times" if found.generation_count > 1 else ""
    latency = html.Span(f"{duration_ms(found.mean_latency_ms)}{times}", className="gallery-latency")
    return [html.Div([newest, latency], className="gallery-facts")]


def _words_below(found: FoundPrompt) -> Component | None:
    if found.thumbnail_id is None:
        return None
    return html.P(found.prompt_text, className="gallery-caption")


def _tags(found: FoundPrompt) -> Component:
    labels = [label for label in (found.art_style, found.mood) if label and label != "unknown"]
    badges = [dmc.Badge(label, size="xs", variant="light", color="gray") for label in labels]
    return html.Div(badges, className="gallery-tags")
