"""The map beside the gallery: what it is drawn from, its controls, its card."""

from dataclasses import dataclass

import dash_mantine_components as dmc
import pyarrow.compute as pc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import explained, export_button
from genai_session_analyzer.dashboard.figures.map_colours import COLOURINGS
from genai_session_analyzer.dashboard.figures.map_titles import MapTitle
from genai_session_analyzer.dashboard.figures.plain import Figure, plain_figure
from genai_session_analyzer.dashboard.figures.prompt_map import MapView, prompt_map
from genai_session_analyzer.dashboard.formats import compact
from genai_session_analyzer.dashboard.pages.gallery_search import rows_of, unsafe_score
from genai_session_analyzer.dashboard.pages.gallery_view import GalleryView
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.theme import GRAPH_CONFIG
from genai_session_analyzer.insights.map_density import FailureDensity, failure_density
from genai_session_analyzer.insights.map_points import (
    MOST_POINTS,
    ClusterPlace,
    MapPoints,
    cluster_places,
    prompt_map_points,
)
from genai_session_analyzer.semantic.view_filters import ViewFilters

MAP_ID = "gallery-map"
COLOUR_ID = "gallery-map-colour"
DENSITY_ID = "gallery-map-density"
NOTE_ID = "gallery-map-note"
EXPORT_ID = "gallery-map-export"
CLEAR_ID = "gallery-map-clear"
MOST_SHAPES = 8_000
NO_WEBGL = "#no-webgl"
"""What assets/gallery.js appends to the map's query in a browser that cannot draw with WebGL."""
_EXPLANATION = (
    "Every point is a prompt; prompts that mean alike lie together (a 2-D projection of their "
    "embeddings: near is alike, far says little). Draw around points to see just them; click one "
    "for its details; double-click or 'Clear' to see all. The density layer shows where failures "
    "lie denser than successes."
)
_CONFIG = GRAPH_CONFIG | {
    "modeBarButtonsToRemove": ["autoScale2d", "zoomIn2d", "zoomOut2d"],
    "scrollZoom": True,
    "toImageButtonOptions": GRAPH_CONFIG["toImageButtonOptions"] | {"filename": "prompt-map"},
}


@dataclass(frozen=True)
class MapChoice:
    """How the map is to be drawn: by what coloured, with the failures' density, with WebGL."""

    colour_by: str = "cluster"
    with_density: bool = False
    has_webgl: bool = True

    @property
    def most_points(self) -> int:
        """How many points the browser moves without a stutter."""
        return MOST_POINTS if self.has_webgl else MOST_SHAPES


def map_card() -> Component:
    """Return the card of the map, empty until its callback has drawn it."""
    head = dmc.Group(
        [
            dmc.Group(
                [dmc.Title("Map of prompts", order=2, size="h5"), explained(_EXPLANATION, "Map")],
                gap=4,
            ),
            dmc.Group(
                [
                    dmc.Button("Clear", id=CLEAR_ID, size="compact-xs", variant="default"),
                    export_button(EXPORT_ID),
                ],
                gap="xs",
            ),
        ],
        justify="space-between",
        mb="xs",
    )
    graph = dcc.Graph(
        id=MAP_ID,
        figure=_waiting(),
        config=_CONFIG,
        className="gallery-map",
    )
    return dmc.Card(
        [
            head,
            _controls(),
            html.Div(graph, role="group", **{"aria-label": "Map of prompts"}),
            dmc.Text(id=NOTE_ID, size="xs", c="dimmed", mt="xs"),
        ],
        className="card gallery-map-card",
        withBorder=True,
    )


def points_in_view(services: Services, query: str | None, most: int = MOST_POINTS) -> MapPoints:
    """Return the points of the map for a URL's query, at most so many.

    Raises:
        NoBuildError: Nothing has been published.
    """
    view, filters = GalleryView.from_query(query), ViewFilters.from_query(query)
    return prompt_map_points(rows_of(services), filters, unsafe_score(services, view), most)


def map_figure(
    services: Services, query: str | None, choice: MapChoice, points: MapPoints | None = None
) -> Figure:
    """Return the map for a URL's query, as chosen.

    Args:
        services: Where the map is.
        query: The URL's query.
        choice: Colours and layers.
        points: Those of `points_in_view`, where they are known.

    Raises:
        NoBuildError: Nothing has been published.
    """
    if points is None:
        points = points_in_view(services, query, choice.most_points)
    places = places_of(services)
    shown = set(pc.unique(points.table["cluster_id"]).to_pylist())
    region = GalleryView.from_query(query).region
    view = MapView(
        colour_by=choice.colour_by if choice.colour_by in COLOURINGS else "cluster",
        titles=[_title(place) for place in places if place.cluster_id in shown],
        density=_density(points) if choice.with_density else None,
        outline=region.corners if region else (),
        has_webgl=choice.has_webgl,
    )
    return prompt_map(points.table, view)


def places_of(services: Services) -> tuple[ClusterPlace, ...]:
    """Return where the clusters' titles stand.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.hold(("cluster_places",), lambda: cluster_places(services.reader.ibis()))


def map_note(points: MapPoints) -> str:
    """Return how many prompts are drawn, and whether they are a sample."""
    shown = compact(points.table.num_rows)
    if points.is_sample:
        return (
            f"A sample of {shown} of {compact(points.prompt_count)} prompts is drawn; "
            "a region takes all of them."
        )
    return f"{shown} prompts. Draw around points to filter the results; click one for details."


def _density(points: MapPoints) -> FailureDensity:
    table = points.table
    x, y, failures, successes = (
        table[name].to_numpy().astype(float)
        for name in ("x", "y", "failure_count", "success_count")
    )
    return failure_density((x, y), failures, successes)


def _title(place: ClusterPlace) -> MapTitle:
    return MapTitle(place.cluster_id, place.title, place.x, place.y, place.prompt_count)


def _waiting() -> Figure:
    hidden = {"visible": False}
    return plain_figure([], {"xaxis": hidden, "yaxis": hidden})


def _controls() -> Component:
    colours = [{"value": value, "label": label} for value, label in COLOURINGS.items()]
    return dmc.Group(
        [
            dmc.SegmentedControl(id=COLOUR_ID, data=colours, value="cluster", size="xs"),
            dmc.Switch(id=DENSITY_ID, label="Where failures gather", size="xs"),
        ],
        justify="space-between",
        gap="xs",
        mb="xs",
    )
