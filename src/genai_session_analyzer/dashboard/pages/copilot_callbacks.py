"""The page Copilot's callbacks: ask, wait, draw, edit, keep."""

from typing import Any

import dash
from dash import ClientsideFunction, Input, Output, State, ctx, no_update
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import Answered
from genai_session_analyzer.dashboard.components import csv_download
from genai_session_analyzer.dashboard.page import URL_ID
from genai_session_analyzer.dashboard.pages import copilot_ids as ids
from genai_session_analyzer.dashboard.pages.copilot_asking import register_asking
from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk
from genai_session_analyzer.dashboard.pages.copilot_layout import history_chips
from genai_session_analyzer.dashboard.pages.copilot_result import drawn_rows
from genai_session_analyzer.dashboard.pages.copilot_rows import rows_table
from genai_session_analyzer.dashboard.pages.copilot_waiting import (
    linked_question,
    model_state,
    outcome_parts,
    progress_note,
)
from genai_session_analyzer.errors import AnalyzerError

LOOK_S = 0.1
"""How long a look waits for a job: most answers are there by then."""


def register_copilot(app: dash.Dash, desk: CopilotDesk) -> None:
    """Add all callbacks of the page."""
    register_asking(app, desk)
    _register_waiting(app, desk)
    _register_return(app, desk)
    _register_answer(app, desk)
    _register_feedback(app, desk)
    _register_browser(app)


def _register_waiting(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        Output(ids.PROGRESS, "children"),
        Output(ids.ANSWER, "children"),
        Output(ids.JOB, "data"),
        Output(ids.TICK, "disabled"),
        Output(ids.CANCEL, "display"),
        Input(ids.TICK, "n_intervals"),
        Input(ids.RUNNING, "data"),
        State(ids.JOB, "data"),
        prevent_initial_call=True,
    )
    def wait(_: int | None, running: str | None, shown: str | None) -> tuple[Any, ...]:
        """Show how far the job is, or its end."""
        job = desk.jobs.find(running)
        if job is None:
            return (*(no_update,) * 3, True, "none")
        if not job.done.wait(LOOK_S):
            return progress_note(job), no_update, no_update, False, "block"
        note, answer = outcome_parts(job, has_answer=desk.jobs.find(shown) is not None)
        if answer is None:
            return note, no_update, no_update, True, "none"
        return note, answer, job.id, True, "none"

    @app.callback(
        Output(ids.CANCEL, "disabled"), Input(ids.CANCEL, "n_clicks"), State(ids.RUNNING, "data")
    )
    def cancel(clicks: int | None, running: str | None) -> bool:
        """Stop the job; its end is shown by `wait`."""
        if clicks:
            desk.jobs.cancel(running)
        return False


def _register_return(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        Output(ids.ANSWER, "children", allow_duplicate=True),
        Output(ids.QUESTION, "value", allow_duplicate=True),
        Input(ids.JOB, "data"),
        State(ids.RUNNING, "data"),
        State(URL_ID, "search"),
        prevent_initial_call=True,
    )
    def show_again(shown: str | None, running: str | None, search: str | None) -> tuple[Any, ...]:
        """Show the answer of before to who comes back to the page, or reloads it."""
        job = desk.jobs.find(shown)
        if job is None or running or linked_question(search):
            return no_update, no_update
        return outcome_parts(job, has_answer=False)[1], job.question

    @app.callback(Output(ids.HISTORY, "children"), Input(ids.SESSION, "data"))
    def show_history(session: dict[str, Any] | None) -> Component | None:
        """Show the questions of this browser session."""
        return history_chips((session or {}).get("questions", ()))

    @app.callback(
        Output(ids.STATE, "children"),
        Output(ids.STATE_TICK, "disabled"),
        Input(ids.STATE_TICK, "n_intervals"),
    )
    def show_state(_: int | None) -> tuple[str, bool]:
        """Say how far the language model is, until that is settled."""
        return model_state(desk.copilot)


def _register_answer(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        Output(ids.CHART, "children"),
        Input(ids.CHART_KIND, "value"),
        State(ids.JOB, "data"),
        prevent_initial_call=True,
    )
    def switch(kind: Any, job_id: str | None) -> Any:
        """Draw the rows another way."""
        answer = _answer_of(desk, job_id)
        return no_update if answer is None else drawn_rows(answer, kind)

    @app.callback(
        Output(ids.DOWNLOAD, "data"),
        Input(ids.EXPORT, "n_clicks"),
        State(ids.JOB, "data"),
        prevent_initial_call=True,
    )
    def export(clicks: int | None, job_id: str | None) -> Any:
        """Send the rows as CSV."""
        answer = _answer_of(desk, job_id)
        if not clicks or answer is None:
            return no_update
        return csv_download("answer", rows_table(answer.rows))


def _register_feedback(app: dash.Dash, desk: CopilotDesk) -> None:
    @app.callback(
        Output(ids.FEEDBACK_NOTE, "children"),
        Input(ids.CONFIRM, "n_clicks"),
        Input(ids.WRONG, "n_clicks"),
        State(ids.COMMENT, "value"),
        State(ids.JOB, "data"),
        prevent_initial_call=True,
    )
    def say(right: int | None, wrong: int | None, comment: str | None, job_id: str | None) -> Any:
        """Keep what a person says of the answer."""
        if not (right or wrong):
            return no_update
        try:
            if ctx.triggered_id == ids.CONFIRM:
                return desk.confirm(job_id)
            return desk.call_wrong(job_id, comment or "")
        except AnalyzerError as problem:
            return str(problem)


def _register_browser(app: dash.Dash) -> None:
    app.clientside_callback(
        ClientsideFunction("copilot", "paint"),
        Output(ids.SQL_PAINT, "title"),
        Input(ids.SQL, "value"),
    )
    app.clientside_callback(
        ClientsideFunction("copilot", "begin"),
        Output(ids.SESSION, "data"),
        Input(URL_ID, "pathname"),
        State(ids.SESSION, "data"),
    )
    app.clientside_callback(
        ClientsideFunction("copilot", "reveal"),
        Output(ids.ANSWER, "title"),
        Input(ids.ANSWER, "children"),
        Input(ids.PROGRESS, "children"),
        prevent_initial_call=True,
    )
    app.clientside_callback(
        ClientsideFunction("copilot", "savePicture"),
        Output(ids.PICTURE, "title"),
        Input(ids.PICTURE, "n_clicks"),
        prevent_initial_call=True,
    )


def _answer_of(desk: CopilotDesk, job_id: str | None) -> Answered | None:
    job = desk.jobs.find(job_id)
    answer = None if job is None else job.answer
    return answer if isinstance(answer, Answered) else None
