"""One ask under way: SQL checked and run, each part timed, stoppable between any two."""

import threading
from dataclasses import dataclass, field
from typing import Protocol

from genai_session_analyzer.copilot.answering.answer import AnswerRows, Column
from genai_session_analyzer.copilot.answering.context import BuildContext
from genai_session_analyzer.copilot.answering.watch import Watch
from genai_session_analyzer.copilot.evaluation.results import Result
from genai_session_analyzer.copilot.guard import check_sql
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.tracing import SpanRecorder
from genai_session_analyzer.warehouse.query_worker.result import QueryResult


class RunsSql(Protocol):
    """Runs checked SQL somewhere safe; `QueryWorkers` does."""

    def run(self, sql: str, asker: str, cancelled: threading.Event | None = None) -> QueryResult:
        """Return the rows; raises QueryError."""

    def start(self) -> None:
        """Get ready, so that the first query need not wait; raises NoBuildError."""

    def close(self) -> None:
        """End what it runs."""


@dataclass(frozen=True, kw_only=True)
class Ask:
    """Who asks, after what, watched by whom.

    Attributes:
        asker: Names the person or browser session: one query of it runs at a time.
        previous: Plan of the answer before, which a follow-up changes.
        watch: Sees how far it is, and can stop it.
    """

    asker: str
    previous: QueryPlan | None = None
    watch: Watch = field(default_factory=Watch)


@dataclass(frozen=True, kw_only=True)
class Running:
    """One ask with what it needs.

    Attributes:
        context: The build that is asked.
        workers: Run the SQL.
        ask: Who asks.
        spans: What has been done so far.
    """

    context: BuildContext
    workers: RunsSql
    ask: Ask
    spans: SpanRecorder = field(default_factory=SpanRecorder)

    def checked(self, sql: str) -> str:
        """Return SQL that the guard lets pass.

        Raises:
            SqlRefusedError: It breaks a rule.
            AskCancelledError: The person has stopped it.
        """
        self.ask.watch.enter("validate")
        with self.spans.span("validate") as details:
            details["sql"] = sql
            return check_sql(sql, self.context.allowed).sql

    def rows_of(self, sql: str) -> AnswerRows:
        """Return the rows of checked SQL.

        Raises:
            QueryError: It was not run to its end.
            AskCancelledError: The person has stopped it.
        """
        self.ask.watch.enter("execute")
        with self.spans.span("execute") as details:
            result = self.workers.run(sql, self.ask.asker, self.ask.watch.cancelled)
            details["rows"] = result.rows.num_rows
        named = zip(_apart(result.columns), result.types, strict=True)
        return AnswerRows(
            columns=tuple(Column(name=name, type=kind) for name, kind in named),
            values=tuple(result.tuples()),
            is_truncated=result.is_truncated,
        )


class RunsInSpans:
    """What a reader of questions may run to compare routes: as all SQL of an ask is run."""

    def __init__(self, running: Running) -> None:
        """Run nothing yet."""
        self._running = running

    def explain(self, sql: str) -> None:
        """Let the guard and the engine's binder look at a statement; raises AnalyzerError."""
        running = self._running
        checked = running.checked(sql)
        with running.spans.span("validate") as details:
            details["sql"] = f"EXPLAIN {checked}"
            running.workers.run(
                f"EXPLAIN {checked}", running.ask.asker, running.ask.watch.cancelled
            )

    def run(self, sql: str) -> Result:
        """Return the rows of a statement; raises AnalyzerError."""
        found = self._running.rows_of(self._running.checked(sql))
        return Result.of(found.values, len(found.columns))


def _apart(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names, those that repeat an earlier one with their place behind."""
    return tuple(
        f"{name}_{place + 1}" if name in names[:place] else name for place, name in enumerate(names)
    )
