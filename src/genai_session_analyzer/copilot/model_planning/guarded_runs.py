"""SQL of a model through the guard and a worker process, for one asker."""

import threading

from genai_session_analyzer.copilot.evaluation.results import Result
from genai_session_analyzer.copilot.guard import Allowed, check_sql
from genai_session_analyzer.warehouse.query_worker import QueryWorkers


class GuardedRuns:
    """Runs each statement of one ask the way every statement of a person is run."""

    def __init__(
        self,
        workers: QueryWorkers,
        allowed: Allowed,
        asker: str,
        cancelled: threading.Event | None = None,
    ) -> None:
        """Run nothing yet.

        Args:
            workers: Run it, apart from this process.
            allowed: What statements may read.
            asker: Who asks; has one statement at a time.
            cancelled: Once set, the statement that runs is stopped.
        """
        self._workers = workers
        self._allowed = allowed
        self._asker = asker
        self._cancelled = cancelled

    def explain(self, sql: str) -> None:
        """Let the guard and the engine's binder look at a statement; raises AnalyzerError."""
        checked = check_sql(sql, self._allowed).sql
        self._workers.run(f"EXPLAIN {checked}", self._asker, self._cancelled)

    def run(self, sql: str) -> Result:
        """Return the rows of a statement; raises AnalyzerError."""
        checked = check_sql(sql, self._allowed).sql
        found = self._workers.run(checked, self._asker, self._cancelled)
        return Result.of(found.tuples(), len(found.columns))
