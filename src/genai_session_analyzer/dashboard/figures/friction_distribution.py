"""How the friction of sessions is spread over the bands."""

import plotly.graph_objects as go
import pyarrow as pa

from genai_session_analyzer.dashboard.figures.friction_labels import BUTTONS_HEIGHT, selection_text
from genai_session_analyzer.dashboard.theme import BAND_COLOURS, TEMPLATE, percent

HEIGHT = 300


def distribution_figure(rows: pa.Table) -> go.Figure:
    """A histogram of friction, coloured by band; sessions without a score are not drawn.

    Args:
        rows: What `session_distribution` returns.
    """
    bins = [row for row in rows.to_pylist() if row["score_from"] is not None]
    scored = sum(row["session_count"] for row in bins)
    figure = go.Figure()
    for band in ("low", "medium", "high"):
        inside = [row for row in bins if row["friction_band"] == band]
        count = sum(row["session_count"] for row in inside)
        if inside:
            figure.add_trace(_band(band, inside, f"{band} · {percent(count / scored)}"))
    figure.update_layout(template=TEMPLATE, height=HEIGHT, barmode="stack", bargap=0.06)
    figure.update_layout(legend={"traceorder": "normal"}, margin={"t": BUTTONS_HEIGHT})
    figure.update_xaxes(title_text="friction of a session, points", range=(0, 100))
    figure.update_yaxes(title_text="sessions")
    return figure


def _band(band: str, bins: list[dict[str, float]], name: str) -> go.Bar:
    return go.Bar(
        name=name,
        x=[(row["score_from"] + row["score_below"]) / 2 for row in bins],
        y=[row["session_count"] for row in bins],
        width=[row["score_below"] - row["score_from"] - 0.2 for row in bins],
        marker={"color": BAND_COLOURS[band]},
        customdata=[selection_text(("friction_band", band)) for _ in bins],
        hovertext=[
            f"{row['score_from']:g} to {row['score_below']:g} points<br>"
            f"{row['session_count']:,} sessions, {band} friction"
            for row in bins
        ],
        hoverinfo="text",
    )
