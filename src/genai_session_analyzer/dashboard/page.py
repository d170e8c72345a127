"""What a page is: where it lies, its layout, its callbacks."""

from dataclasses import dataclass
from typing import Protocol

import dash
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters

URL_ID = "url"
"""The id of the one `dcc.Location`; its `search` holds all filters."""


@dataclass(frozen=True)
class Page:
    """Where a page is found: its path, the words of its link, its icon's name and its place.

    `has_filters` is False where the filter bar says nothing about what the page shows. `own_keys`
    are keys of the URL's query that callbacks of the page follow: its body stands while only these
    change.
    """

    path: str
    title: str
    icon: str
    order: int
    has_filters: bool = True
    own_keys: tuple[str, ...] = ()


class PageModule(Protocol):
    """A module of `dashboard/pages`."""

    PAGE: Page

    def layout(self, services: Services, filters: ViewFilters) -> Component:
        """Return the page's body; heavy parts come by callbacks of their own.

        Raises:
            AnalyzerError: shown to the user as a sentence.
        """

    def register_callbacks(self, app: dash.Dash, services: Services) -> None:
        """Add the page's callbacks to the app, once."""
