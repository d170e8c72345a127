"""The points of the map: packed for the graphics card, or as shapes where there is none."""

from base64 import b64encode
from html import escape
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.dashboard.figures.map_colours import FAILURE_SCALE, Colouring
from genai_session_analyzer.dashboard.figures.plain import Trace

UNITS = 16_384
"""Steps of a packed place in one unit of the map, which reaches from about -1 to 1."""
_MOST_TEXTS = 10_000
"""Points up to which each brings the start of its prompt; beyond, the page would grow heavy."""


def packed_points(points: pa.Table, colouring: Colouring) -> dict[str, Any]:
    """Return the points as assets/map_points.js draws them, for the figure's `layout.meta`.

    Plotly's own WebGL makes functions from text, which the page's policy forbids.

    Args:
        points: One row per prompt: x, y, snippet.
        colouring: Their colours.

    Returns:
        `places`: int16 x, y by turns; `numbers`: uint8 number of the colour; both in base64,
        little-endian. `units`, `colours`, `size` (pixels), `opacity`; `texts` of the points,
        a line each, or None where there are too many.
    """
    places = np.column_stack([_column(points, "x"), _column(points, "y")])
    packed = np.clip(np.rint(places * UNITS), -32_768, 32_767).astype("<i2")
    size, opacity = _look(points)
    return {
        "places": b64encode(packed.tobytes()).decode(),
        "numbers": b64encode(colouring.numbers.tobytes()).decode(),
        "units": UNITS,
        "colours": list(colouring.colours),
        "size": size,
        "opacity": opacity,
        "texts": _lines(points) if points.num_rows <= _MOST_TEXTS else None,
    }


def legend_traces(colouring: Colouring) -> list[Trace]:
    """Return traces without points, for the legend; `meta` is the number of the colour."""
    return [
        {
            "type": "scatter",
            "uid": f"legend-{number}",
            "x": [None],
            "y": [None],
            "mode": "markers",
            "name": name,
            "meta": number,
            "hoverinfo": "skip",
            "marker": {"color": colour, "size": 8},
        }
        for number, (name, colour) in enumerate(
            zip(colouring.names, colouring.colours, strict=False)
        )
    ]


def scale_trace() -> Trace:
    """Return a trace without points that shows the scale of failure rates."""
    colorbar = {
        "title": {"text": "failed"},
        "tickformat": ".0%",
        "thickness": 10,
        "len": 0.35,
        "x": 1,
        "xanchor": "right",
        "y": 1,
        "yanchor": "top",
    }
    marker = {
        "color": [0],
        "colorscale": FAILURE_SCALE,
        "cmin": 0,
        "cmax": 1,
        "showscale": True,
        "colorbar": colorbar,
    }
    return {
        "type": "scatter",
        "uid": "scale",
        "x": [None],
        "y": [None],
        "mode": "markers",
        "marker": marker,
        "showlegend": False,
        "hoverinfo": "skip",
    }


def shape_traces(points: pa.Table, colouring: Colouring) -> list[Trace]:
    """Return the points as shapes: a trace per name, or one trace where nothing is named."""
    if not colouring.names:
        colours = np.array(colouring.colours)[colouring.numbers].tolist()
        return [_shapes(points, colours, "")]
    return [
        _shapes(points.filter(pa.array(colouring.numbers == number)), colour, name)
        for number, (name, colour) in enumerate(
            zip(colouring.names, colouring.colours, strict=True)
        )
    ]


def _shapes(points: pa.Table, colour: str | list[str], name: str) -> Trace:
    size, opacity = _look(points)
    return {
        "type": "scatter",
        "x": _column(points, "x").astype(np.float32),
        "y": _column(points, "y").astype(np.float32),
        "mode": "markers",
        "name": name,
        "showlegend": bool(name),
        "marker": {"size": size, "opacity": opacity, "line": {"width": 0}, "color": colour},
        "text": [escape(text) for text in points["snippet"].to_pylist()],
        "hovertemplate": "%{text}<extra></extra>",
        "unselected": {"marker": {"opacity": 0.08}},
    }


def _look(points: pa.Table) -> tuple[int, float]:
    """Diameter in pixels and opacity: many points are small and pale."""
    return (3, 0.5) if points.num_rows > _MOST_TEXTS else (5, 0.75)


def _lines(points: pa.Table) -> str:
    """One text is sent in a tenth of the time that a list of thousands takes."""
    return "\n".join(points["snippet"].to_pylist())


def _column(points: pa.Table, name: str) -> NDArray[np.float64]:
    numbers: NDArray[np.float64] = points[name].to_numpy().astype(np.float64)
    return numbers
