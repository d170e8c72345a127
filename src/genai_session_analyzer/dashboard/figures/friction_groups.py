"""Friction, failures and latency of groups side by side, each with how sure it is."""

from collections.abc import Sequence
from typing import Any

import pyarrow as pa

from genai_session_analyzer.dashboard.figures.friction_bars import (
    Bars,
    bar_trace,
    columns,
    frame_height,
    latency_traces,
    rate_bars,
)
from genai_session_analyzer.dashboard.figures.friction_labels import Group, axis_labels
from genai_session_analyzer.dashboard.figures.plain import Figure, plain_figure
from genai_session_analyzer.dashboard.theme import ACCENT, STATUS_COLOURS, points

_DOMAINS = ((0.0, 0.31), (0.345, 0.655), (0.69, 1.0))
_TITLES = ("Mean friction, points", "Failure rate", "Latency, median and p95")


def struggle_figure(rows: pa.Table, groups: Sequence[Group]) -> Figure:
    """Three columns of bars over the same groups: friction, failure rate, p50 and p95 latency.

    Args:
        rows: What `struggle_by` returns, in the order wanted, first on top.
        groups: The group of each row.
    """
    labels = axis_labels(groups, rows["generation_count"].to_pylist())
    failures = rate_bars(rows, "error_rate", "known_status_count", "failed")
    friction = bar_trace(_friction(rows), groups, labels, ACCENT)
    failed = bar_trace(failures, groups, labels, STATUS_COLOURS["model_error"])
    latency = latency_traces(rows, groups, labels, STATUS_COLOURS["timeout"])
    placed = [friction, failed | {"xaxis": "x2"}, *(each | {"xaxis": "x3"} for each in latency)]
    return plain_figure(placed, _layout(len(groups)))


def _layout(row_count: int) -> dict[str, Any]:
    """One vertical axis, three horizontal ones beside each other."""
    titles = [
        {"text": title, "x": start, "y": 1, "xref": "paper", "yref": "paper", "xanchor": "left",
         "yanchor": "bottom", "showarrow": False, "font": {"size": 12}}
        for title, (start, _) in zip(_TITLES, _DOMAINS, strict=True)
    ]  # fmt: skip
    first, second, third = ({"domain": each, "rangemode": "tozero"} for each in _DOMAINS)
    return {
        "height": frame_height(row_count),
        "showlegend": False,
        "barmode": "overlay",
        "margin": {"t": 30},
        "annotations": titles,
        "xaxis": first,
        "xaxis2": second | {"tickformat": "~%"},
        "xaxis3": third | {"ticksuffix": " s"},
        "yaxis": {"autorange": "reversed", "showgrid": False},
    }


def _friction(rows: pa.Table) -> Bars:
    values, low, high, counts = columns(
        rows, "mean_friction_score", "friction_low", "friction_high", "scored_session_count"
    )
    counts = [count or 0 for count in counts]
    hover = [
        f"mean friction {points(value)} ({points(a)} to {points(b)})<br>n = {n:,} sessions"
        for value, a, b, n in zip(values, low, high, counts, strict=True)
    ]
    return Bars("mean friction", values, low, high, counts, hover)
