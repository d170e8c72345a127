"""Writing a build's database file from a connection to the warehouse."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import duckdb

from genai_session_analyzer.warehouse.build_plan import (
    BUILD_TABLES,
    BuildPlan,
    BuildUpdate,
    build_mark,
)
from genai_session_analyzer.warehouse.compaction import put_off_compaction
from genai_session_analyzer.warehouse.sql_text import quoted_name, quoted_text

_ATTACHED = "build_in_writing"
_KEYS = "keys_of_differing_rows"
_ROWS = "differing_rows"


def write_build_file(
    connection: duckdb.DuckDBPyConnection, path: Path, plan: BuildPlan
) -> dict[str, int]:
    """Copy the plan's tables into a new database file, in one transaction, and let go of it.

    The connection's own transaction is not touched: what it has not committed is not copied.

    Returns:
        Rows written, by table.

    Raises:
        duckdb.Error: a table is missing, or the file cannot be written.
    """
    with _attached(connection, path) as cursor:
        cursor.execute("BEGIN")
        rows = {table: _copy_table(cursor, table) for table in plan.tables}
        _write_build_tables(cursor, plan.build_id, rows)
        _write_table_comments(cursor, plan)
        _write_column_comments(cursor, plan)
        cursor.execute("COMMIT")
        cursor.execute(f"CHECKPOINT {_ATTACHED}")
    return rows


def update_build_file(
    connection: duckdb.DuckDBPyConnection, path: Path, plan: BuildPlan, update: BuildUpdate
) -> dict[str, int] | None:
    """Bring a copy of an earlier build's file to what the plan's tables hold now.

    Rows with the update's keys are replaced, and whole tables where it names none; all in one
    transaction. Columns keep their comments.

    Returns:
        Rows by table, or None: the file does not have as many as the warehouse, so that something
        else differs too, and its content is worth nothing.

    Raises:
        duckdb.Error: a table is missing, or the file cannot be written.
    """
    with _attached(connection, path) as cursor:
        put_off_compaction(cursor, [_target(table) for table in plan.tables])
        cursor.execute("BEGIN")
        for table in plan.tables:
            _replace_rows(cursor, table, update)
        rows = {table: _row_count(cursor, _target(table)) for table in plan.tables}
        if rows != {table: _row_count(cursor, quoted_name(table)) for table in plan.tables}:
            return None
        cursor.execute(f"DROP TABLE {_target(BUILD_TABLES)}")
        _write_build_tables(cursor, plan.build_id, rows)
        _write_table_comments(cursor, plan)
        cursor.execute("COMMIT")
        cursor.execute(f"CHECKPOINT {_ATTACHED}")
    return rows


def _replace_rows(cursor: duckdb.DuckDBPyConnection, table: str, update: BuildUpdate) -> None:
    target, concerned = _target(table), ""
    if table in update.keys:
        keys = update.keys[table]
        cursor.register(_KEYS, keys)
        concerned = f"WHERE {quoted_name(keys.column_names[0])} IN (FROM {_KEYS})"
    source = f"{quoted_name(table)} {concerned}"
    if table in update.keys and table in update.rows:
        cursor.register(_ROWS, update.rows[table])
        source = _ROWS
    cursor.execute(f"DELETE FROM {target} {concerned}")  # noqa: S608  (names are quoted)
    cursor.execute(f"INSERT INTO {target} BY NAME FROM {source}")


def _row_count(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    counted = cursor.sql(f"FROM {table}").count("*").fetchone()
    return int(counted[0]) if counted else 0


@contextmanager
def _attached(
    connection: duckdb.DuckDBPyConnection, path: Path
) -> Iterator[duckdb.DuckDBPyConnection]:
    cursor = connection.cursor()
    try:
        cursor.execute(f"ATTACH {quoted_text(str(path))} AS {_ATTACHED}")
        yield cursor
    finally:
        cursor.close()  # rolls back what is open
        with connection.cursor() as detaching:
            detaching.execute(f"DETACH DATABASE IF EXISTS {_ATTACHED}")


def _copy_table(cursor: duckdb.DuckDBPyConnection, table: str) -> int:
    source, target = quoted_name(table), _target(table)
    copied = cursor.execute(f"CREATE TABLE {target} AS FROM {source}").fetchone()
    return int(copied[0]) if copied else 0


def _write_build_tables(
    cursor: duckdb.DuckDBPyConnection, build_id: str, rows: Mapping[str, int]
) -> None:
    cursor.execute(
        f"CREATE TABLE {_target(BUILD_TABLES)} AS "
        "SELECT $build_id::VARCHAR AS build_id, unnest($names::VARCHAR[]) AS table_name, "
        "unnest($counts::BIGINT[]) AS row_count",
        {"build_id": build_id, "names": list(rows), "counts": list(rows.values())},
    )


def _write_table_comments(cursor: duckdb.DuckDBPyConnection, plan: BuildPlan) -> None:
    own = {BUILD_TABLES: "One row per published table: build_id, table_name, row_count."}
    for table, comment in {**plan.tables, **own}.items():
        words = f"{comment} {build_mark(plan.build_id)}".strip()
        cursor.execute(f"COMMENT ON TABLE {_target(table)} IS {quoted_text(words)}")


def _write_column_comments(cursor: duckdb.DuckDBPyConnection, plan: BuildPlan) -> None:
    for table, columns in plan.column_comments.items():
        for column, comment in columns.items():
            place = f"{_target(table)}.{quoted_name(column)}"
            cursor.execute(f"COMMENT ON COLUMN {place} IS {quoted_text(comment)}")


def _target(table: str) -> str:
    return f"{_ATTACHED}.main.{quoted_name(table)}"
