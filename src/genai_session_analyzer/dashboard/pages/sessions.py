"""Sessions: a table of all of them, and the replay of the one that was chosen."""

from collections.abc import Mapping, Sequence
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State, ctx, dcc, html, no_update
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import (
    csv_download,
    empty_state,
    explained,
    export_button,
)
from genai_session_analyzer.dashboard.page import URL_ID, Page
from genai_session_analyzer.dashboard.pages.sessions_choice import (
    chosen_session,
    linked_session,
    without_session,
)
from genai_session_analyzer.dashboard.pages.sessions_columns import session_grid
from genai_session_analyzer.dashboard.pages.sessions_data import (
    block_of_rows,
    filtered_sessions,
    sessions_as_filtered,
    total_of,
)
from genai_session_analyzer.dashboard.pages.sessions_replay import replay
from genai_session_analyzer.dashboard.pages.sessions_rows import column_filters, rows_query
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.replay import page_count
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/sessions", title="Sessions", icon="sessions", order=3)
EXPORTS = {"sessions": sessions_as_filtered}

GRID, COUNT = "sessions-grid", "sessions-count"
EXPORT, DOWNLOAD = "sessions-export", "sessions-download"
DRAWER, CHOSEN = "sessions-drawer", "sessions-chosen"
REPLAY, REPLAY_PAGE = "sessions-replay", "sessions-replay-page"

MEANING = (
    "One row per session: generations of one user with no long gap between them. Days, tier,"
    " region, device and friction of the filter bar are the session's own. By model, status and"
    " what is said of a prompt a session counts where any one of its generations matches all of"
    " these together; its numbers stay those of the whole session."
)
HINT = "Click a row, or move with the arrow keys and press Space, to replay its generations."


def layout(services: Services, filters: ViewFilters) -> Component:
    """The table, which asks for its own rows, and the drawer of the replay.

    Raises:
        NoBuildError: Nothing has been published.
    """
    is_empty = not total_of(services, filters, ())
    head = dmc.Group(
        [
            dmc.Group([html.Span(id=COUNT, role="status"), explained(MEANING, "Sessions")], gap=4),
            dmc.Group([dmc.Text(HINT, size="xs", c="dimmed"), export_button(EXPORT)], gap="md"),
        ],
        justify="space-between",
        mb="xs",
    )
    found = html.Div(session_grid(GRID), className="session-table", hidden=is_empty)
    parts = [head, _no_sessions(filters) if is_empty else None, found, *_replay_parts()]
    return html.Div(
        [each for each in parts if each is not None], key=f"sessions{filters.to_query()}"
    )


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Add the table's rows, the export and the replay."""
    _register_table(app, services)
    _register_choice(app)
    _register_replay(app, services)


def _register_table(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(GRID, "getRowsResponse"),
        Output(COUNT, "children"),
        Input(GRID, "getRowsRequest"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def send_rows(request: Mapping[str, Any] | None, search: str | None) -> tuple[Any, Any]:
        """Send the rows that the table asks for."""
        if request is None:
            return no_update, no_update
        return block_of_rows(services, ViewFilters.from_query(search), rows_query(request))

    @app.callback(
        Output(DOWNLOAD, "data"),
        Input(EXPORT, "n_clicks"),
        State(GRID, "filterModel"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def export(clicks: int | None, model: Mapping[str, Any] | None, search: str | None) -> Any:
        """Send the sessions as CSV."""
        if not clicks:
            return no_update
        filters = ViewFilters.from_query(search)
        return csv_download("sessions", filtered_sessions(services, filters, column_filters(model)))


def _register_choice(app: dash.Dash) -> None:
    @app.callback(
        Output(CHOSEN, "data"),
        Output(DRAWER, "opened"),
        Output(REPLAY_PAGE, "value"),
        Output(GRID, "selectedRows"),
        Input(GRID, "selectedRows"),
        Input(DRAWER, "opened"),
        State(URL_ID, "search"),
    )
    def choose(
        selected: Sequence[Mapping[str, Any]] | None, opened: bool, search: str | None
    ) -> tuple[Any, Any, Any, Any]:
        """Write the chosen session into the URL."""
        source = {GRID: "table", DRAWER: "drawer"}.get(str(ctx.triggered_id), "link")
        if (source == "table" and not selected) or (source == "drawer" and opened):
            return (no_update,) * 4
        session_id = chosen_session(source, selected or (), search)
        return session_id, session_id is not None, 1, no_update if session_id else []

    @app.callback(
        Output(URL_ID, "search", allow_duplicate=True),
        Input(DRAWER, "opened"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def forget_link(opened: bool, search: str | None) -> Any:
        """Take the session out of the URL where the drawer is closed."""
        is_closed = ctx.triggered_id == DRAWER and not opened
        return without_session(search) if is_closed and linked_session(search) else no_update

    app.clientside_callback(
        ClientsideFunction("sessions", "remember"),
        Input(CHOSEN, "data"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )


def _register_replay(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(REPLAY, "children"),
        Output(REPLAY_PAGE, "total"),
        Output(REPLAY_PAGE, "style"),
        Input(CHOSEN, "data"),
        Input(REPLAY_PAGE, "value"),
        prevent_initial_call=True,
    )
    def show_replay(session_id: str | None, page: int | None) -> tuple[Any, int, dict[str, str]]:
        """Show the chosen session step by step."""
        if session_id is None:
            return [], 1, {"display": "none"}
        shown, generation_count = replay(services, session_id, page or 1)
        pages = page_count(generation_count)
        return shown, pages, {} if pages > 1 else {"display": "none"}


def _replay_parts() -> list[Component]:
    pages = dmc.Pagination(
        id=REPLAY_PAGE,
        total=1,
        value=1,
        size="sm",
        style={"display": "none"},
        className="replay-pages",
    )
    drawer = dmc.Drawer(
        [dcc.Loading(html.Div(id=REPLAY), delay_show=250), pages],
        id=DRAWER,
        opened=False,
        title="Session replay",
        position="right",
        size="min(860px, 100%)",
        className="replay-drawer",
        closeButtonProps={"aria-label": "Close the replay"},
    )
    return [drawer, dcc.Store(id=CHOSEN), dcc.Download(id=DOWNLOAD)]


def _no_sessions(filters: ViewFilters) -> Component:
    if filters == ViewFilters():
        return empty_state("This build has no sessions.", "Run `make run` on data with requests.")
    return empty_state("No session passes these filters.", "Widen the days or clear a filter.")
