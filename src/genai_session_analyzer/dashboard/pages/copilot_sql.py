"""The SQL of an answer: shown, explained, edited, run again."""

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import Answered
from genai_session_analyzer.copilot.wording import Definition
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.pages import copilot_ids as ids

LONGEST_SQL = 20_000


def sql_card(answer: Answered, explanation: str | None) -> Component:
    """Return the editor with what explains it.

    Args:
        answer: Whose SQL.
        explanation: The SQL in words; None where there is none.
    """
    parts = [sql_editor(answer.sql)]
    if explanation:
        parts.append(_titled("In words", dmc.Text(explanation, size="sm", className="wrapped")))
    if answer.definitions:
        parts.append(_titled("What is measured", _definitions(answer.definitions)))
    return dmc.Card(dmc.Stack(parts, gap="md"), className="card copilot-sql-card", withBorder=True)


def sql_editor(sql: str) -> Component:
    """Return a text area over its own coloured copy, which assets/copilot.js paints."""
    head = dmc.Group(
        [
            html.Label("SQL", htmlFor=ids.SQL, className="copilot-label"),
            dmc.Group(
                [
                    dmc.Text("Ctrl + Enter", size="xs", c="dimmed", visibleFrom="sm"),
                    dmc.Button("Run", id=ids.RUN, size="compact-sm", variant="light"),
                ],
                gap="xs",
            ),
        ],
        justify="space-between",
        mb=6,
    )
    area = dcc.Textarea(
        id=ids.SQL,
        value=sql,
        maxLength=LONGEST_SQL,
        spellCheck=False,
        wrap="soft",
        className="copilot-sql-text",
        title="Ctrl + Enter runs it",
    )
    paint = html.Pre(id=ids.SQL_PAINT, className="copilot-sql-paint", **aria(hidden="true"))
    return html.Div([head, html.Div([paint, area], className="copilot-editor")])


def _titled(title: str, body: Component) -> Component:
    return html.Div([dmc.Text(title, size="xs", c="dimmed", fw=600, mb=2), body])


def _definitions(definitions: tuple[Definition, ...]) -> Component:
    items: list[Component] = []
    for each in definitions:
        unit = f" ({each.unit})" if each.unit else ""
        formula = html.Code(f"{each.formula}{unit}", className="copilot-formula")
        items += [html.Dt(each.name), html.Dd([f"{_sentence(each.description)} ", formula])]
    return html.Dl(items, className="copilot-definitions")


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}".rstrip(".") + "."
