"""Cards: one number, one chart, one section."""

from typing import Any

import dash_mantine_components as dmc
import plotly.graph_objects as go
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.components.definitions import explained
from genai_session_analyzer.dashboard.formats import group_size
from genai_session_analyzer.dashboard.theme import GRAPH_CONFIG

CHART_HEIGHT = 300
WAITING: dict[str, Any] = {
    "height": CHART_HEIGHT,
    "paper_bgcolor": "rgba(0,0,0,0)",
    "plot_bgcolor": "rgba(0,0,0,0)",
    "xaxis": {"visible": False},
    "yaxis": {"visible": False},
}
"""Layout of a chart until its callback has answered: an empty card."""


def stat_card(
    label: str,
    value: str,
    definition: str,
    change: Component | None = None,
    sparkline: Component | None = None,
) -> Component:
    """Return a card with one number, its meaning, its change and its course.

    Args:
        label: What is counted, in words.
        value: The number, formatted for people.
        definition: What it means, shown on hover and focus.
        change: For example `change_badge(...)`.
        sparkline: A small drawing without axes.
    """
    head = dmc.Group(
        [dmc.Text(label, size="sm", c="dimmed"), explained(definition, label)],
        justify="space-between",
        wrap="nowrap",
        gap=4,
    )
    number = dmc.Stack([html.Span(value, className="stat-value"), change], gap=0)
    return dmc.Card([head, number, sparkline], className="card stat-card", withBorder=True, p="md")


def chart_card(
    title: str,
    figure: go.Figure | dict[str, Any] | str,
    definition: str,
    n: int | None = None,
    export: Component | None = None,
) -> Component:
    """Return a card with one chart; its camera button saves a PNG.

    Args:
        title: What the chart shows, as a sentence or a noun.
        figure: A figure, or the id of a `dcc.Graph` that a callback fills.
        definition: What is drawn and how it is computed.
        n: Rows behind the chart; small groups are marked.
        export: `export_link(...)` or `export_button(...)`.
    """
    size = None if n is None else dmc.Text(group_size(n), size="xs", c="dimmed")
    head = dmc.Group(
        [
            dmc.Group(
                [dmc.Title(title, order=3, size="h5"), explained(definition, title)],
                gap=4,
                wrap="nowrap",
            ),
            dmc.Group([part for part in (size, export) if part is not None], gap="xs"),
        ],
        justify="space-between",
        align="center",
        mb="xs",
    )
    return dmc.Card([head, _graph(title, figure)], className="card chart-card", withBorder=True)


def section(title: str, *children: Component, note: str | None = None) -> Component:
    """Return a titled part of a page."""
    head = [dmc.Title(title, order=2, size="h4")]
    if note:
        head.append(dmc.Text(note, size="sm", c="dimmed"))
    return html.Section([dmc.Stack(head, gap=2, mb="sm"), *children], className="section")


def _graph(title: str, figure: go.Figure | dict[str, Any] | str) -> Component:
    named: dict[str, Any] = {"figure": figure}
    if isinstance(figure, str):
        named = {"id": figure, "figure": {"layout": WAITING}}
    named["config"] = GRAPH_CONFIG | {
        "toImageButtonOptions": GRAPH_CONFIG["toImageButtonOptions"] | {"filename": title}
    }
    graph = dcc.Graph(**named, className="chart")
    return html.Div(graph, role="group", **aria(label=title))
