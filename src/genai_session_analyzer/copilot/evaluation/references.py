"""Right results: gold SQL run as it stands, with what its rows are sorted by."""

from typing import Any

import duckdb

from genai_session_analyzer.copilot.evaluation.questions import GoldQuestion
from genai_session_analyzer.copilot.evaluation.results import Expected, Result, Row
from genai_session_analyzer.errors import AnalyzerError

_KEY = "__sorted_by_"
MOST_TIES = 1000
"""Rows beyond a limit that are looked at for ties."""


class GoldSqlError(AnalyzerError):
    """A question's gold SQL does not run; the message names the question and the cause."""


def expected_results(
    connection: duckdb.DuckDBPyConnection, question: GoldQuestion
) -> tuple[Expected, ...]:
    """Return a right result for each right SELECT; none where the question must be declined.

    Args:
        connection: A hardened, read-only connection to the build.
        question: The question.

    Raises:
        GoldSqlError: A SELECT does not run.
    """
    try:
        return tuple(_expected(connection, sql, question.ordered) for sql in question.right_sql)
    except duckdb.Error as problem:
        cause = str(problem).splitlines()[0]
        message = f"Gold SQL of {question.id} does not run: {cause}. Mend it, or leave it out."
        raise GoldSqlError(message) from problem


def run_plain(connection: duckdb.DuckDBPyConnection, sql: str) -> Result:
    """Return the whole result of one SELECT.

    Raises:
        duckdb.Error: It does not run.
    """
    relation = connection.execute(sql)
    return Result.of(relation.fetchall(), len(relation.description or ()))


def _expected(connection: duckdb.DuckDBPyConnection, sql: str, is_ordered: bool) -> Expected:
    """The result; with sort keys and ties at the limit where they can be known."""
    result = run_plain(connection, sql)
    kept = len(result.rows)
    keyed = _with_sort_keys(sql, kept + MOST_TIES)
    if keyed is None:
        return Expected(result, is_ordered=is_ordered)
    try:
        every = run_plain(connection, keyed)
    except duckdb.Error:  # not every statement can show what it sorts by
        return Expected(result, is_ordered=is_ordered)
    keys = tuple(row[result.column_count :] for row in every.rows)
    rows = tuple(row[: result.column_count] for row in every.rows)
    tied = _tied_with_last(keys, kept)
    return Expected(
        Result(rows[:kept], result.column_count), keys[:kept], rows[kept : kept + tied], is_ordered
    )


def _tied_with_last(keys: tuple[Row, ...], kept: int) -> int:
    """How many of the rows cut off have the same keys as the last one kept."""
    if not kept:
        return 0
    beyond = keys[kept:]
    return next((n for n, key in enumerate(beyond) if key != keys[kept - 1]), len(beyond))


def _with_sort_keys(sql: str, limit: int) -> str | None:
    """The SELECT with another limit and with what it sorts by as further columns.

    None where it does not sort, or the keys cannot be shown (DISTINCT, UNION, OFFSET).
    """
    import sqlglot  # noqa: PLC0415  (tens of milliseconds, only in evaluations)
    from sqlglot import errors, expressions  # noqa: PLC0415

    try:
        tree: Any = sqlglot.parse_one(sql, read="duckdb")
    except errors.SqlglotError:  # a second parser: it does not know all that DuckDB does
        return None
    order = tree.args.get("order")
    if not isinstance(tree, expressions.Select) or order is None:
        return None
    if tree.args.get("offset") or tree.args.get("distinct"):
        return None
    for number, each in enumerate(order.expressions):
        key = tree.selects[int(each.this.name) - 1].unalias() if each.this.is_int else each.this
        tree.select(expressions.alias_(key.copy(), f"{_KEY}{number}"), copy=False)
    return str(tree.limit(limit).sql(dialect="duckdb"))
