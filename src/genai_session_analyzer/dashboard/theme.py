"""How the dashboard looks: colours by meaning, the Plotly template, number formats."""

from typing import Any

import plotly.graph_objects as go

from genai_session_analyzer.dashboard.formats import (
    NOTHING,
    SMALL_GROUP,
    compact,
    credits,  # noqa: A004
    day,
    duration_ms,
    group_size,
    percent,
    points,
    small_group_mark,
    words,
)

__all__ = [
    "ACCENT", "BAND_COLOURS", "CATEGORY_COLOURS", "DIVERGING_SCALE", "GRAPH_CONFIG", "MUTED",
    "NOTHING", "SEQUENTIAL_SCALE", "SMALL_GROUP", "STATUS_COLOURS", "TEMPLATE", "THEME",
    "TIER_COLOURS", "compact", "credits", "day", "duration_ms", "group_size", "percent", "points",
    "small_group_mark", "words",
]  # fmt: skip

# Okabe and Ito's palette, told apart by colour-blind eyes; on light and on dark ground.
BLUE, SKY, GREEN = "#0072B2", "#56B4E9", "#009E73"
ORANGE, VERMILION, PINK = "#E69F00", "#D55E00", "#CC79A7"
VIOLET, MUTED = "#7E6BC4", "#8A93A0"
ACCENT = "#3B82C4"

STATUS_COLOURS = {
    "success": GREEN,
    "timeout": ORANGE,
    "safety_violation": PINK,
    "rate_limited": SKY,
    "model_error": VERMILION,
    None: MUTED,
}
BAND_COLOURS = {"low": GREEN, "medium": ORANGE, "high": VERMILION, None: MUTED}
TIER_COLOURS = {"free": SKY, "pro": BLUE, "enterprise": VIOLET, None: MUTED}
CATEGORY_COLOURS = (BLUE, ORANGE, GREEN, PINK, SKY, VERMILION, VIOLET, "#B5A642", MUTED)
SEQUENTIAL_SCALE = "Cividis"
DIVERGING_SCALE = ((0.0, BLUE), (0.5, "#DDE1E6"), (1.0, VERMILION))

FONT = "Inter, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"
INK, GRID = "#3D4752", "rgba(128, 140, 155, 0.22)"

_AXIS: dict[str, Any] = {
    "gridcolor": GRID,
    "zerolinecolor": GRID,
    "linecolor": GRID,
    "automargin": True,
    "title": {"standoff": 8, "font": {"size": 12}},
    "tickfont": {"size": 11},
}

TEMPLATE = go.layout.Template(
    layout={
        "font": {"family": FONT, "size": 12, "color": INK},
        "colorway": CATEGORY_COLOURS,
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "xaxis": _AXIS,
        "yaxis": _AXIS,
        "hoverlabel": {"font": {"family": FONT, "size": 12}},
        "legend": {
            "orientation": "h",
            "x": 0,
            "y": 0,
            "yref": "container",
            "yanchor": "bottom",
            "traceorder": "normal",
            "title": {"text": ""},
            "bgcolor": "rgba(0,0,0,0)",
        },
        "bargap": 0.28,
        "modebar": {"bgcolor": "rgba(0,0,0,0)", "color": MUTED, "activecolor": ACCENT},
    }
)
"""The one template; assets/figures.css turns its ink and paper dark with the page."""

GRAPH_CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,  # Plotly would offer to send the chart's data to its servers
    "plotlyServerURL": "",
    "responsive": True,
    "displayModeBar": "hover",
    "modeBarButtonsToRemove": ["lasso2d", "select2d", "autoScale2d"],
    "toImageButtonOptions": {"format": "png", "scale": 2},
}
"""`dcc.Graph(config=...)`: its camera button saves a PNG."""

THEME: dict[str, Any] = {
    "primaryColor": "indigo",
    "fontFamily": FONT,
    "defaultRadius": "md",
    "headings": {"fontFamily": FONT, "fontWeight": "650"},
}
"""`dmc.MantineProvider(theme=...)`."""
