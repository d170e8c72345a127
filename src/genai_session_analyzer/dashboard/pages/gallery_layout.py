"""The gallery before anything is found: search row, places for results, map and drawer."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state, explained
from genai_session_analyzer.dashboard.components.definitions import icon
from genai_session_analyzer.dashboard.pages.gallery_map import map_card

SEARCH_ID, NSFW_ID, PICTURES_ID = "gallery-search", "gallery-nsfw", "gallery-pictures"
RESULTS_ID, DRAWER_ID, DETAILS_ID = "gallery-results", "gallery-drawer", "gallery-details"
RESULTS_EXPORT_ID, DOWNLOAD_ID = "gallery-export", "gallery-download"
MAP_QUERY_ID, MAP_DOWNLOAD_ID = "gallery-map-query", "gallery-map-download"
SEARCH_HELP = (
    "Finds prompts by meaning. Words in double quotes must occur exactly as they stand: "
    'sunset over water "oil painting". The number on a picture is the cosine similarity.'
)
TYPING_PAUSE_MS = 450


def gallery_body(has_map: bool) -> Component:
    """Return the page's body.

    Args:
        has_map: Whether the build has places of prompts; without, a note stands for the map.
    """
    aside = map_card() if has_map else _no_map()
    results = dcc.Loading(
        html.Div(skeleton_grid(), id=RESULTS_ID),
        custom_spinner=html.Span(),
        delay_show=200,
        overlay_style={"visibility": "visible", "opacity": 0.45},
    )
    return html.Div(
        [
            _search_row(),
            html.Div(
                [html.Div(results, className="gallery-main"), html.Aside(aside)],
                className="gallery-columns",
            ),
            _drawer(),
            dcc.Download(id=DOWNLOAD_ID),
            dcc.Download(id=MAP_DOWNLOAD_ID),
            dcc.Store(id=MAP_QUERY_ID),
        ],
        className="gallery",
    )


def skeleton_grid(count: int = 12) -> Component:
    """Return the grey shapes that stand for cards while they come."""
    shapes = [html.Li(dmc.Skeleton(height=240, radius="md")) for _ in range(count)]
    return html.Ul(shapes, className="gallery-grid", **{"aria-label": "Loading"})


def _search_row() -> Component:
    box = dmc.TextInput(
        id=SEARCH_ID,
        placeholder='Search by meaning: a lighthouse in a storm "oil painting"',
        leftSection=icon("search"),
        rightSection=explained(SEARCH_HELP, "Search."),
        debounce=TYPING_PAUSE_MS,
        size="md",
        className="gallery-box",
        inputProps={"aria-label": "Search prompts", "type": "search", "maxLength": 1000},
    )
    switches = dmc.Group(
        [
            dmc.Switch(id=PICTURES_ID, label="Only with pictures", size="sm"),
            dmc.Switch(id=NSFW_ID, label="Show unsafe (NSFW)", size="sm", color="red"),
        ],
        gap="md",
    )
    return html.Div([box, switches], className="gallery-search", role="search")


def _no_map() -> Component:
    return dmc.Card(
        empty_state(
            "This build has no map of prompts.",
            "Run `kedro run --pipeline=enrichment` and then `kedro run --pipeline=publish`.",
        ),
        className="card",
        withBorder=True,
    )


def _drawer() -> Component:
    return dmc.Drawer(
        html.Div(id=DETAILS_ID),
        id=DRAWER_ID,
        title="Prompt",
        position="right",
        size="lg",
        padding="md",
        closeButtonProps={"aria-label": "Close the details"},
    )
