"""The map of prompts: points in the colours of what they are, titles, where failures gather."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
import plotly.graph_objects as go
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.dashboard.figures.map_colours import (
    FAILURE_SCALE,
    RATIO_SCALE,
    category_colours,
    cluster_colouring,
)
from genai_session_analyzer.dashboard.formats import words
from genai_session_analyzer.dashboard.theme import ACCENT, TEMPLATE
from genai_session_analyzer.insights.map_density import FailureDensity

COLOURINGS = {
    "cluster": "Cluster",
    "domain": "Domain",
    "art_style": "Art style",
    "mood": "Mood",
    "failure": "Failure rate",
}
"""What points can be coloured by, and how it is called."""
_MOST_HOVER_TEXTS = 10_000
"""Points up to which each brings the start of its prompt; beyond, the page would grow heavy."""
_MOST_TITLES = 14
_RATIO_LIMIT = 2.0


@dataclass(frozen=True)
class MapTitle:
    """A cluster's title, where it stands (map units), and how many prompts it stands for."""

    cluster_id: int
    text: str
    x: float
    y: float
    prompt_count: int


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


def prompt_map(points: pa.Table, view: MapView) -> go.Figure:
    """Return the map, drawn by the graphics card where there is one, ready for the lasso.

    Args:
        points: One row per prompt: prompt_id, x, y, cluster_id, domain, art_style, mood, snippet,
            known_status_count, failure_count.
        view: Colours, titles and layers.
    """
    figure = go.Figure()
    if view.density is not None:
        figure.add_trace(_density_layer(view.density))
    if view.colour_by == "failure":
        figure.add_trace(_failure_points(points, view))
    else:
        figure.add_traces(_category_points(points, view))
    figure.update_layout(
        template=TEMPLATE,
        autosize=True,
        dragmode="lasso",
        uirevision="map",
        hovermode="closest",
        margin={"l": 0, "r": 0, "t": 28, "b": 0},
        legend={"orientation": "h", "y": 0, "yanchor": "bottom", "x": 0, "itemsizing": "constant"},
        xaxis=_axis(),
        yaxis=_axis() | {"scaleanchor": "x", "scaleratio": 1},
        annotations=[_annotation(each) for each in titles_without_overlap(view.titles)],
        shapes=_outline_shapes(view.outline),
    )
    return figure


def titles_without_overlap(titles: Sequence[MapTitle], most: int = _MOST_TITLES) -> list[MapTitle]:
    """Return the first titles, in the order given, that do not lie on one another.

    Widths are judged for a map some 460 pixels wide: 0.028 map units a letter, 0.12 a line.
    """
    shown: list[MapTitle] = []
    for title in titles:
        if len(shown) == most:
            break
        if not any(_overlap(title, other) for other in shown):
            shown.append(title)
    return shown


def _overlap(one: MapTitle, other: MapTitle) -> bool:
    width = 0.028 * (len(one.text) + len(other.text)) / 2 + 0.02
    return abs(one.x - other.x) < width and abs(one.y - other.y) < 0.12


def _axis() -> dict[str, object]:
    """About -1 to 1, whatever the filters leave: a place stays where it was."""
    return {
        "visible": False,
        "showgrid": False,
        "zeroline": False,
        "range": [-1.12, 1.12],
        "constrain": "domain",
    }


def _category_points(points: pa.Table, view: MapView) -> list[go.Scattergl | go.Scatter]:
    if view.colour_by == "cluster":
        return [_points(points, cluster_colouring(points["cluster_id"].to_numpy()), view)]
    values = np.asarray(points[view.colour_by].to_pylist(), dtype=object)
    groups, colours = category_colours(set(values.tolist()), view.colour_by)
    return [
        _points(points.filter(pa.array(values == group)), {"color": colour}, view, words(group))
        for group, colour in zip(groups, colours, strict=True)
    ]


def _failure_points(points: pa.Table, view: MapView) -> go.Scattergl | go.Scatter:
    known = _numbers(points, "known_status_count")
    failed = _numbers(points, "failure_count")
    share = np.divide(failed, known, out=np.full(len(known), np.nan), where=known > 0)
    rows = np.argsort(np.nan_to_num(share, nan=-1.0), kind="stable")  # failures on top
    marker = {
        "color": share[rows],
        "colorscale": FAILURE_SCALE,
        "cmin": 0,
        "cmax": 1,
        "colorbar": {"title": "failed", "tickformat": ".0%", "thickness": 10, "len": 0.5},
    }
    return _points(points.take(pa.array(rows)), marker, view)


def _points(
    points: pa.Table, marker: dict[str, object], view: MapView, name: str = ""
) -> go.Scattergl | go.Scatter:
    is_crowded = points.num_rows > _MOST_HOVER_TEXTS
    size, opacity = (3, 0.5) if is_crowded else (5, 0.75)
    texts = None if is_crowded else [escape(text) for text in points["snippet"].to_pylist()]
    trace = go.Scattergl if view.has_webgl else go.Scatter
    return trace(
        x=_numbers(points, "x").astype(np.float32),
        y=_numbers(points, "y").astype(np.float32),
        mode="markers",
        name=name,
        showlegend=bool(name),
        marker={"size": size, "opacity": opacity, "line": {"width": 0}, **marker},
        text=texts,
        hovertemplate=None if is_crowded else "%{text}<extra></extra>",
        hoverinfo="name" if is_crowded else None,
        unselected={"marker": {"opacity": 0.08}},
    )


def _density_layer(density: FailureDensity) -> go.Contour:
    return go.Contour(
        x=density.x,
        y=density.y,
        z=density.log_ratio,
        zmin=-_RATIO_LIMIT,
        zmax=_RATIO_LIMIT,
        colorscale=RATIO_SCALE,
        opacity=0.55,
        line={"width": 0},
        contours={"start": -_RATIO_LIMIT, "end": _RATIO_LIMIT, "size": 0.5},
        connectgaps=False,
        hoverinfo="skip",
        colorbar={
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
    )


def _annotation(title: MapTitle) -> dict[str, object]:
    return {
        "x": title.x,
        "y": title.y,
        "text": escape(title.text),
        "showarrow": False,
        "font": {"size": 11},
        "bgcolor": "rgba(255,255,255,0.8)",
        "borderpad": 2,
        "captureevents": False,
    }


def _outline_shapes(outline: Sequence[tuple[float, float]]) -> list[dict[str, object]]:
    if not outline:
        return []
    path = "M" + "L".join(f"{x},{y}" for x, y in outline) + "Z"
    line = {"color": ACCENT, "width": 2, "dash": "dot"}
    return [{"type": "path", "path": path, "line": line, "fillcolor": "rgba(59,130,196,0.10)"}]


def _numbers(points: pa.Table, column: str) -> NDArray[np.float64]:
    numbers: NDArray[np.float64] = points[column].to_numpy().astype(np.float64)
    return numbers
