"""The callbacks that begin a job: a question, a link, a chosen reading, edited SQL."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, no_update

from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk
from genai_session_analyzer.dashboard.pages.copilot_waiting import (
    begun,
    linked_question,
    question_of,
    remembered,
)

_SITUATION = ((ids.SESSION, "data"), (ids.JOB, "data"))


def _begins() -> tuple[Output, ...]:
    """What a callback that begins a job changes: the job, and the note where there is none."""
    return (
        Output(ids.RUNNING, "data", allow_duplicate=True),
        Output(ids.PROGRESS, "children", allow_duplicate=True),
    )


def register_asking(app: dash.Dash, desk: CopilotDesk) -> None:
    """Add the callbacks; each begins a job and returns at once."""

    @app.callback(
        *_begins(),
        Output(ids.QUESTION, "value"),
        Output(ids.SESSION, "data", allow_duplicate=True),
        Input(ids.ASK, "n_clicks"),
        Input(ids.QUESTION, "n_submit"),
        Input({"type": ids.SAID, "place": ALL, "question": ALL}, "n_clicks"),
        *(State(*each) for each in ((ids.QUESTION, "value"), *_SITUATION)),
        prevent_initial_call=True,
    )
    def ask(*given: Any) -> tuple[Any, ...]:
        typed, session, before = given[-3:]
        question = question_of(ctx.triggered_id, ctx.triggered, typed or "")
        if not question or not session:
            return (no_update,) * 4
        started = begun(lambda: desk.ask(question, session["asker"], before))
        return *started, question, remembered(session, question)

    @app.callback(
        *_begins(),
        Output(ids.QUESTION, "value", allow_duplicate=True),
        Output(ids.SESSION, "data", allow_duplicate=True),
        Input(ids.SESSION, "data"),
        State(ids.RUNNING, "data"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def ask_by_link(session: Any, running: str | None, search: str | None) -> tuple[Any, ...]:
        question = linked_question(search)
        if running or not session or not question:
            return (no_update,) * 4
        started = begun(lambda: desk.ask(question, session["asker"], None))
        return *started, question, remembered(session, question)

    @app.callback(
        *_begins(),
        Input({"type": ids.CHOICE, "number": ALL}, "n_clicks"),
        *(State(*each) for each in _SITUATION),
        prevent_initial_call=True,
    )
    def choose(clicks: list[int | None], session: Any, before: str | None) -> tuple[Any, ...]:
        if not any(clicks):
            return (no_update,) * 2
        number = ctx.triggered_id["number"]
        return begun(lambda: desk.choose(before, number, session["asker"]))

    @app.callback(
        *_begins(),
        Input(ids.RUN, "n_clicks"),
        *(State(*each) for each in ((ids.SQL, "value"), *_SITUATION)),
        prevent_initial_call=True,
    )
    def run(clicks: int | None, sql: str | None, session: Any, before: Any) -> tuple[Any, ...]:
        if not clicks:
            return (no_update,) * 2
        return begun(lambda: desk.run_edited(before, sql or "", session["asker"]))
