"""From a click on a chart to the sessions behind it."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from urllib.parse import parse_qsl

import dash
from dash import Input, Output, State, ctx, no_update

from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.semantic.view_filters import ViewFilters

SESSIONS_PATH = "/sessions"


def register_drill(app: dash.Dash, graph_ids: Sequence[str]) -> None:
    """Open the sessions behind whatever is clicked in these graphs."""

    @app.callback(
        Output(URL_ID, "href", allow_duplicate=True),
        *(Input(graph_id, "clickData") for graph_id in graph_ids),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def open_sessions(*arguments: Any) -> Any:
        """Open the sessions behind what was clicked."""
        clicked = ctx.triggered[0]["value"] if ctx.triggered else None
        link = sessions_link(clicked, ViewFilters.from_query(arguments[-1]))
        return no_update if link is None else link


def sessions_link(clicked: Mapping[str, Any] | None, filters: ViewFilters) -> str | None:
    """Return the link to the sessions of a clicked point, within the filters; None for none.

    Args:
        clicked: A graph's `clickData`; the point's customdata is a query of filter names and
            values, `user_tier=pro`. Names that are no filter are passed over.
        filters: What is in view.
    """
    points = (clicked or {}).get("points") or [{}]
    selection = points[0].get("customdata")
    pairs = parse_qsl(selection) if isinstance(selection, str) else ()
    chosen = {name: value for name, value in pairs if name in ViewFilters.model_fields}
    if not chosen:
        return None
    values = {name: _narrowed(name, value, filters) for name, value in chosen.items()}
    return f"{SESSIONS_PATH}{filters.replacing(**values).to_query()}"


def _narrowed(name: str, value: str, filters: ViewFilters) -> object:
    """The value as the filter holds it; days stay within those in view."""
    if name == "first_day":
        return max(date.fromisoformat(value), filters.first_day or date.min)
    if name == "last_day":
        return min(date.fromisoformat(value), filters.last_day or date.max)
    return (value,)
