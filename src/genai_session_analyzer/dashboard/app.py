"""The Dash app: shell, pages, routes and security, put together."""

import logging
import secrets
from collections.abc import Sequence
from urllib.parse import parse_qsl, urlencode

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, no_update, set_props
from dash.development.base_component import Component
from flask import Flask, Response
from werkzeug.exceptions import HTTPException, InternalServerError

from genai_session_analyzer.dashboard.build_watch import BUILD_ID, register_build_watch
from genai_session_analyzer.dashboard.components.messages import (
    empty_state,
    error_sentence,
    guarded,
)
from genai_session_analyzer.dashboard.config import DashboardSettings
from genai_session_analyzer.dashboard.export_routes import register_exports
from genai_session_analyzer.dashboard.filter_bar import register_filter_bar
from genai_session_analyzer.dashboard.images import register_images
from genai_session_analyzer.dashboard.page import URL_ID, PageModule
from genai_session_analyzer.dashboard.pages import PAGES
from genai_session_analyzer.dashboard.security import secure
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.shell import (
    BURGER_ID,
    ERROR_ID,
    FILTERS_ID,
    NAV_ID,
    PAGE_ID,
    SHELL_ID,
    SHOWN_ID,
    navbar,
    navigation,
    shell,
)
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.semantic.view_filters import ViewFilters

LOG = logging.getLogger(__name__)
TITLE = "GenAI Session Analyzer"
DEFAULT_SETTINGS = DashboardSettings()


def create_app(
    services: Services,
    settings: DashboardSettings = DEFAULT_SETTINGS,
    pages: Sequence[PageModule] = PAGES,
) -> dash.Dash:
    """Return the app over these services; it serves nothing until its server is run.

    Args:
        services: What the pages read from.
        settings: Hosts it answers to, largest request.
        pages: The pages, each a module.
    """
    app = dash.Dash(
        __package__,
        title=TITLE,
        update_title="",
        assets_folder="assets",
        serve_locally=True,
        use_pages=False,
        enable_mcp=False,
        suppress_callback_exceptions=True,
        add_log_handler=False,
        on_error=show_error,
    )
    app.layout = lambda: shell(services)
    register_filter_bar(app)
    register_build_watch(app, services)
    _register_shell(app, services, pages)
    for page in pages:
        page.register_callbacks(app, services)
    register_images(app.server, services)
    register_exports(app.server, services, pages)
    _register_errors(app.server)
    secure(app.server, settings, app.csp_hashes())
    return app


def render(services: Services, pages: Sequence[PageModule], pathname: str, query: str) -> Component:
    """Return the body of the page at a path, or what to do where there is none."""
    found = _page_at(pages, pathname)
    if found is None:
        return empty_state("There is no such page.", "Choose one from the menu.")
    return guarded(lambda: found.layout(services, ViewFilters.from_query(query)))


def page_mark(pages: Sequence[PageModule], pathname: str, query: str, build: str | None) -> str:
    """Return what a page's body is drawn from, as text: same mark, same body."""
    found = _page_at(pages, pathname)
    own = () if found is None else found.PAGE.own_keys
    pairs = [pair for pair in parse_qsl(query.removeprefix("?")) if pair[0] not in own]
    return f"{build} {pathname}?{urlencode(pairs)}"


def show_error(error: Exception) -> None:
    """Show a callback's error: ours as a sentence, any other as an id that the log explains."""
    if isinstance(error, AnalyzerError):
        set_props(ERROR_ID, {"children": error_sentence(error)})
        return
    set_props(ERROR_ID, {"children": error_sentence(_logged(error))})


def _register_shell(app: dash.Dash, services: Services, pages: Sequence[PageModule]) -> None:
    @app.callback(
        Output(PAGE_ID, "children"),
        Output(NAV_ID, "children"),
        Output(ERROR_ID, "children"),
        Output(FILTERS_ID, "hidden"),
        Output(SHOWN_ID, "data"),
        Input(URL_ID, "pathname"),
        Input(URL_ID, "search"),
        Input(BUILD_ID, "data"),
        State(SHOWN_ID, "data"),
    )
    def show_page(
        pathname: str | None, search: str | None, build: str | None, shown: str | None
    ) -> tuple[object, object, None, bool, str]:
        """Draw the page at the URL; its body stands while nothing it is drawn from changes."""
        path, query = pathname or "/", search or ""
        links = navigation([page.PAGE for page in pages], path, ViewFilters.from_query(query))
        mark = page_mark(pages, path, query, build)
        body: object = no_update
        if mark != shown:
            body = dmc.Box(render(services, pages, path, query), className="page-body")
        unfiltered = {page.PAGE.path for page in pages if not page.PAGE.has_filters}
        return body, links, None, path in unfiltered, mark

    @app.callback(
        Output(SHELL_ID, "navbar"),
        Output(BURGER_ID, "opened"),
        Input(BURGER_ID, "opened"),
        Input(URL_ID, "pathname"),
        prevent_initial_call=True,
    )
    def open_menu(opened: bool | None, _: str | None) -> tuple[dict[str, object], bool]:
        """Open or close the menu; on another page it closes."""
        shown = dash.ctx.triggered_id == BURGER_ID and bool(opened)
        return navbar(shown), shown


def _page_at(pages: Sequence[PageModule], pathname: str) -> PageModule | None:
    return next((page for page in pages if page.PAGE.path == pathname), None)


def _register_errors(server: Flask) -> None:
    @server.errorhandler(InternalServerError)
    def explain(error: InternalServerError) -> Response:
        """Answer a failure with its id."""
        cause = error.original_exception or error
        return Response(_logged(cause), status=500, mimetype="text/plain")

    @server.errorhandler(HTTPException)
    def refuse(error: HTTPException) -> Response:
        """Answer an HTTP error with a plain sentence."""
        return Response(f"{error.code} {error.name}", status=error.code, mimetype="text/plain")


def _logged(error: BaseException) -> str:
    """Log an unexpected error under an id and return the sentence that names the id."""
    reference = secrets.token_hex(4)
    LOG.error("Error %s", reference, exc_info=error)
    return f"Something went wrong here. The log explains it under the id {reference}."
