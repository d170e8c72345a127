"""What sets prompts apart from the whole of the build, in four numbers."""

from dataclasses import dataclass

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.components import definition_tooltip, explained
from genai_session_analyzer.dashboard.formats import (
    NOTHING,
    duration_ms,
    group_size,
    percent,
)
from genai_session_analyzer.retrieval import GroupFacts
from genai_session_analyzer.semantic import GENERATIONS


@dataclass(frozen=True)
class Comparison:
    """One number of the results beside the same of the whole, both as text, and its n."""

    label: str
    found: str
    whole: str
    n: int
    measure: str | None = None


def comparisons(found: GroupFacts, whole: GroupFacts) -> tuple[Comparison, ...]:
    """Return failure rate, mean latency, top style and cost of some prompts against the whole."""
    return (
        Comparison(
            "Failure rate",
            percent(found.error_rate),
            percent(whole.error_rate),
            found.known_status_count,
            "error_rate",
        ),
        Comparison(
            "Mean latency",
            duration_ms(found.mean_latency_ms),
            duration_ms(whole.mean_latency_ms),
            found.known_latency_count,
            "mean_latency_ms",
        ),
        Comparison("Top style", _style(found), _style(whole), found.styled_count),
        Comparison(
            "Mean cost",
            formats.credits(found.mean_cost_credits),
            formats.credits(whole.mean_cost_credits),
            found.generation_count,
            "mean_cost_credits",
        ),
    )


def insight_strip(found: GroupFacts, whole: GroupFacts, of_what: str) -> Component:
    """Return the comparisons as a row of small cards; few cases are marked.

    Args:
        found: Facts of the prompts compared.
        whole: Facts of all prompts of the build.
        of_what: Says which prompts are compared: "the 24 prompts shown".
    """
    title = f"Numbers of {of_what}, against all prompts of the build"
    cards = [_card(each) for each in comparisons(found, whole)]
    return html.Div(
        [
            dmc.Text(title, size="xs", c="dimmed", mb=4),
            html.Div(cards, className="gallery-insights", role="group", **{"aria-label": title}),
        ]
    )


def waiting_strip() -> Component:
    """Return the grey shapes that stand for the cards while they come."""
    shapes = [dmc.Skeleton(height=76, radius="md") for _ in range(4)]
    return html.Div(shapes, className="gallery-insights gallery-insights-waiting")


def _style(facts: GroupFacts) -> str:
    if facts.top_style is None or not facts.styled_count:
        return NOTHING
    share = percent(facts.top_style_count / facts.styled_count, 0)
    return f"{facts.top_style} {share}"


def _card(each: Comparison) -> Component:
    tip = (
        explained("Style that most of these prompts with a known style have.", each.label)
        if each.measure is None
        else definition_tooltip(GENERATIONS.measure(each.measure), each.n)
    )
    head = dmc.Group(
        [dmc.Text(each.label, size="xs", c="dimmed"), tip],
        justify="space-between",
        wrap="nowrap",
        gap=2,
    )
    note = f"all: {each.whole} · {group_size(each.n)}"
    return dmc.Card(
        [
            head,
            html.Span(each.found, className="gallery-number"),
            dmc.Text(note, size="xs", c="dimmed"),
        ],
        className="card",
        withBorder=True,
        p="xs",
    )
