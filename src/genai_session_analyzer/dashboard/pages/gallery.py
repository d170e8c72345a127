"""The gallery: search by meaning over prompts and pictures, beside the map of all prompts."""

import dash
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state
from genai_session_analyzer.dashboard.page import Page
from genai_session_analyzer.dashboard.pages.gallery_callbacks import register_gallery
from genai_session_analyzer.dashboard.pages.gallery_layout import gallery_body
from genai_session_analyzer.dashboard.pages.gallery_search import contents_of
from genai_session_analyzer.dashboard.pages.gallery_view import VIEW_KEYS
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import FILTER_KEYS, ViewFilters

PAGE = Page(
    path="/gallery",
    title="Gallery",
    icon="gallery",
    order=5,
    own_keys=(*FILTER_KEYS, *VIEW_KEYS),  # neither box nor map is drawn anew by a search
)


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return the page's body; results and map come by callbacks.

    Raises:
        NoBuildError: Nothing has been published.
    """
    del filters  # the callbacks read them from the URL
    contents = contents_of(services)
    if not contents.embedded_count:
        return empty_state(
            "This build has no embeddings of prompts, so there is nothing to search by.",
            "Run `make run`, or `kedro run --pipeline=enrichment` and then "
            "`kedro run --pipeline=publish`: the gallery shows the new build by itself.",
        )
    return gallery_body(has_map=bool(contents.placed_count))


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Add the callbacks of search, map and drawer."""
    register_gallery(app, services)
