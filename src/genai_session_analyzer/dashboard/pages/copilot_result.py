"""The rows of an answer: one number, a chart that can be switched, and the table."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import Answered, ChartKind
from genai_session_analyzer.dashboard.components import export_button, icon
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.figures.answer_formats import in_words, written
from genai_session_analyzer.dashboard.formats import words
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_chart import KIND_LABELS, answer_figure
from genai_session_analyzer.dashboard.pages.copilot_rows import rows_grid
from genai_session_analyzer.dashboard.theme import GRAPH_CONFIG


def result_card(answer: Answered) -> Component:
    """Return the card of the rows, drawn as fits them."""
    kinds = [{"value": kind, "label": KIND_LABELS[kind]} for kind in answer.chart.kinds]
    switch = dmc.SegmentedControl(
        id=ids.CHART_KIND,
        data=kinds,
        value=answer.chart.kind,
        size="xs",
        className="copilot-kinds" if len(kinds) > 1 else "copilot-only-kind",
    )
    exports = dmc.Group([_picture_button(answer), export_button(ids.EXPORT)], gap="xs")
    head = dmc.Group([switch, exports], justify="space-between", mb="xs")
    drawn = html.Div(drawn_rows(answer, answer.chart.kind), id=ids.CHART)
    return dmc.Card([head, drawn], className="card copilot-result", withBorder=True)


def drawn_rows(answer: Answered, kind: ChartKind) -> list[Component]:
    """Return the rows as a kind of drawing, with the table below it; numbers stand alone."""
    if not answer.rows.values:
        text = "No rows pass. Ask about a longer time, or leave out a condition."
        return [dmc.Text(text, c="dimmed", py="lg")]
    if kind == "number":
        return [_numbers(answer)]
    table = rows_grid(answer.rows)
    if kind == "table":
        return [table]
    figure = answer_figure(answer, kind)
    graph = dcc.Graph(
        figure=figure,
        style={"height": f"{figure.layout.height}px"},
        config=GRAPH_CONFIG,
        className="chart copilot-graph",
        responsive=True,
    )
    return [html.Div(graph, role="group", **aria(label=f"Chart: {answer.sentence}")), table]


def _numbers(answer: Answered) -> Component:
    """The numbers of the only row, large; what the row is stands above them."""
    row = dict(zip((each.name for each in answer.rows.columns), answer.rows.values[0], strict=True))
    keys = [_key(row[each.name]) for each in answer.rows.columns if each.is_key]
    shown = [
        dmc.Stack(
            [
                dmc.Text(words(column.name), size="sm", c="dimmed"),
                html.Span(written(row[column.name], column.unit), className="copilot-figure"),
            ],
            gap=0,
        )
        for column in answer.rows.columns
        if column.name in answer.chart.y
    ]
    head = [dmc.Text(", ".join(keys), fw=650, size="lg")] if keys else []
    return dmc.Stack([*head, dmc.Group(shown, gap="xl")], gap=4, py="sm", mb="sm")


def _key(value: object) -> str:
    return in_words(value) if value is None or isinstance(value, str) else written(value)


def _picture_button(answer: Answered) -> Component:
    has_chart = any(kind in answer.chart.kinds for kind in ("bar", "line"))
    return dmc.Button(
        "PNG",
        id=ids.PICTURE,
        leftSection=icon("download"),
        size="compact-xs",
        variant="default",
        display=None if has_chart else "none",
        buttonProps={"aria-label": "Download the chart as PNG"},
    )
