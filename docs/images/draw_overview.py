"""Draws overview.png from the build now served: `make picture`. Needs Chromium on the PATH."""

import subprocess
import sys
import tempfile
from pathlib import Path

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from genai_session_analyzer.schema.values import FAILURE_STATUSES, FRICTION_BANDS, USER_TIERS
from genai_session_analyzer.warehouse.reader import BuildReader

WIDTH, HEIGHT = 1200, 420
BAND_COLOURS = dict(zip(FRICTION_BANDS, ("#0072B2", "#E69F00", "#D55E00"), strict=True))
"""Okabe and Ito's colours, told apart by colour-blind eyes too."""
FAILURE_COLOURS = ("#56B4E9", "#CC79A7", "#D55E00", "#999999")
BROWSER = (
    "chromium",
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--hide-scrollbars",
)


def friction_bars(reader: BuildReader) -> list[go.Bar]:
    """Sessions per five points of friction, coloured by band."""
    rows = reader.query(
        "SELECT friction_band AS band, least(floor(friction_score / 5), 19) * 5 + 2.5 AS score,"
        " count(*) AS n FROM fct_sessions WHERE friction_score IS NOT NULL"
        " GROUP BY ALL ORDER BY ALL"
    ).to_pylist()
    return [
        go.Bar(
            name=f"{band} friction",
            x=[row["score"] for row in rows if row["band"] == band],
            y=[row["n"] for row in rows if row["band"] == band],
            marker_color=colour,
            legend="legend",
        )
        for band, colour in BAND_COLOURS.items()
    ]


def failure_bars(reader: BuildReader) -> list[go.Bar]:
    """Share of generations that failed, by tier and kind."""
    measures = ", ".join(f"avg(is_{status}::INT) AS {status}" for status in FAILURE_STATUSES)
    rows = reader.query(f"SELECT user_tier, {measures} FROM fct_generations GROUP BY 1")  # noqa: S608
    by_tier = {row["user_tier"]: row for row in rows.to_pylist()}
    return [
        go.Bar(
            name=status.replace("_", " "),
            x=list(USER_TIERS),
            y=[by_tier[tier][status] for tier in USER_TIERS],
            marker_color=colour,
            legend="legend2",
        )
        for status, colour in zip(FAILURE_STATUSES, FAILURE_COLOURS, strict=True)
    ]


def overview(reader: BuildReader) -> go.Figure:
    """Friction of sessions beside failures by tier."""
    generations = reader.build.rows["fct_generations"]
    figure = make_subplots(
        cols=2, subplot_titles=("Sessions by friction score", "Failed generations by tier")
    )
    figure.add_traces(friction_bars(reader), rows=1, cols=1)
    figure.add_traces(failure_bars(reader), rows=1, cols=2)
    figure.update_yaxes(tickformat=".0%", col=2)
    figure.update_layout(
        barmode="stack",
        template="plotly_white",
        width=WIDTH,
        height=HEIGHT,
        margin={"l": 50, "r": 20, "t": 70, "b": 80},
        title=f"{generations:,} simulated generations of the embedded corpus",
        legend={"orientation": "h", "x": 0, "y": -0.12},
        legend2={"orientation": "h", "x": 0.55, "y": -0.12},
    )
    return figure


def main() -> None:
    """Draws the figure in a browser and keeps the picture beside this file."""
    target = Path(__file__).parent / "overview.png"
    with BuildReader(Path("data/published")) as reader, tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "overview.html"
        overview(reader).write_html(page, include_plotlyjs=True, config={"displayModeBar": False})
        arguments = (f"--screenshot={target}", f"--window-size={WIDTH + 16},{HEIGHT + 16}")
        subprocess.run([*BROWSER, *arguments, page.as_uri()], check=True, capture_output=True)
    print(f"Drew {target}", file=sys.stderr)


if __name__ == "__main__":
    main()
