"""The page Copilot: questions in words, answers with their proof."""

import dash
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state
from genai_session_analyzer.dashboard.page import Page
from genai_session_analyzer.dashboard.pages.copilot_callbacks import register_copilot
from genai_session_analyzer.dashboard.pages.copilot_layout import copilot_body
from genai_session_analyzer.dashboard.pages.copilot_waiting import LINK_KEY
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(
    path="/copilot",
    title="Copilot",
    icon="copilot",
    order=8,
    has_filters=False,
    own_keys=(LINK_KEY,),
)


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return the question box; answers come by callbacks. Filters do not apply to questions."""
    del filters
    if services.copilot is None:
        return empty_state(
            "The copilot is not available here.",
            "Start the dashboard by `gsa dashboard`; `duckdb data/warehouse.duckdb` opens the same "
            "tables.",
        )
    return copilot_body()


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Add what answers, where there is a copilot."""
    if services.copilot is not None:
        register_copilot(app, services.copilot)
