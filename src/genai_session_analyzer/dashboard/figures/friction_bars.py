"""Bars of groups with how sure each value is; small groups are hatched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from genai_session_analyzer.dashboard.figures.friction_labels import (
    BUTTONS_HEIGHT,
    Group,
    axis_labels,
    selection_text,
)
from genai_session_analyzer.dashboard.figures.plain import Figure, Trace, plain_figure
from genai_session_analyzer.dashboard.theme import MUTED, SMALL_GROUP, duration_ms, percent

ROW_HEIGHT, FRAME_HEIGHT = 30, 90
_HATCH = {"fillmode": "overlay", "size": 5, "solidity": 0.35, "fgcolor": "rgba(255,255,255,0.75)"}
Values = Sequence[float | None]


@dataclass(frozen=True)
class Bars:
    """One value per group with its interval.

    Attributes:
        name: What is shown, for the legend.
        values: None for no bar.
        low: Lower ends of the intervals, None for none.
        high: Upper ends.
        counts: n of each value.
        hover: What the tooltip says of each group, below its name.
    """

    name: str
    values: Values
    low: Values
    high: Values
    counts: Sequence[int]
    hover: Sequence[str]


def rate_bars(rows: pa.Table, rate: str, count: str, name: str) -> Bars:
    """The bars of a rate, from the columns that `rates_by` gives it.

    Args:
        rows: One row per group.
        rate: Name of the rate.
        count: Name of its denominator.
        name: What it is called.
    """
    values, low, high, counts = columns(rows, rate, f"{rate}_low", f"{rate}_high", count)
    hover = [
        f"{name}: {percent(value)} ({percent(a)} to {percent(b)})<br>n = {n:,}"
        for value, a, b, n in zip(values, low, high, counts, strict=True)
    ]
    return Bars(name, values, low, high, counts, hover)


def bar_trace(bars: Bars, groups: Sequence[Group], labels: Sequence[str], colour: str) -> Trace:
    """Horizontal bars with error bars; groups of fewer than 30 are pale and hatched."""
    small = [count < SMALL_GROUP for count in bars.counts]
    up, down = _reach(bars.values, bars.high), _reach(bars.values, bars.low)
    return {
        "type": "bar",
        "name": bars.name,
        "orientation": "h",
        "x": list(bars.values),
        "y": list(labels),
        "marker": {
            "color": colour,
            "opacity": [0.55 if each else 1 for each in small],
            "pattern": _HATCH | {"shape": ["/" if each else "" for each in small]},
        },
        "error_x": {
            "type": "data", "symmetric": False, "array": up, "arrayminus": down,
            "thickness": 1.4, "width": 3, "color": MUTED,
        },
        **clickable(groups, bars.hover),
    }  # fmt: skip


def latency_traces(
    rows: pa.Table, groups: Sequence[Group], labels: Sequence[str], colour: str
) -> tuple[Trace, Trace]:
    """Per group a dark bar to the median latency and a pale one from there to p95, in seconds."""
    middle, most, counts = columns(rows, "p50_latency_ms", "p95_latency_ms", "known_latency_count")
    until = [_seconds(value) for value in middle]
    rest = [
        None if a is None or b is None else b - a
        for a, b in zip(until, map(_seconds, most), strict=True)
    ]
    hover = [
        f"median {duration_ms(a)}, p95 {duration_ms(b)}<br>n = {n:,} known latencies"
        for a, b, n in zip(middle, most, counts, strict=True)
    ]
    shared = {"type": "bar", "orientation": "h", "y": list(labels)} | clickable(groups, hover)
    pale = {"color": colour, "opacity": 0.4}
    return (
        shared | {"name": "median", "x": until, "marker": {"color": colour}},
        shared | {"name": "median to p95", "x": rest, "base": until, "marker": pale},
    )


def rates_figure(
    bars: Sequence[Bars], groups: Sequence[Group], counts: Sequence[int], colours: Sequence[str]
) -> Figure:
    """One or several rates of the same groups as bars beside each other, first group on top."""
    labels = axis_labels(groups, counts)
    traces = [
        bar_trace(each, groups, labels, colour) for each, colour in zip(bars, colours, strict=True)
    ]
    layout = group_layout(len(groups) * (1 + 0.4 * (len(bars) - 1)), {"tickformat": "~%"})
    return plain_figure(traces, layout | {"showlegend": len(bars) > 1, "barmode": "group"})


def latency_figure(rows: pa.Table, groups: Sequence[Group], colour: str) -> Figure:
    """Median and p95 latency per group."""
    labels = axis_labels(groups, rows["known_latency_count"].to_pylist())
    layout = group_layout(len(groups), {"ticksuffix": " s"}) | {"barmode": "overlay"}
    return plain_figure(latency_traces(rows, groups, labels, colour), layout)


def group_layout(row_count: float, xaxis: dict[str, Any]) -> dict[str, Any]:
    """The layout of horizontal bars: as high as its rows need, first on top, axis from 0.

    Args:
        row_count: Rows of bars.
        xaxis: What else the horizontal axis says.
    """
    return {
        "height": frame_height(row_count),
        "legend": {"traceorder": "normal"},
        "margin": {"t": BUTTONS_HEIGHT},
        "xaxis": {"rangemode": "tozero"} | xaxis,
        "yaxis": {"autorange": "reversed", "showgrid": False},
    }


def frame_height(row_count: float) -> int:
    """The height of horizontal bars with their axis, in pixels."""
    return round(FRAME_HEIGHT + ROW_HEIGHT * max(row_count, 2))


def clickable(groups: Sequence[Group], hover: Sequence[str]) -> dict[str, Any]:
    """What a trace needs to say of each group and to select it by a click."""
    texts = [f"<b>{group.label}</b><br>{text}" for group, text in zip(groups, hover, strict=True)]
    selections = [selection_text(group.selection) for group in groups]
    return {
        "customdata": selections,
        "hovertext": texts,
        "hoverinfo": "text",
        "textposition": "none",
    }


def columns(rows: pa.Table, *names: str) -> list[list[Any]]:
    """The columns as lists, None for null."""
    return [rows[name].to_pylist() for name in names]


def _reach(values: Values, ends: Values) -> list[float]:
    pairs = zip(values, ends, strict=True)
    return [0.0 if a is None or b is None else abs(b - a) for a, b in pairs]


def _seconds(milliseconds: float | None) -> float | None:
    return None if milliseconds is None else milliseconds / 1000
