"""A copilot over a small build, with a planner that says what a test wants it to say."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb

from dashboard.dashboard_build import publish
from genai_session_analyzer.copilot.answering.copilot import Copilot, CopilotParts
from genai_session_analyzer.copilot.answering.reading import BuildWords, ByRules, ReadsQuestions
from genai_session_analyzer.copilot.memory import Feedback
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan
from genai_session_analyzer.copilot.roles import Declined, Outcome, Question, Understood
from genai_session_analyzer.copilot.tracing import AskTrace
from genai_session_analyzer.errors import QueryCancelledError, QueryFailedError
from genai_session_analyzer.warehouse.query_worker.result import QueryResult
from genai_session_analyzer.warehouse.reader import BuildReader

ERRORS_BY_TIER = QueryPlan(
    entity="generations", measures=(MeasureUse(name="error_rate"),), dimensions=("user_tier",)
)


class InProcess:
    """Runs SQL on the reader's own connection: only for statements of a test."""

    def __init__(self, reader: BuildReader) -> None:
        self.statements: list[str] = []
        self._reader = reader

    def run(self, sql: str, asker: str, cancelled: threading.Event | None = None) -> QueryResult:
        del asker
        if cancelled is not None and cancelled.is_set():
            raise QueryCancelledError("The query was cancelled.")
        self.statements.append(sql)
        try:
            found = self._reader.connection().execute(sql)
        except duckdb.Error as problem:
            raise QueryFailedError(str(problem).splitlines()[0]) from problem
        described = found.description
        return QueryResult(
            columns=tuple(each[0] for each in described),
            types=tuple(str(each[1]) for each in described),
            rows=found.to_arrow_table(),
            is_truncated=False,
            elapsed_ms=1.0,
            build_id=self._reader.build.id,
        )

    def start(self) -> None:
        """Is ready."""

    def close(self) -> None:
        """Has nothing to end."""


class Planned:
    """A planner that answers from a table of questions; anything else it does not understand."""

    name = "a table"

    def __init__(self, outcomes: dict[str, Outcome | Callable[[Question], Outcome]]) -> None:
        self._outcomes = outcomes

    def plan(self, question: Question) -> Outcome:
        found = self._outcomes.get(question.text, Declined(reason="I did not understand that"))
        return found(question) if callable(found) else found


class Kept:
    """Keeps traces in a list."""

    def __init__(self) -> None:
        self.traces: list[AskTrace] = []
        self.said: list[tuple[str, Feedback]] = []

    def record(self, trace: AskTrace) -> None:
        self.traces.append(trace)

    def judge(self, ask_id: str, said: Feedback) -> None:
        self.said.append((ask_id, said))

    def close(self) -> None:
        """Has nothing to wait for."""


def understood(plan: QueryPlan, *notes: str) -> Understood:
    return Understood(plan=plan, confidence=1.0, notes=notes)


def copilot_over(
    folder: Path, outcomes: dict[str, Any] | ReadsQuestions, **parts: Any
) -> tuple[Copilot, Kept]:
    """A copilot over a build of the records of `dashboard_build`, and where its traces go."""
    if not (folder / "published").exists():
        publish(folder / "published")
    reader = BuildReader(folder / "published")
    traces = Kept()

    def reader_for(words: BuildWords) -> ReadsQuestions:
        del words
        return ByRules(Planned(outcomes)) if isinstance(outcomes, dict) else outcomes

    given = {"workers": InProcess(reader), "traces": traces, "reader_for": reader_for, **parts}
    return Copilot(CopilotParts(source=reader, **given)), traces
