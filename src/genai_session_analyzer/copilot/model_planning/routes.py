"""Running what a route came to, and whether two routes came to the same."""

from dataclasses import dataclass
from typing import Protocol

from genai_session_analyzer.copilot.evaluation.results import Expected, Result, matches
from genai_session_analyzer.errors import AnalyzerError


class RunsSql(Protocol):
    """Runs SQL that a person or a model wrote, somewhere safe."""

    def explain(self, sql: str) -> None:
        """Check a statement by the guard and by the engine's EXPLAIN; nothing is run.

        Raises:
            AnalyzerError: It is refused; one line says why.
        """

    def run(self, sql: str) -> Result:
        """Return the rows of a statement, which passes the guard first.

        Raises:
            AnalyzerError: It is refused, fails or takes too long.
        """


@dataclass(frozen=True, kw_only=True)
class Ran:
    """A statement and its rows, or the sentence it failed with."""

    sql: str
    result: Result | None = None
    problem: str = ""


def ran(sql: str, runs: RunsSql) -> Ran:
    """Return a statement with its rows, or with why it has none."""
    try:
        return Ran(sql=sql, result=runs.run(sql))
    except AnalyzerError as problem:
        return Ran(sql=sql, problem=str(problem))


def agree(one: Ran, other: Ran) -> bool:
    """Return whether two statements have the same rows, in the sense of the evaluation.

    Columns may stand in another order, numbers differ in the last digits, and the order of rows
    does not count. Two empty results prove nothing, nor does one that is null throughout.
    """
    if one.result is None or other.result is None or not _says_something(one.result):
        return False
    return matches(Expected(one.result), other.result)


def _says_something(result: Result) -> bool:
    return any(cell is not None for row in result.rows for cell in row)
