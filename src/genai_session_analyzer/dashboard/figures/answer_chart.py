"""The chart of an answer: bars or lines over groups, whatever was asked."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from genai_session_analyzer.dashboard.figures.answer_formats import axis_format, in_words, written
from genai_session_analyzer.dashboard.theme import (
    ACCENT,
    CATEGORY_COLOURS,
    MUTED,
    STATUS_COLOURS,
    TEMPLATE,
    TIER_COLOURS,
)

KNOWN_COLOURS: dict[Any, str] = {
    **{key: colour for key, colour in STATUS_COLOURS.items() if key},
    **{key: colour for key, colour in TIER_COLOURS.items() if key},
}
BAR_HEIGHT, LEAST_HEIGHT = 30, 260
UPRIGHT_BARS = 8
"""Up to so many groups with short names stand upright; more lie, to be read."""
LONGEST_UPRIGHT = 14
WRITTEN_UPRIGHT, WRITTEN_LYING = 12, 40
"""Up to so many bars have their value written on them."""
MOST_UPRIGHT_NAMES = 24
LONGEST_LABEL = 42


@dataclass(frozen=True, kw_only=True)
class DrawnSeries:
    """Values along the axis: one colour, one name in the legend."""

    name: str
    values: Sequence[float | None]
    unit: str


@dataclass(frozen=True, kw_only=True)
class DrawnAnswer:
    """What is drawn.

    Attributes:
        title: What the axis of values says.
        places: The axis' values, in the order of the rows.
        series: As long as the places, each.
        is_time: Whether the places are days or moments.
        is_counted: Whether they are numbers, such as hours of the day.
    """

    title: str
    places: Sequence[Any]
    series: tuple[DrawnSeries, ...]
    is_time: bool
    is_counted: bool = False


def bar_figure(drawn: DrawnAnswer) -> go.Figure:
    """Return bars; many groups or long names lie on their side, the first row on top."""
    labels = [_label(place) for place in drawn.places]
    upright = _is_upright(drawn, labels)
    most_written = WRITTEN_UPRIGHT if upright else WRITTEN_LYING
    places = labels if drawn.is_time else list(range(len(labels)))  # names may repeat
    figure = go.Figure(layout={"template": TEMPLATE})
    for number, series in enumerate(drawn.series):
        texts = [written(value, series.unit) for value in series.values]
        values = list(series.values)
        figure.add_bar(
            x=places if upright else values,
            y=values if upright else places,
            orientation="v" if upright else "h",
            name=series.name,
            marker_color=_bar_colours(drawn, number),
            text=texts if len(labels) * len(drawn.series) <= most_written else None,
            textposition="auto",
            textangle=0,
            hovertext=[f"{label}: {text}" for label, text in zip(labels, texts, strict=True)],
            hoverinfo="text",
        )
    if not drawn.is_time:
        figure.update_layout({"xaxis" if upright else "yaxis": _group_axis(labels, upright)})
    return _finished(figure, drawn, upright, len(labels))


def line_figure(drawn: DrawnAnswer) -> go.Figure:
    """Return a line for each series; unknown values leave a gap."""
    figure = go.Figure(layout={"template": TEMPLATE})
    order = sorted(
        (place for place in range(len(drawn.places)) if drawn.places[place] is not None),
        key=lambda place: drawn.places[place],
    )
    places = [drawn.places[place] for place in order]
    for number, series in enumerate(drawn.series):
        values = [series.values[place] for place in order]
        figure.add_scatter(
            x=places,
            y=values,
            name=series.name,
            mode="lines+markers" if len(places) <= 62 else "lines",
            line={"color": _series_colour(drawn, number), "width": 2},
            marker={"size": 5},
            hovertext=[
                f"{series.name}, {_label(place)}: {written(value, series.unit)}"
                for place, value in zip(places, values, strict=True)
            ],
            hoverinfo="text",
        )
    return _finished(figure, drawn, upright=True, count=len(places))


def _finished(figure: go.Figure, drawn: DrawnAnswer, upright: bool, count: int) -> go.Figure:
    unit = drawn.series[0].unit if drawn.series else ""
    tick_format = axis_format(unit, _largest(drawn))
    value_axis = {"title": {"text": drawn.title}, "tickformat": tick_format}
    figure.update_layout(
        showlegend=len(drawn.series) > 1,
        barmode="group",
        hovermode="closest",
        height=max(LEAST_HEIGHT, LEAST_HEIGHT if upright else 60 + _row_height(drawn) * count),
    )
    if upright:
        figure.update_yaxes(**value_axis, rangemode="tozero")
    else:
        figure.update_xaxes(**value_axis, rangemode="tozero", side="top")
        figure.update_yaxes(autorange="reversed")
    return figure


def _group_axis(labels: Sequence[str], upright: bool) -> dict[str, Any]:
    """The axis of groups: every name below its bar, or as many as can be read beside each other."""
    step = math.ceil(len(labels) / MOST_UPRIGHT_NAMES) if upright else 1
    shown = range(0, len(labels), max(1, step))
    return {
        "tickmode": "array",
        "tickvals": list(shown),
        "ticktext": [labels[place] for place in shown],
        "showgrid": False,
        "zeroline": False,
    }


def _is_upright(drawn: DrawnAnswer, labels: Sequence[str]) -> bool:
    """Whether bars stand: along time and numbers always, else few with short names."""
    is_short = max(map(len, labels), default=0) <= LONGEST_UPRIGHT
    return drawn.is_time or drawn.is_counted or (len(labels) <= UPRIGHT_BARS and is_short)


def _largest(drawn: DrawnAnswer) -> float:
    values = (value for series in drawn.series for value in series.values if value is not None)
    return max(map(abs, values), default=0.0)


def _row_height(drawn: DrawnAnswer) -> int:
    return max(BAR_HEIGHT, 16 * len(drawn.series))


def _bar_colours(drawn: DrawnAnswer, number: int) -> Any:
    """One series: each known group in its colour; several: one colour each."""
    if len(drawn.series) > 1:
        return _series_colour(drawn, number)
    if all(place in KNOWN_COLOURS for place in drawn.places if place is not None):
        return [KNOWN_COLOURS.get(place, MUTED) for place in drawn.places]
    return [MUTED if place is None else ACCENT for place in drawn.places]


def _series_colour(drawn: DrawnAnswer, number: int) -> str:
    if len(drawn.series) == 1:
        return ACCENT
    known = KNOWN_COLOURS.get(drawn.series[number].name.replace(" ", "_"))
    return known or CATEGORY_COLOURS[number % len(CATEGORY_COLOURS)]


def _label(place: object) -> str:
    text = in_words(place)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}\u2026"
