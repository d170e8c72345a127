"""The place of the SQL copilot: says what will be there."""

import dash
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state
from genai_session_analyzer.dashboard.page import Page
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/copilot", title="Copilot", icon="copilot", order=8, has_filters=False)


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return what the page is for."""
    del services, filters
    return empty_state(
        "Questions in your own words will be answered here.",
        "Until then, `duckdb data/warehouse.duckdb` opens the same tables; the page Data & method "
        "says what they hold.",
    )


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Add nothing: the page does not answer yet."""
    del app, services
