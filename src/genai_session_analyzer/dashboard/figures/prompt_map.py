"""The map of prompts: points in the colours of what they are, titles, where failures gather."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.dashboard.figures.map_colours import RATIO_SCALE, colouring_of
from genai_session_analyzer.dashboard.figures.map_points import (
    legend_traces,
    packed_points,
    scale_trace,
    shape_traces,
)
from genai_session_analyzer.dashboard.figures.map_titles import (
    MapTitle,
    title_annotation,
    titles_without_overlap,
)
from genai_session_analyzer.dashboard.figures.plain import Figure, Trace, plain_figure
from genai_session_analyzer.dashboard.theme import ACCENT
from genai_session_analyzer.insights.map_density import FailureDensity

_RATIO_LIMIT = 2.0


@dataclass(frozen=True)
class MapView:
    """What the map shows beside its points.

    Attributes:
        colour_by: One of COLOURINGS.
        titles: Of the clusters, largest first; of those that overlap the larger stays.
        density: Failures against successes, laid under the points; None = not shown.
        outline: Corners of the region drawn on the map; none = no region.
        has_webgl: Whether the browser can draw with the graphics card; without, it draws shapes.
    """

    colour_by: str = "cluster"
    titles: Sequence[MapTitle] = ()
    density: FailureDensity | None = None
    outline: Sequence[tuple[float, float]] = ()
    has_webgl: bool = True


def prompt_map(points: pa.Table, view: MapView) -> Figure:
    """Return the map, drawn by the graphics card where there is one, ready for the lasso.

    Args:
        points: One row per prompt: prompt_id, x, y, cluster_id, domain, art_style, mood, snippet,
            known_status_count, failure_count.
        view: Colours, titles and layers.
    """
    traces: list[Trace] = [] if view.density is None else [_density_layer(view.density)]
    layout = _layout(view)
    rows = _failures_last(points) if view.colour_by == "failure" else points
    colouring = colouring_of(rows, view.colour_by)
    if view.has_webgl:
        layout["meta"] = {"points": packed_points(rows, colouring), "outline": list(view.outline)}
        traces += legend_traces(colouring)
    else:
        traces += shape_traces(rows, colouring)
    if view.colour_by == "failure":
        traces.append(scale_trace())
    return plain_figure(traces, layout)


def _layout(view: MapView) -> dict[str, Any]:
    return {
        "autosize": True,
        "dragmode": "lasso",
        "uirevision": "map",
        "hovermode": "closest",
        "newselection": {"line": {"color": ACCENT, "width": 2, "dash": "dot"}},
        "margin": {"l": 0, "r": 0, "t": 28, "b": 0},
        "legend": {
            "orientation": "h",
            "y": 0,
            "yanchor": "bottom",
            "x": 0,
            "itemsizing": "constant",
        },
        "xaxis": _axis(),
        "yaxis": _axis() | {"scaleanchor": "x", "scaleratio": 1},
        "annotations": [title_annotation(each) for each in titles_without_overlap(view.titles)],
        "shapes": _outline_shapes(view.outline),
    }


def _failures_last(points: pa.Table) -> pa.Table:
    """The points in such an order that failures are drawn over the rest."""
    known = pc.cast(points["known_status_count"], pa.float64())
    share = pc.if_else(pc.equal(known, 0), -1.0, pc.divide(points["failure_count"], known))
    return points.take(pc.array_sort_indices(share))


def _axis() -> dict[str, object]:
    """About -1 to 1, whatever the filters leave: a place stays where it was."""
    return {
        "visible": False,
        "showgrid": False,
        "zeroline": False,
        "range": [-1.12, 1.12],
        "constrain": "domain",
    }


def _density_layer(density: FailureDensity) -> Trace:
    return {
        "type": "contour",
        "uid": "density",  # else Plotly gives its colour bar to the next trace in its place
        "x": density.x,
        "y": density.y,
        "z": density.log_ratio,
        "zmin": -_RATIO_LIMIT,
        "zmax": _RATIO_LIMIT,
        "colorscale": RATIO_SCALE,
        "opacity": 0.55,
        "line": {"width": 0},
        "contours": {"start": -_RATIO_LIMIT, "end": _RATIO_LIMIT, "size": 0.5},
        "connectgaps": False,
        "hoverinfo": "skip",
        "colorbar": {
            "title": {"text": "failures against successes", "side": "top"},
            "tickvals": [-2, -1, 0, 1, 2],
            "ticktext": ["¼ x", "½ x", "as expected", "2 x", "4 x"],
            "orientation": "h",
            "thickness": 8,
            "len": 0.6,
            "x": 0.5,
            "y": 1,
            "yanchor": "bottom",
        },
    }


def _outline_shapes(outline: Sequence[tuple[float, float]]) -> list[dict[str, object]]:
    if not outline:
        return []
    path = "M" + "L".join(f"{x},{y}" for x, y in outline) + "Z"
    line = {"color": ACCENT, "width": 2, "dash": "dot"}
    return [{"type": "path", "path": path, "line": line, "fillcolor": "rgba(59,130,196,0.10)"}]
