"""Exports over HTTP: /export/<page>/<name>.csv, filtered as the URL's query says."""

from collections.abc import Callable, Mapping, Sequence

import pyarrow as pa
from flask import Flask, Response, abort, request

from genai_session_analyzer.dashboard.components.export import csv_text
from genai_session_analyzer.dashboard.page import PageModule
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.semantic.view_filters import ViewFilters

Exporter = Callable[[Services, ViewFilters], pa.Table]
"""What a page's `EXPORTS` maps a name to."""


def register_exports(server: Flask, services: Services, pages: Sequence[PageModule]) -> None:
    """Add the route: a page that has exports lists them in its module's `EXPORTS`."""
    exporters = {
        (_name(page), name): make for page in pages for name, make in _exports(page).items()
    }

    @server.get("/export/<page>/<name>.csv")
    def export(page: str, name: str) -> Response:
        """Answer with a table of a page as CSV."""
        make = exporters.get((page, name))
        if make is None:
            abort(404)
        try:
            rows = make(services, ViewFilters.from_query(request.query_string.decode()))
        except AnalyzerError as problem:
            return Response(str(problem), status=503, mimetype="text/plain")
        response = Response(csv_text(rows), mimetype="text/csv")
        response.headers.set("Content-Disposition", "attachment", filename=f"{page}-{name}.csv")
        response.cache_control.no_store = True
        return response


def _exports(page: PageModule) -> Mapping[str, Exporter]:
    found: Mapping[str, Exporter] = getattr(page, "EXPORTS", {})
    return found


def _name(page: PageModule) -> str:
    return page.PAGE.path.strip("/") or "overview"
