"""Running SQL on a connection of this process."""

import duckdb

from genai_session_analyzer.copilot.evaluation.references import run_plain
from genai_session_analyzer.copilot.evaluation.results import Result
from genai_session_analyzer.errors import AnalyzerError


class InProcessRunner:
    """For SQL compiled from plans only: nothing stops what it does to the process."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Run nothing yet; the connection stays its owner's to close."""
        self._connection = connection

    def run(self, sql: str) -> Result:
        """Return the whole result.

        Raises:
            AnalyzerError: It does not run.
        """
        try:
            return run_plain(self._connection, sql)
        except duckdb.Error as problem:
            cause = str(problem).splitlines()[0]
            raise AnalyzerError(f"The SQL does not run: {cause}.") from problem
