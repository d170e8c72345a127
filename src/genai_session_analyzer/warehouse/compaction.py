"""When DuckDB may rewrite tables to get rid of deleted rows.

A checkpoint rewrites row groups as soon as three of them, without their deleted rows, fit into two:
seconds, for a table of which a few rows were replaced. So an update puts that off.
"""

from collections.abc import Iterable

import duckdb

WORN_AT = 1.5
"""Rows held, deleted ones included, relative to the rows there are: from here on it is worth it."""
_NEVER, _AS_EVER = 0, 100


def put_off_compaction(connection: duckdb.DuckDBPyConnection, tables: Iterable[str]) -> None:
    """Let checkpoints of this process leave deleted rows where they are, until a table is worn.

    Args:
        connection: sees the tables.
        tables: quoted names of the tables of which rows are replaced.
    """
    is_worn = any(_rows_held(connection, table) > WORN_AT for table in tables)
    connection.execute(f"SET GLOBAL max_vacuum_tasks = {_AS_EVER if is_worn else _NEVER}")


def _rows_held(connection: duckdb.DuckDBPyConnection, table: str) -> float:
    """Rows the table holds, deleted ones included, for each row there is."""
    found = connection.execute(
        f"SELECT coalesce(max(rowid) + 1, 0) / greatest(count(*), 1) FROM {table}"  # noqa: S608
    ).fetchone()
    return float(found[0]) if found else 0.0
