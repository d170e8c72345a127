"""Checking a written build the way a reader will see it: opened again, read-only."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import duckdb

from genai_session_analyzer.errors import PublishError
from genai_session_analyzer.warehouse.build_plan import (
    BUILD_TABLES,
    BuildCheck,
    BuildPlan,
    build_mark,
)
from genai_session_analyzer.warehouse.sql_text import one_line, quoted_name


def check_build_file(path: Path, plan: BuildPlan, rows: Mapping[str, int]) -> None:
    """Assert that a build's file is complete, of one build, and balanced.

    Checked: no `.wal` beside it; exactly the planned tables, each marked with the build's id;
    `build_tables` and the tables themselves agree with `rows`; every check of the plan is true.

    Args:
        path: the database file; nobody else may have it open for writing.
        plan: what it was to hold.
        rows: rows written, by table.

    Raises:
        PublishError: something does not hold; the message lists all of it.
        duckdb.Error: the file cannot be opened or read.
    """
    if path.with_name(path.name + ".wal").exists():
        message = f"{path.name} was left with a .wal file, so it is not complete"
        raise PublishError(message)
    with duckdb.connect(path, read_only=True) as connection:
        problems = [
            *_find_wrong_marks(connection, plan),
            *_find_wrong_counts(connection, plan.build_id, rows),
            *_find_failed_checks(connection, plan.checks),
        ]
    if problems:
        message = f"{len(problems)} check(s) failed: " + "; ".join(problems)
        raise PublishError(message)


def _find_wrong_marks(connection: duckdb.DuckDBPyConnection, plan: BuildPlan) -> Iterator[str]:
    listed = connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
    comments = {str(name): str(comment) for name, comment in listed}
    expected = {*plan.tables, BUILD_TABLES}
    if set(comments) != expected:
        yield f"it holds the tables {sorted(comments)} instead of {sorted(expected)}"
    for table, comment in comments.items():
        if not comment.endswith(build_mark(plan.build_id)):
            yield f"table {table} is not marked as part of build {plan.build_id}"


def _find_wrong_counts(
    connection: duckdb.DuckDBPyConnection, build_id: str, rows: Mapping[str, int]
) -> Iterator[str]:
    listed = connection.execute(f"FROM {BUILD_TABLES} ORDER BY table_name").fetchall()
    if listed != [(build_id, table, rows[table]) for table in sorted(rows)]:
        yield f"{BUILD_TABLES} holds {listed}"
    for table, expected in rows.items():
        found = connection.sql(f"FROM {quoted_name(table)}").count("*").fetchone()
        if found != (expected,):
            yield f"table {table} holds {found} rows, {expected} were written"


def _find_failed_checks(
    connection: duckdb.DuckDBPyConnection, checks: tuple[BuildCheck, ...]
) -> Iterator[str]:
    for check in checks:
        try:
            answer = connection.execute(check.sql).fetchall()
        except duckdb.Error as problem:
            yield f"{check.name} ({one_line(problem)})"
        else:
            if answer != [(True,)]:
                yield f"{check.name} (returned {answer[:3]} instead of true)"
