"""Running SQL the way the copilot does."""

from genai_session_analyzer.copilot.evaluation.results import Result
from genai_session_analyzer.copilot.guard import Allowed, check_sql
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers

_ASKER = "evaluation"


class GuardedRunner:
    """Runs SQL through guard and worker process, like the SQL of any answer."""

    def __init__(self, workers: QueryWorkers, allowed: Allowed) -> None:
        """Run nothing yet.

        Args:
            workers: Run the statements.
            allowed: What statements may read.
        """
        self._workers = workers
        self._allowed = allowed

    def explain(self, sql: str) -> None:
        """Check a statement by the guard and the engine; nothing of it is run.

        Raises:
            AnalyzerError: It is refused; one line says why.
        """
        self._workers.run(f"EXPLAIN {check_sql(sql, self._allowed).sql}", _ASKER)

    def run(self, sql: str) -> Result:
        """Return the result, cut off where the worker's limits cut it.

        Raises:
            AnalyzerError: It is refused, fails or takes too long.
        """
        found = self._workers.run(check_sql(sql, self._allowed).sql, _ASKER)
        return Result.of(found.tuples(), len(found.columns))
