"""How the friction of sessions is spread over the bands."""

import pyarrow as pa

from genai_session_analyzer.dashboard.figures.friction_labels import BUTTONS_HEIGHT, selection_text
from genai_session_analyzer.dashboard.figures.plain import Figure, Trace, plain_figure, titled
from genai_session_analyzer.dashboard.theme import BAND_COLOURS, percent

HEIGHT = 300


def distribution_figure(rows: pa.Table) -> Figure:
    """A histogram of friction, coloured by band; sessions without a score are not drawn.

    Args:
        rows: What `session_distribution` returns.
    """
    bins = [row for row in rows.to_pylist() if row["score_from"] is not None]
    scored = sum(row["session_count"] for row in bins)
    traces = []
    for band in ("low", "medium", "high"):
        inside = [row for row in bins if row["friction_band"] == band]
        count = sum(row["session_count"] for row in inside)
        if inside:
            traces.append(_band(band, inside, f"{band} · {percent(count / scored)}"))
    layout = {
        "height": HEIGHT,
        "barmode": "stack",
        "bargap": 0.06,
        "legend": {"traceorder": "normal"},
        "margin": {"t": BUTTONS_HEIGHT},
        "xaxis": titled("friction of a session, points") | {"range": [0, 100]},
        "yaxis": titled("sessions"),
    }
    return plain_figure(traces, layout)


def _band(band: str, bins: list[dict[str, float]], name: str) -> Trace:
    return {
        "type": "bar",
        "name": name,
        "x": [(row["score_from"] + row["score_below"]) / 2 for row in bins],
        "y": [row["session_count"] for row in bins],
        "width": [row["score_below"] - row["score_from"] - 0.2 for row in bins],
        "marker": {"color": BAND_COLOURS[band]},
        "customdata": [selection_text(("friction_band", band)) for _ in bins],
        "hovertext": [
            f"{row['score_from']:g} to {row['score_below']:g} points<br>"
            f"{row['session_count']:,} sessions, {band} friction"
            for row in bins
        ],
        "hoverinfo": "text",
    }
