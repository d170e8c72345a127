"""From a click to a job, and from a job to what the page shows of it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import parse_qs

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import Answer, Answered, NotAnswered
from genai_session_analyzer.copilot.answering.copilot import Copilot
from genai_session_analyzer.copilot.explaining import explain_sql
from genai_session_analyzer.dashboard.pages.copilot_answer import problem_note, shown_answer
from genai_session_analyzer.dashboard.pages.copilot_jobs import Job
from genai_session_analyzer.dashboard.pages.copilot_layout import LONGEST_QUESTION
from genai_session_analyzer.errors import AnalyzerError

REMEMBERED_QUESTIONS = 8
LINK_KEY = "q"
LONGEST_SHOWN = 1_500
STILL_SHOWN = "Below is still the answer before."


def linked_question(search: str | None) -> str:
    """Return the question of a link such as `/copilot?q=error+rate`; empty without one."""
    found = parse_qs((search or "").removeprefix("?")).get(LINK_KEY, [""])
    return found[0][:LONGEST_QUESTION]


def is_clicked(changed: Sequence[Mapping[str, Any]]) -> bool:
    """Return whether a person clicked; buttons that have just appeared changed too."""
    return bool(changed) and bool(changed[0]["value"])


def is_example(triggered_id: object) -> bool:
    """Return whether an example was clicked: it stands alone, whatever was asked before."""
    return isinstance(triggered_id, Mapping) and triggered_id.get("place") == "example"


def question_of(triggered_id: object, typed: str) -> str:
    """Return the question that a click asks; empty for none.

    Args:
        triggered_id: The id of what was clicked.
        typed: What the question box holds.
    """
    if isinstance(triggered_id, Mapping):
        return str(triggered_id.get("question", ""))[:LONGEST_QUESTION]
    return typed.strip()[:LONGEST_QUESTION]


def remembered(session: Mapping[str, Any], question: str) -> dict[str, Any]:
    """Return the browser session with a question in front; it holds questions, no data."""
    before = [each for each in session.get("questions", ()) if each != question]
    return {**session, "questions": [question, *before][:REMEMBERED_QUESTIONS]}


def begun(start: Callable[[], Job]) -> tuple[str | None, Component | None]:
    """Return the id of the job that `start` begins, or the note why there is none."""
    try:
        return start().id, None
    except AnalyzerError as problem:
        return None, problem_note(str(problem))


def nothing_typed_note() -> Component:
    """Return what to do where Ask was pressed over an empty box."""
    return dmc.Text(
        "Type a question first, or take one of those above.",
        size="sm",
        className="copilot-progress",
    )


def progress_note(job: Job) -> Component:
    """Return how far a job is, with what a language model has written so far."""
    progress = job.progress
    line = html.Div(
        [dmc.Loader(size="xs"), dmc.Text(f"{progress.sentence} ...", size="sm")],
        className="copilot-progress",
    )
    if not progress.text:
        return line
    return html.Div([line, html.Pre(progress.text[-LONGEST_SHOWN:], className="copilot-written")])


def outcome_parts(job: Job, has_answer: bool) -> tuple[Component | None, Component | None]:
    """Return the note and the answer of a job that is done; None for the answer keeps the old.

    Args:
        job: It is done.
        has_answer: Whether the page shows an answer already.
    """
    answer = job.answer
    if answer is None:
        problem = job.problem or "There is no answer. Ask again."
        return problem_note(problem, STILL_SHOWN if has_answer else None), None
    explanation = _explained(answer.sql) if isinstance(answer, Answered) else None
    return _heard(answer), shown_answer(answer, explanation)


def model_state(copilot: Copilot) -> tuple[str, bool]:
    """Return what is known of the language model, and whether that will not change any more."""
    state = copilot.model_state
    return state.sentence, state.is_final


def _heard(answer: Answer) -> Component:
    """What a screen reader says of an answer: the place above it is announced, the answer not."""
    text = answer.reason if isinstance(answer, NotAnswered) else answer.sentence
    return html.Span(text, className="heard-only")


def _explained(sql: str) -> str | None:
    try:
        return explain_sql(sql).text
    except AnalyzerError:
        return None  # it ran, so it is right; there are just no words for it
