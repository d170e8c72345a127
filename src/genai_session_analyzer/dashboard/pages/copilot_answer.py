"""What comes back, as the page shows it: an answer, readings to choose, or a no."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import (
    Answer,
    Answered,
    AskedBack,
    DataOrigin,
    NotAnswered,
)
from genai_session_analyzer.dashboard.components import icon
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.formats import day, duration_ms, percent
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_feedback import feedback_row
from genai_session_analyzer.dashboard.pages.copilot_layout import chips
from genai_session_analyzer.dashboard.pages.copilot_result import result_card
from genai_session_analyzer.dashboard.pages.copilot_sql import sql_card

HOW_TO_ASK = (
    "Say what to count (generations, sessions, users, prompts, errors, latency, cost, friction) "
    "and by what. The questions above show how."
)
PAGE_PATHS = {
    "the page Gallery searches prompts and pictures": "/gallery",
    "the page Data model & method explains every measure": "/method",
}
"""What the planner names as closest that is no question but a page."""


def shown_answer(answer: Answer, explanation: str | None = None) -> Component:
    """Return the answer's place on the page.

    Args:
        answer: What came back.
        explanation: Its SQL in words; None where there is none.
    """
    if isinstance(answer, AskedBack):
        return _readings(answer)
    if isinstance(answer, NotAnswered):
        return _declined(answer)
    parts = [
        _head(answer),
        html.Div([result_card(answer), sql_card(answer, explanation)], className="copilot-columns"),
        feedback_row(answer),
    ]
    return html.Div(parts, className="copilot-parts")


def problem_note(sentence: str, besides: str | None = None) -> Component:
    """Return why there is no answer, or why SQL was not run.

    Args:
        sentence: The reason.
        besides: What else to know; None for nothing.
    """
    more = [] if besides is None else [dmc.Text(besides, size="xs", c="dimmed", mt=4)]
    return dmc.Alert(
        [sentence, *more],
        title="Not answered",
        color="red",
        variant="light",
        className="copilot-problem",
    )


def _head(answer: Answered) -> Component:
    sentence = dmc.Title(answer.sentence, order=2, size="h4", className="copilot-sentence")
    lines: list[Component] = [sentence, _badges(answer)]
    if answer.warnings:
        lines.append(_list_note(answer.warnings, "Take care", "orange"))
    if answer.conventions:
        text = " ".join(answer.conventions)
        lines.append(dmc.Text(text, size="sm", c="dimmed", className="copilot-conventions"))
    return dmc.Card(dmc.Stack(lines, gap=8), className="card", withBorder=True)


def _badges(answer: Answered) -> Component:
    count = len(answer.rows.values)
    words = [f"{count:,} row{'' if count == 1 else 's'}", *origin_words(answer.origin)]
    marks = [dmc.Badge(each, variant="light", color="gray", tt="none", fw=500) for each in words]
    made = answer.made
    if made.is_verified:
        marks.insert(0, dmc.Badge("verified by two routes", color="teal", tt="none"))
    if made.route == "sql":
        marks.insert(0, dmc.Badge("SQL by a language model", color="orange", tt="none"))
    marks.append(
        dmc.Text(f"{made.sentence} {duration_ms(made.elapsed_ms)}.", size="xs", c="dimmed")
    )
    return dmc.Group(marks, gap=6)


def origin_words(origin: DataOrigin) -> list[str]:
    """Return the data behind an answer in a few words each: its days, what is simulated."""
    words = []
    if origin.first_at is not None and origin.newest_at is not None:
        words.append(f"data of {day(origin.first_at)} to {day(origin.newest_at)}")
    if origin.simulated_share is not None:
        words.append(f"{percent(origin.simulated_share, 0)} of rows hold simulated values")
    return words


def _list_note(sentences: tuple[str, ...], title: str, colour: str) -> Component:
    items = [html.Li(sentence) for sentence in sentences]
    return dmc.Alert(
        html.Ul(items, className="copilot-list"), title=title, color=colour, variant="light", py=8
    )


def _readings(answer: AskedBack) -> Component:
    buttons = [
        dmc.Button(
            choice.sentence,
            id=ids.choice_id(number),
            variant="default",
            justify="flex-start",
            fullWidth=True,
            className="copilot-reading",
        )
        for number, choice in enumerate(answer.choices)
    ]
    if answer.fallback is not None:
        buttons.append(_fallback_button(len(answer.choices)))
    text = dmc.Title(answer.sentence, order=2, size="h4")
    return dmc.Card(
        [
            dmc.Text("This can be read in several ways", size="sm", c="dimmed"),
            text,
            html.Div(dmc.Stack(buttons, gap="xs", mt="md"), role="group", **aria(label="Readings")),
        ],
        className="card copilot-asked-back",
        withBorder=True,
    )


def _fallback_button(number: int) -> Component:
    return dmc.Button(
        "None of these: show what the language model's own SQL gives; nothing bears it out",
        id=ids.choice_id(number),
        variant="subtle",
        color="orange",
        justify="flex-start",
        fullWidth=True,
        className="copilot-reading",
    )


def _declined(answer: NotAnswered) -> Component:
    title = dmc.Title(answer.reason, order=2, size="h4", className="copilot-sentence")
    parts: list[Component] = [
        dmc.Group([icon("empty"), title], gap="sm", wrap="nowrap"),
        _closest(answer.closest),
        dmc.Text(f"Asked of {', '.join(origin_words(answer.origin))}.", size="xs", c="dimmed"),
    ]
    return dmc.Card(dmc.Stack(parts, gap="sm"), className="card copilot-declined", withBorder=True)


def _closest(closest: tuple[str, ...]) -> Component:
    """What could be asked instead: questions as buttons, a page as a link to it."""
    links = [
        dmc.Anchor(each, href=PAGE_PATHS[each], size="sm") for each in closest if each in PAGE_PATHS
    ]
    questions = [each for each in closest if each not in PAGE_PATHS]
    if not links and not questions:
        return dmc.Text(HOW_TO_ASK, size="sm")
    asks = [chips("closest", questions, "Closest to it")] if questions else []
    return html.Div([*asks, *links])
