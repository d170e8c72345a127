"""Small multiples of a calibration: a panel a shape, real beside simulated, distances on top.

The figure is a plain mapping in Plotly's schema, so that nothing here needs Plotly: whoever shows
it makes `plotly.graph_objects.Figure` of it.
"""

from collections.abc import Sequence
from typing import Any

from genai_session_analyzer.insights.calibration import Shape
from genai_session_analyzer.insights.calibration_record import Record

COLOURS = ("#000000", "#E69F00", "#0072B2", "#CC79A7")
"""Okabe and Ito's, told apart by colour-blind eyes too; in the order of the record's columns."""
PANELS_PER_ROW = 4
WIDTH, ROW_HEIGHT = 1300, 235
_GUTTER, _TITLE_ROOM, _TICK_ROOM = 0.045, 0.17, 0.1
"""Shares: of the width between panels; of a row above and below the axes."""
_LOG_SPREAD = 12
"""A log scale where the 99th percentile of the real values is so many times their median."""


def calibration_picture(record: Record, shapes: Sequence[Shape]) -> dict[str, Any]:
    """A panel per shape with the share of values up to each; means as bars for what is 0 or 1.

    Args:
        record: Of up to four columns, `real` first.
        shapes: What to draw, in this order; each is in the record.

    Returns:
        `data` and `layout` of a Plotly figure.
    """
    rows = -(-len(shapes) // PANELS_PER_ROW)
    layout: dict[str, Any] = {
        "width": WIDTH,
        "height": rows * ROW_HEIGHT,
        "template": "plotly_white",
        "font": {"size": 11},
        "margin": {"l": 30, "r": 10, "t": 5, "b": 5},
        "legend": {"x": 1 - 0.6 / PANELS_PER_ROW, "y": 0.5 / rows, "font": {"size": 14}},
        "annotations": [],
    }
    traces: list[dict[str, Any]] = []
    for number, shape in enumerate(shapes, start=1):
        traces += _traces(record, shape, number)
        across, up = _axes(record, shape, number, rows)
        layout |= {f"xaxis{number}": across, f"yaxis{number}": up}
        place = {"x": across["domain"][0], "y": up["domain"][1]}
        layout["annotations"].append(_title(record, shape) | place)
    return {"data": traces, "layout": layout}


def _traces(record: Record, shape: Shape, number: int) -> list[dict[str, Any]]:
    """One trace per column of the record; the first panel's stand in the legend."""
    draw = _bar if shape.unit == "0 or 1" else _curve
    return [
        {
            "xaxis": f"x{number}",
            "yaxis": f"y{number}",
            "name": column,
            "legendgroup": column,
            "showlegend": number == 1,
            **draw(column, described[shape.name], colour),
        }
        for (column, described), colour in zip(record.items(), COLOURS, strict=False)
    ]


def _curve(_: str, described: dict[str, Any], colour: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": described["curve"]["values"],
        "y": described["curve"]["shares"],
        "line": {"color": colour, "width": 2, "shape": "hv"},
    }


def _bar(column: str, described: dict[str, Any], colour: str) -> dict[str, Any]:
    return {
        "type": "bar",
        "x": [column],
        "y": [described["mean"]],
        "text": [f"{described['mean']:.2f}"],
        "marker": {"color": colour},
    }


def _axes(record: Record, shape: Shape, number: int, rows: int) -> tuple[dict[str, Any], ...]:
    """Both axes of a panel: its place, and a log scale for what spreads far."""
    row, column = divmod(number - 1, PANELS_PER_ROW)
    width, height = 1 / PANELS_PER_ROW, 1 / rows
    left, bottom = column * width, 1 - (row + 1) * height
    across: dict[str, Any] = {
        "domain": [left + _GUTTER * (column > 0) / 2, left + width - _GUTTER / 2],
        "anchor": f"y{number}",
    }
    if shape.unit != "0 or 1":
        across |= _scale(record["real"][shape.name])
    up = {
        "domain": [bottom + height * _TICK_ROOM, bottom + height * (1 - _TITLE_ROOM)],
        "anchor": f"x{number}",
        "range": [0, 1.02],
    }
    return across, up


def _scale(real: dict[str, Any]) -> dict[str, Any]:
    """Up to somewhat beyond the real 99th percentile."""
    values = real["curve"]["values"]
    if values[0] > 0 and real["p99"] > _LOG_SPREAD * real["p50"]:
        return {"type": "log", "dtick": 1}
    return {"range": [0, 1.2 * real["p99"]]}


def _title(record: Record, shape: Shape) -> dict[str, Any]:
    distances = ", ".join(
        f"{column} {described[shape.name]['distance']:.2f}"
        for column, described in record.items()
        if "distance" in described[shape.name]
    )
    return {
        "text": f"<b>{shape.name}</b> ({shape.unit})<br>KS: {distances}",
        "xref": "paper",
        "yref": "paper",
        "xanchor": "left",
        "yanchor": "bottom",
        "align": "left",
        "showarrow": False,
    }
