"""The figures of the page Friction: from the answers' tables to what is drawn."""

import pyarrow as pa

from genai_session_analyzer.dashboard.figures.friction_bars import (
    latency_figure,
    rate_bars,
    rates_figure,
)
from genai_session_analyzer.dashboard.figures.friction_groups import struggle_figure
from genai_session_analyzer.dashboard.figures.friction_labels import empty_figure
from genai_session_analyzer.dashboard.figures.heatmap import Cells, heatmap_figure
from genai_session_analyzer.dashboard.figures.plain import Figure
from genai_session_analyzer.dashboard.figures.timelines import Series, stacked_figure
from genai_session_analyzer.dashboard.pages.friction_answers import FAILURE_COUNTS
from genai_session_analyzer.dashboard.pages.friction_choices import (
    groups_of,
    measure_named,
    ordered,
    written,
)
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.theme import ACCENT, STATUS_COLOURS, percent, words
from genai_session_analyzer.schema.values import FAILURE_STATUSES

NO_ROWS = "Nothing matches these filters. Clear one of them."
NO_LABELS = "No prompt has this label yet. Run `kedro run --pipeline=enrichment`, then publish."
COMPLEXITY_HEIGHT = 420
"""As high as the chart of the eleven styles beside it."""
ONE_DIMENSION = "Choose two different dimensions."


def draw_struggle(services: Services, rows: pa.Table, dimension: str) -> Figure:
    """Return friction, failures and latency of the largest groups."""
    if not len(rows):
        return empty_figure(NO_ROWS)
    shown = ordered(rows, dimension, "mean_friction_score", "generation_count")
    return struggle_figure(shown, groups_of(services, dimension, shown[dimension].to_pylist()))


def draw_grid(services: Services, rows: pa.Table, measure: str) -> Figure:
    """Return the heatmap of a table with two dimensions, a measure and n."""
    if not len(rows):
        return empty_figure(NO_ROWS)
    vertical, horizontal = rows.column_names[:2]
    down, across = _axis(rows, vertical), _axis(rows, horizontal)
    cells: Cells = {
        (down.index(a), across.index(b)): (value, n or 0)
        for a, b, value, n in zip(*(column.to_pylist() for column in rows.columns), strict=True)
        if a in down and b in across
    }
    return heatmap_figure(
        groups_of(services, vertical, down),
        groups_of(services, horizontal, across),
        cells,
        written(measure_named(measure)),
    )


def draw_kinds(rows: pa.Table) -> Figure:
    """Return the share of each kind of failure over time."""
    if not len(rows):
        return empty_figure(NO_ROWS)
    period, known = rows.column_names[0], rows["known_status_count"].to_pylist()
    series = []
    for status, column in zip(FAILURE_STATUSES, FAILURE_COUNTS, strict=True):
        counts = rows[column].to_pylist()
        shares = [count / n if n else None for count, n in zip(counts, known, strict=True)]
        hover = [
            f"{words(status)}: {percent(share)}<br>{count:,} of {n:,} generations"
            for share, count, n in zip(shares, counts, known, strict=True)
        ]
        colour = STATUS_COLOURS[status]
        series.append(Series(words(status), colour, shares, hover, ("status", status)))
    axis = "share of generations"
    figure = stacked_figure(rows[period].to_pylist(), series, period == "requested_week", axis)
    figure["layout"]["yaxis"]["tickformat"] = "~%"
    return figure


def draw_complexity(services: Services, rows: pa.Table) -> Figure:
    """Return the timeout rate by complexity."""
    if not _is_labelled(rows):
        return empty_figure(NO_LABELS)
    groups = groups_of(services, "complexity_score", rows["complexity_score"].to_pylist())
    bars = rate_bars(rows, "timeout_rate", "known_status_count", "timed out")
    figure = rates_figure((bars,), groups, bars.counts, (STATUS_COLOURS["timeout"],))
    figure["layout"]["height"] = COMPLEXITY_HEIGHT
    return figure


def draw_reactions(services: Services, rows: pa.Table) -> Figure:
    """Return downloads and thumbs by the first column of the table."""
    if not _is_labelled(rows):
        return empty_figure(NO_LABELS)
    dimension = rows.column_names[0]
    shown = ordered(rows, dimension, "download_rate", "generation_count")
    bars = (
        rate_bars(shown, "download_rate", "success_count", "downloaded"),
        rate_bars(shown, "thumbs_up_share", "feedback_count", "thumbs up"),
    )
    groups = groups_of(services, dimension, shown[dimension].to_pylist())
    counts = shown["generation_count"].to_pylist()
    return rates_figure(bars, groups, counts, (ACCENT, STATUS_COLOURS["success"]))


def draw_latency(services: Services, rows: pa.Table) -> Figure:
    """Return median and p95 latency by the first column of the table."""
    if not _is_labelled(rows):
        return empty_figure(NO_LABELS)
    dimension = rows.column_names[0]
    shown = ordered(rows, dimension, "p95_latency_ms", "generation_count")
    groups = groups_of(services, dimension, shown[dimension].to_pylist())
    return latency_figure(shown, groups, STATUS_COLOURS["timeout"])


def _is_labelled(rows: pa.Table) -> bool:
    """Whether any row has a value of the dimension in the first column."""
    return bool(rows.column(0).null_count < len(rows))


def _axis(rows: pa.Table, dimension: str) -> list[object]:
    """The values of an axis of the heatmap, in their order."""
    grouped = rows.group_by(dimension).aggregate([("n", "sum")])
    return list(ordered(grouped, dimension, "n_sum", "n_sum")[dimension].to_pylist())
