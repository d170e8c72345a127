"""What happened day by day, as stacked bars."""

from collections.abc import Mapping, Sequence
from datetime import date

from genai_session_analyzer.dashboard.figures.plain import Figure, plain_figure, titled
from genai_session_analyzer.dashboard.formats import words
from genai_session_analyzer.dashboard.theme import STATUS_COLOURS


def daily_activity(
    days: Sequence[date], counts: Mapping[str | None, Sequence[int]], height: int = 300
) -> Figure:
    """Return one bar per day, stacked by how the generations ended.

    Args:
        days: The days, in order, without gaps.
        counts: Generations per day by status; None stands for an unknown status. A status that
            never occurs is not drawn.
        height: Pixels.
    """
    traces = [
        {
            "type": "bar",
            "x": list(days),
            "y": list(values),
            "name": words(status),
            "marker": {"color": STATUS_COLOURS[status], "line": {"width": 0}},
            "hovertemplate": f"%{{x|%a %d %b %Y}}<br>%{{y:,}} {words(status)}<extra></extra>",
        }
        for status, values in counts.items()
        if any(values)
    ]
    layout = {
        "height": height,
        "barmode": "stack",
        "xaxis": {"showgrid": False},
        "yaxis": titled("generations") | {"tickformat": "~s"},
    }
    return plain_figure(traces, layout)
