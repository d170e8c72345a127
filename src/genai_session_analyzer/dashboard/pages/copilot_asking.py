"""The callbacks that begin a job: a question, a link, a chosen reading, edited SQL."""

from typing import Any

import dash
from dash import ALL, Input, Output, State, ctx, no_update

from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk, Visit
from genai_session_analyzer.dashboard.pages.copilot_waiting import (
    begun,
    is_clicked,
    is_example,
    linked_question,
    nothing_typed_note,
    question_of,
    remembered,
)

_SITUATION = tuple(State(name, "data") for name in (ids.SESSION, ids.JOB, ids.RUNNING))


def register_asking(app: dash.Dash, desk: CopilotDesk) -> None:
    """Add the callbacks; each begins a job and returns at once."""
    _register_question(app, desk)
    _register_link(app, desk)
    _register_choice(app, desk)
    _register_sql(app, desk)


def _begins() -> tuple[Output, ...]:
    """What a callback that begins a job changes: the job, and the note where there is none."""
    return (
        Output(ids.RUNNING, "data", allow_duplicate=True),
        Output(ids.PROGRESS, "children", allow_duplicate=True),
    )


def _asks() -> tuple[Output, ...]:
    """What a callback that asks a question changes besides: the box and the history."""
    return (
        *_begins(),
        Output(ids.QUESTION, "value", allow_duplicate=True),
        Output(ids.SESSION, "data", allow_duplicate=True),
    )


def _register_question(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        *_asks(),
        Input(ids.ASK, "n_clicks"),
        Input(ids.QUESTION, "n_submit"),
        Input({"type": ids.SAID, "place": ALL, "question": ALL}, "n_clicks"),
        State(ids.QUESTION, "value"),
        *_SITUATION,
        prevent_initial_call=True,
    )
    def ask(*given: Any) -> tuple[Any, ...]:
        """Ask what was typed, or what the clicked button says."""
        typed, session, shown, running = given[-4:]
        if not session or not is_clicked(ctx.triggered):
            return (no_update,) * 4
        question = question_of(ctx.triggered_id, typed or "")
        if not question:
            return no_update, nothing_typed_note(), no_update, no_update
        visit = Visit(session["asker"], None if is_example(ctx.triggered_id) else shown, running)
        started = begun(lambda: desk.ask(question, visit))
        return *started, question, remembered(session, question)


def _register_link(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        *_asks(),
        Input(ids.SESSION, "data"),
        State(ids.RUNNING, "data"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def ask_by_link(session: Any, running: str | None, search: str | None) -> tuple[Any, ...]:
        """Ask the question of the address, once the page has come."""
        question = linked_question(search)
        if running or not session or not question:
            return (no_update,) * 4
        started = begun(lambda: desk.ask(question, Visit(session["asker"])))
        return *started, question, remembered(session, question)


def _register_choice(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        *_begins(),
        Input({"type": ids.CHOICE, "number": ALL}, "n_clicks"),
        *_SITUATION,
        prevent_initial_call=True,
    )
    def choose(clicks: list[int | None], session: Any, shown: Any, running: Any) -> tuple[Any, ...]:
        """Answer the reading that was chosen."""
        if not any(clicks):
            return (no_update,) * 2
        number = ctx.triggered_id["number"]
        return begun(lambda: desk.choose(number, Visit(session["asker"], shown, running)))


def _register_sql(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        *_begins(),
        Input(ids.RUN, "n_clicks"),
        State(ids.SQL, "value"),
        *_SITUATION,
        prevent_initial_call=True,
    )
    def run(clicks: int | None, sql: Any, *situation: Any) -> tuple[Any, ...]:
        """Run the SQL in the editor."""
        if not clicks:
            return (no_update,) * 2
        session, shown, running = situation
        return begun(lambda: desk.run_edited(sql or "", Visit(session["asker"], shown, running)))
