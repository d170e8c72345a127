"""Filling a card that depends on the filters alone: its figure, n, and the link to its CSV."""

from collections.abc import Callable
from dataclasses import dataclass

import dash
import pyarrow as pa
from dash import Input, Output, State
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.figures.plain import Figure
from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages.friction_cards import Chart
from genai_session_analyzer.semantic.view_filters import ViewFilters


@dataclass(frozen=True, kw_only=True)
class FilledCard:
    """A card, and how it is filled.

    Attributes:
        chart: Its places on the page.
        answer: Returns the rows in view.
        draw: Draws them.
        counted: The column whose sum is n.
        export: Name of the page's export.
    """

    chart: Chart
    answer: Callable[[ViewFilters], pa.Table]
    draw: Callable[[pa.Table], Figure]
    counted: str
    export: str


def register_card(app: dash.Dash, card: FilledCard) -> None:
    """Fill the card when the page appears."""
    chart = card.chart

    @app.callback(
        Output(chart.graph_id, "figure"),
        Output(chart.aside_id, "children"),
        Input(chart.aside_id, "id"),
        State(URL_ID, "search"),
    )
    def fill(_: str, search: str | None) -> tuple[Figure, Component]:
        """Draw what the URL's filters let pass."""
        filters = ViewFilters.from_query(search)
        rows = card.answer(filters)
        count = sum(rows[card.counted].to_pylist())
        return card.draw(rows), chart.aside(count, card.export, filters)
