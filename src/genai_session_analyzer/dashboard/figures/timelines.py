"""What happened over time, stacked by kind."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from genai_session_analyzer.dashboard.figures.friction_labels import BUTTONS_HEIGHT, selection_text
from genai_session_analyzer.dashboard.figures.plain import Figure, Trace, plain_figure, titled
from genai_session_analyzer.dashboard.theme import day

HEIGHT = 300


@dataclass(frozen=True)
class Series:
    """One kind over time.

    Attributes:
        name: The kind in words.
        colour: Its colour.
        values: One per period; None = not known.
        hover: What the tooltip says of each, below its period.
        selection: Dimension and value a click selects beside the period; empty = the period only.
    """

    name: str
    colour: str
    values: Sequence[float | None]
    hover: Sequence[str]
    selection: tuple[str, ...] = ()


def stacked_figure(
    periods: Sequence[date], series: Sequence[Series], is_weekly: bool, axis: str
) -> Figure:
    """A stacked bar per day or week.

    Args:
        periods: The days, or the Mondays of the weeks.
        series: What is stacked, lowest first.
        is_weekly: Whether periods are weeks.
        axis: Title of the vertical axis.
    """
    layout = {
        "height": HEIGHT,
        "barmode": "stack",
        "bargap": 0.12,
        "legend": {"traceorder": "normal"},
        "margin": {"t": BUTTONS_HEIGHT},
        "yaxis": titled(axis) | {"rangemode": "tozero"},
    }
    return plain_figure([_trace(each, periods, is_weekly) for each in series], layout)


def _trace(series: Series, periods: Sequence[date], is_weekly: bool) -> Trace:
    last = timedelta(days=6 if is_weekly else 0)
    return {
        "type": "bar",
        "name": series.name,
        "x": list(periods),
        "y": list(series.values),
        "marker": {"color": series.colour},
        "hovertext": [
            f"<b>{'week of ' if is_weekly else ''}{day(first)}</b><br>{text}"
            for first, text in zip(periods, series.hover, strict=True)
        ],
        "hoverinfo": "text",
        "textposition": "none",
        "customdata": [
            selection_text(
                (*series.selection, "first_day", str(first), "last_day", str(first + last))
            )
            for first in periods
        ],
    }
