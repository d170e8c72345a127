"""The heatmap of the page Friction: its controls, its callbacks, its export."""

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, dcc, no_update
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import csv_download, export_button
from genai_session_analyzer.dashboard.components.definitions import definition_text
from genai_session_analyzer.dashboard.figures.friction_labels import empty_figure
from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages import friction_answers as answers
from genai_session_analyzer.dashboard.pages.friction_charts import GRID
from genai_session_analyzer.dashboard.pages.friction_choices import DIMENSIONS, measure_named
from genai_session_analyzer.dashboard.pages.friction_drawings import ONE_DIMENSION, draw_grid
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.friction_views import SESSION_MEASURES
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS
from genai_session_analyzer.semantic.view_filters import ViewFilters

DOWN_ID, ACROSS_ID, MEASURE_ID = "friction-down", "friction-across", "friction-measure"
EXPORT_ID, DOWNLOAD_ID = "friction-grid-export", "friction-download"
MEASURES = (*SESSION_MEASURES, *(each.name for each in LABELLED_GENERATIONS.measures))
"""What the heatmap can show."""


def grid_controls() -> Component:
    """Return the choice of two dimensions and a measure, and the export of what is drawn."""
    dimensions = [{"value": name, "label": label} for name, label in DIMENSIONS.items()]
    measures = [{"value": name, "label": name.replace("_", " ")} for name in MEASURES]
    group: Component = dmc.Group(
        [
            _choice(DOWN_ID, "Down", dimensions, "user_tier"),
            _choice(ACROSS_ID, "Across", dimensions, "model_version"),
            _choice(MEASURE_ID, "Measure", measures, "mean_friction_score"),
            export_button(EXPORT_ID),
            dcc.Download(id=DOWNLOAD_ID),
        ],
        align="flex-end",
        gap="sm",
        mb="sm",
    )
    return group


def register_grid(app: dash.Dash, services: Services) -> None:
    """Draw the heatmap when a control changes, and export it."""
    chosen = [Input(each, "value") for each in (DOWN_ID, ACROSS_ID, MEASURE_ID)]

    @app.callback(
        Output(GRID.graph_id, "figure"),
        Output(GRID.aside_id, "children"),
        *chosen,
        State(URL_ID, "search"),
    )
    def show_grid(down: str, across: str, measure: str, search: str | None) -> tuple[Any, Any]:
        """Fill the grid of two dimensions."""
        if down == across:
            return empty_figure(ONE_DIMENSION), None
        rows = answers.grid(services, ViewFilters.from_query(search), (down, across), measure)
        text = dmc.Text(definition_text(measure_named(measure)), size="xs", c="dimmed")
        return draw_grid(services, rows, measure), text

    @app.callback(
        Output(DOWNLOAD_ID, "data"),
        Input(EXPORT_ID, "n_clicks"),
        *(State(each, "value") for each in (DOWN_ID, ACROSS_ID, MEASURE_ID)),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def export_grid(clicks: int | None, *chosen: Any) -> Any:
        """Send the grid as CSV."""
        down, across, measure, search = chosen
        if not clicks or down == across:
            return no_update
        rows = answers.grid(services, ViewFilters.from_query(search), (down, across), measure)
        return csv_download(f"friction-{measure}-by-{down}-and-{across}", rows)


def _choice(control_id: str, label: str, data: list[dict[str, str]], value: str) -> Component:
    select: Component = dmc.Select(
        id=control_id,
        label=label,
        data=data,
        value=value,
        allowDeselect=False,
        searchable=True,
        size="xs",
        w=220,
    )
    return select
