"""The chart of an answer: bars or lines over groups, whatever was asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from genai_session_analyzer.dashboard.figures.answer_formats import axis_format, written
from genai_session_analyzer.dashboard.formats import words
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
    """

    title: str
    places: Sequence[Any]
    series: tuple[DrawnSeries, ...]
    is_time: bool


def bar_figure(drawn: DrawnAnswer) -> go.Figure:
    """Return bars; many groups or long names lie on their side, the first row on top."""
    labels = [_label(place) for place in drawn.places]
    upright = drawn.is_time or (
        len(labels) <= UPRIGHT_BARS and max(map(len, labels), default=0) <= LONGEST_UPRIGHT
    )
    figure = go.Figure(layout={"template": TEMPLATE})
    for number, series in enumerate(drawn.series):
        texts = [written(value, series.unit) for value in series.values]
        along = {"x": labels, "y": list(series.values)}
        figure.add_bar(
            **(along if upright else {"x": along["y"], "y": along["x"]}),
            orientation="v" if upright else "h",
            name=series.name,
            marker_color=_bar_colours(drawn, number),
            text=texts if len(labels) * len(drawn.series) <= 40 else None,
            textposition="auto",
            hovertext=[f"{label}: {text}" for label, text in zip(labels, texts, strict=True)],
            hoverinfo="text",
        )
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
    value_axis = {"title": {"text": drawn.title}, "tickformat": axis_format(unit)}
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
        figure.update_yaxes(autorange="reversed", type="category")
    if upright and not drawn.is_time and figure.data and figure.data[0].type == "bar":
        figure.update_xaxes(type="category")
    return figure


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
    text = words(place)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}\u2026"
