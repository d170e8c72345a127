"""The page Copilot before anything is asked: question box, examples, places for the rest."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import explained, icon
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.pages import copilot_ids as ids

TICK_MS = 250
STATE_TICK_MS = 2_000
LONGEST_QUESTION = 500
EXAMPLES = (
    "Show error rate by user tier",
    "How many generations per day last month?",
    "Top 5 models by average latency",
    "What share of sessions is high friction, by device?",
    "95th percentile latency per week",
    "Compare cost last week with the week before",
)
HELP = (
    "Questions about generations, sessions, users and prompts, in English. The answer says how the "
    "question was understood, shows the SQL, and says what it rests on. A follow-up such as "
    "'and by region?' or 'only pro' changes the question before it."
)


def copilot_body(question: str = "") -> Component:
    """Return the page's body.

    Args:
        question: What the box holds already.
    """
    return html.Div(
        [
            _question_row(question),
            html.Div(id=ids.STATE, className="copilot-state"),
            html.Div(example_chips(), className="copilot-examples"),
            html.Div(id=ids.HISTORY),
            html.Div(id=ids.PROGRESS, role="status", **aria(live="polite")),
            html.Div(id=ids.ANSWER, className="copilot-answer", tabIndex=-1),
            dcc.Store(id=ids.SESSION, storage_type="session"),
            dcc.Store(id=ids.RUNNING),
            dcc.Store(id=ids.JOB, storage_type="session"),
            dcc.Interval(id=ids.TICK, interval=TICK_MS, disabled=True),
            dcc.Interval(id=ids.STATE_TICK, interval=STATE_TICK_MS),
            dcc.Download(id=ids.DOWNLOAD),
        ],
        className="copilot",
    )


def example_chips() -> Component:
    """Return questions to begin with, each a button that asks it."""
    return chips("example", EXAMPLES, "Try")


def history_chips(questions: Sequence[str]) -> Component | None:
    """Return the questions of this browser session, newest first; None where there are none."""
    return chips("history", questions, "Asked before") if questions else None


def chips(place: str, questions: Sequence[str], label: str) -> Component:
    """Return buttons that ask a question each.

    Args:
        place: Tells the same question in two rows apart.
        questions: The questions.
        label: What the row is.
    """
    buttons = [
        dmc.Button(
            question,
            id=ids.said_id(place, question),
            size="compact-sm",
            radius="xl",
            variant="default" if place == "history" else "light",
            className="copilot-chip",
            buttonProps={"title": question} if place == "history" else None,
        )
        for question in questions
    ]
    head = dmc.Text(label, size="xs", c="dimmed", className="copilot-chips-label")
    return html.Div([head, *buttons], className="copilot-chips", role="group", **aria(label=label))


def _question_row(question: str) -> Component:
    box = dmc.TextInput(
        id=ids.QUESTION,
        value=question,
        debounce=True,  # else Enter right after the last letter asks without it
        placeholder="Ask about the data: error rate by user tier last week",
        leftSection=icon("copilot"),
        rightSection=explained(HELP, "What can be asked?"),
        size="md",
        className="copilot-box",
        inputProps={
            "aria-label": "Question",
            "maxLength": LONGEST_QUESTION,
            "autoComplete": "off",
        },
    )
    ask = dmc.Button("Ask", id=ids.ASK, size="md", className="copilot-ask")
    cancel = dmc.Button(
        "Cancel", id=ids.CANCEL, size="md", variant="default", color="red", display="none"
    )
    return html.Div([box, ask, cancel], className="copilot-question", role="search")
