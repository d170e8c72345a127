"""The map's callbacks: drawing it, drawing on it, exporting it."""

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, no_update

from genai_session_analyzer.dashboard.components import csv_download
from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages import gallery_layout as ids
from genai_session_analyzer.dashboard.pages import gallery_map as the_map
from genai_session_analyzer.dashboard.services import Services


def register_map(app: dash.Dash, services: Services) -> None:
    """Add all callbacks of the map but the click on a point, which opens the drawer."""
    _register_region(app)
    _register_drawing(app, services)
    _register_export(app, services)


def _register_region(app: dash.Dash) -> None:
    query = Output(URL_ID, "search", allow_duplicate=True)
    for function, control, value in (
        ("drawn", the_map.MAP_ID, "selectedData"),
        ("cleared", the_map.CLEAR_ID, "n_clicks"),
    ):
        app.clientside_callback(
            ClientsideFunction("gallery", function),
            query,
            Input(control, value),
            State(URL_ID, "search"),
            prevent_initial_call=True,
        )
    app.clientside_callback(
        ClientsideFunction("gallery", "mapQuery"),
        Output(ids.MAP_QUERY_ID, "data"),
        Input(URL_ID, "search"),
        State(ids.MAP_QUERY_ID, "data"),
    )


def _register_drawing(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(the_map.MAP_ID, "figure"),
        Output(the_map.NOTE_ID, "children"),
        Input(ids.MAP_QUERY_ID, "data"),
        Input(the_map.COLOUR_ID, "value"),
        Input(the_map.DENSITY_ID, "checked"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def draw(shown: str | None, colour_by: str, density: bool | None, search: str | None) -> Any:
        """Draw the map as the URL has it."""
        has_webgl = not (shown or "").endswith(the_map.NO_WEBGL)
        choice = the_map.MapChoice(colour_by, bool(density), has_webgl)
        points = the_map.points_in_view(services, search, choice.most_points)
        figure = the_map.map_figure(services, search, choice, points)
        return figure, the_map.map_note(points)

    app.clientside_callback(
        ClientsideFunction("gallery", "pointsCame"),
        Output(the_map.MAP_ID, "className"),
        Input(the_map.MAP_ID, "figure"),
        State(the_map.MAP_ID, "id"),
        prevent_initial_call=True,
    )


def _register_export(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(ids.MAP_DOWNLOAD_ID, "data"),
        Input(the_map.EXPORT_ID, "n_clicks"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def export(clicks: int | None, search: str | None) -> Any:
        """Send the points in the region as CSV."""
        if not clicks:
            return no_update
        return csv_download("prompt-map", the_map.points_in_view(services, search).table)
