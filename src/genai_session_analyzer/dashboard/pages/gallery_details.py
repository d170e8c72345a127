"""Everything about one prompt, in the drawer: words, picture, parameters, outcome, neighbours."""

from collections.abc import Sequence
from urllib.parse import urlencode

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.formats import (
    compact,
    duration_ms,
    percent,
    words,
)
from genai_session_analyzer.dashboard.pages.gallery_cards import (
    more_like_this,
    open_button,
    picture_of,
    status_mark,
)
from genai_session_analyzer.retrieval import FoundPrompt

SESSIONS_PATH, SESSION_KEY = "/sessions", "session"
"""Where a session is shown, and the key of the URL that names it."""


def prompt_details(
    found: FoundPrompt, neighbours: Sequence[FoundPrompt], query: str | None
) -> Component:
    """Return the drawer's content.

    Args:
        found: The prompt.
        neighbours: Prompts most like it, best first.
        query: The URL's query; links keep its filters.
    """
    picture = html.Div(picture_of(found), className="gallery-large") if found.thumbnail_id else None
    return dmc.Stack(
        [
            picture,
            html.P(found.prompt_text, className="gallery-prompt"),
            dmc.Group([_copy(found.prompt_text), more_like_this(found, query)], gap="md"),
            _outcomes(found),
            _facts("Newest generation", parameters_of(found)),
            _facts("Labels", labels_of(found)),
            _session_link(found),
            _neighbours(neighbours),
        ],
        gap="md",
    )


def parameters_of(found: FoundPrompt) -> list[tuple[str, str]]:
    """Return the parameters of the newest generation, by name, as text; only what is known."""
    newest = found.newest
    if newest is None:
        return []
    size = f"{newest.width} x {newest.height}" if newest.width and newest.height else None
    values = {
        "Asked": f"{newest.requested_at:%d %b %Y %H:%M} UTC",
        "Tier": newest.user_tier,
        "Model": newest.model_version,
        "Sampler": newest.sampler,
        "Steps": newest.steps,
        "Guidance": newest.cfg_scale,
        "Size": size,
        "Seed": newest.seed,
    }
    return [(name, str(value)) for name, value in values.items() if value is not None]


def labels_of(found: FoundPrompt) -> list[tuple[str, str]]:
    """Return the labels and the cluster by name, as text; only what is known."""
    values = {
        "Domain": found.domain,
        "Style": found.art_style,
        "Mood": found.mood,
        "Complexity": found.complexity_score and f"{found.complexity_score} of 5",
        "Cluster": found.cluster_title,
    }
    return [(name, str(value)) for name, value in values.items() if value is not None]


def _copy(text: str) -> Component:
    return dmc.CopyButton("Copy prompt", value=text, copiedChildren="Copied", size="compact-xs")


def _outcomes(found: FoundPrompt) -> Component:
    counts = [
        html.Li([status_mark(status), f" {compact(count)}"])
        for status, count in found.status_counts.items()
    ]
    numbers = [
        ("Generations", compact(found.generation_count)),
        ("Failure rate", percent(found.error_rate)),
        ("Mean latency", duration_ms(found.mean_latency_ms)),
        ("Cost", formats.credits(found.total_cost_credits)),
    ]
    return html.Div(
        [_facts("What became of it", numbers), html.Ul(counts, className="gallery-counts")]
    )


def _facts(title: str, pairs: list[tuple[str, str]]) -> Component | None:
    if not pairs:
        return None
    items = [html.Div([html.Dt(name), html.Dd(words(value))]) for name, value in pairs]
    return html.Section(
        [dmc.Title(title, order=4, size="h6"), html.Dl(items, className="gallery-pairs")]
    )


def _session_link(found: FoundPrompt) -> Component | None:
    if found.newest is None:
        return None
    href = f"{SESSIONS_PATH}?{urlencode({SESSION_KEY: found.newest.session_id})}"
    return dcc.Link("Replay the session it was last asked in", href=href)


def _neighbours(neighbours: Sequence[FoundPrompt]) -> Component | None:
    if not neighbours:
        return None
    cards = [html.Li(open_button(each, "neighbour")) for each in neighbours]
    return html.Section(
        [
            dmc.Title("Closest in meaning", order=4, size="h6"),
            html.Ul(cards, className="gallery-neighbours"),
        ]
    )
