"""From an answer's rows to what is drawn."""

from typing import Any

import plotly.graph_objects as go

from genai_session_analyzer.copilot.answering.answer import Answered, ChartKind, Column
from genai_session_analyzer.copilot.answering.chart_choice import (
    MOST_BARS,
    is_number,
    is_temporal,
)
from genai_session_analyzer.dashboard.figures.answer_chart import (
    DrawnAnswer,
    DrawnSeries,
    bar_figure,
    line_figure,
)
from genai_session_analyzer.dashboard.figures.answer_formats import in_words
from genai_session_analyzer.dashboard.formats import words

KIND_LABELS: dict[ChartKind, str] = {
    "bar": "Bars",
    "line": "Line",
    "number": "Number",
    "table": "Table",
}


def answer_figure(answer: Answered, kind: ChartKind) -> go.Figure:
    """Return the rows as bars or as lines.

    Args:
        answer: One whose chart can be drawn so.
        kind: `bar` or `line`.
    """
    drawn = drawn_answer(answer)
    return line_figure(drawn) if kind == "line" else bar_figure(drawn)


def drawn_answer(answer: Answered) -> DrawnAnswer:
    """Return what is drawn: the axis, and one series a number or a value of the second key."""
    chart, rows = answer.chart, answer.rows
    axis = _column(answer, chart.x or "")
    numbers = [_column(answer, name) for name in chart.y]
    title = words(numbers[0].name) if len(numbers) == 1 else _shared_unit(numbers)
    if chart.series is None:
        series = tuple(
            DrawnSeries(name=words(column.name), values=rows.column(column.name), unit=column.unit)
            for column in numbers
        )
        places = rows.column(axis.name)
    else:
        places, series = _pivoted(answer, axis, numbers[0])
    return DrawnAnswer(
        title=title,
        places=places,
        series=series,
        is_time=is_temporal(axis),
        is_counted=is_number(axis),
    )


def _pivoted(
    answer: Answered, axis: Column, number: Column
) -> tuple[list[Any], tuple[DrawnSeries, ...]]:
    """One series for each value of the second key, along the first one's values."""
    names = answer.rows.column(answer.chart.series or "")
    along, values = answer.rows.column(axis.name), answer.rows.column(number.name)
    places = list(dict.fromkeys(along))[: max(MOST_BARS, len(along))]
    found = dict(zip(zip(names, along, strict=True), values, strict=True))
    series = tuple(
        DrawnSeries(
            name=in_words(name),
            values=[found.get((name, place)) for place in places],
            unit=number.unit,
        )
        for name in dict.fromkeys(names)
    )
    return places, series


def _column(answer: Answered, name: str) -> Column:
    return next(column for column in answer.rows.columns if column.name == name)


def _shared_unit(numbers: list[Column]) -> str:
    return numbers[0].unit or "value"
