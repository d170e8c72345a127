"""The course of a session in a table's cell, as SVG paths, and as a chart."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import plotly.graph_objects as go

from genai_session_analyzer.dashboard.theme import (
    STATUS_COLOURS,
    TEMPLATE,
    duration_ms,
    words,
)

WIDTH, HEIGHT = 132, 24
"""Of a cell's drawing, in its own units."""

MOST_MARKS = 66
LATENCY_CEILING_MS = 10_000
"""Bars of longer latencies are cut off there: so one row compares with the next."""

NO_GROUND = {"bgcolor": "rgba(0,0,0,0)"}
_FAILURE_FIRST = ("model_error", "timeout", "safety_violation", "rate_limited", None, "success")
Status = str | None


def latency_path(latencies_ms: Sequence[int | None]) -> str:
    """The outline of one bar per generation, as the `d` of an SVG path.

    Beyond `MOST_MARKS` generations neighbours share a bar: the longest latency of them. An unknown
    latency leaves a gap.

    Args:
        latencies_ms: In order, milliseconds.
    """
    groups = grouped(latencies_ms)
    return "".join(
        _bar(index, len(groups), _height(max(known)))
        for index, group in enumerate(groups)
        if (known := [each for each in group if each is not None])
    )


def status_paths(statuses: Sequence[Status]) -> list[dict[str, str]]:
    """The outlines of one mark per generation, a path for each status that occurs.

    A success is a short mark on the ground, anything else reaches the top, so that the two are
    told apart without colour. Where neighbours share a mark, a failure among them is shown.

    Args:
        statuses: In order; None = unknown.

    Returns:
        `colour` and `d` of each path.
    """
    shown = [min(group, key=_FAILURE_FIRST.index) for group in grouped(statuses)]
    paths: dict[Status, str] = {}
    for index, status in enumerate(shown):
        height = HEIGHT / 3 if status == "success" else HEIGHT
        paths[status] = paths.get(status, "") + _bar(index, len(shown), height)
    return [{"colour": STATUS_COLOURS[status], "d": path} for status, path in paths.items()]


def latency_label(latencies_ms: Sequence[int | None]) -> str:
    """The latencies in words, for those who do not see the drawing."""
    known = [each for each in latencies_ms if each is not None]
    if not known:
        return "latency unknown"
    if min(known) == max(known):
        return f"latency {duration_ms(known[0])}"
    return f"latency {duration_ms(min(known))} to {duration_ms(max(known))}"


def status_label(statuses: Sequence[Status]) -> str:
    """The statuses in words: `9 success, 2 timeout`, the most frequent first."""
    counts = {status: statuses.count(status) for status in dict.fromkeys(statuses)}
    by_count = sorted(counts.items(), key=lambda item: -item[1])
    return ", ".join(f"{count} {words(status)}" for status, count in by_count)


def course_figure(
    latencies_ms: Sequence[int | None], statuses: Sequence[Status], shown: range
) -> go.Figure:
    """A bar per generation of a session: as long as its latency, in the colour of its status.

    Args:
        latencies_ms: In order, milliseconds; None = unknown, drawn without height.
        statuses: Of the same generations.
        shown: Numbers, from 1, of the generations listed below the chart; the rest is pale.
    """
    figure = go.Figure()
    is_long = len(statuses) > MOST_MARKS  # bars too narrow for a pattern
    for status in dict.fromkeys(statuses):
        numbers = [n for n, each in enumerate(statuses, start=1) if each == status]
        figure.add_bar(
            x=numbers,
            y=[(latencies_ms[n - 1] or 0) / 1000 for n in numbers],
            name=words(status),
            width=0.85,
            marker={
                "color": STATUS_COLOURS[status],
                "opacity": [1.0 if n in shown else 0.35 for n in numbers],
                "pattern": {"shape": "" if status == "success" or is_long else "/"},
                "line": {"width": 0},
            },
            customdata=[duration_ms(latencies_ms[n - 1]) for n in numbers],
            hovertemplate=f"generation %{{x}}: {words(status)}, %{{customdata}}<extra></extra>",
        )
    figure.update_layout(
        template=TEMPLATE,
        height=150,
        barmode="overlay",
        showlegend=True,
        legend={"orientation": "h", "x": 0, "y": 1.02, "yanchor": "bottom"} | NO_GROUND,
        xaxis=_axis("generation") | {"range": [0.4, max(len(statuses), 8) + 0.6]},
        yaxis=_axis("latency, s") | {"nticks": 4, "rangemode": "tozero"},
    )
    return figure


def grouped(values: Sequence[Any]) -> list[Sequence[Any]]:
    """Successive values in at most `MOST_MARKS` groups of nearly equal size."""
    count = min(len(values), MOST_MARKS)
    edges = [index * len(values) // count for index in range(count + 1)] if count else []
    return [values[start:end] for start, end in pairwise(edges)]


def _height(latency_ms: int) -> float:
    return max(1.0, HEIGHT * min(1.0, latency_ms / LATENCY_CEILING_MS))


def _bar(index: int, count: int, height: float) -> str:
    """A bar standing on the ground, at most as wide as one of 22."""
    pitch = WIDTH / max(count, 22)
    width = pitch * 0.72
    return f"M{index * pitch:.1f} {HEIGHT}v{-height:.1f}h{width:.1f}v{height:.1f}z"


def _axis(title: str) -> dict[str, Any]:
    return {"title": {"text": title}, "fixedrange": True}
