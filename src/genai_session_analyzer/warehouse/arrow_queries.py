"""Our own statements over Arrow tables, each thread on an instance of DuckDB in memory.

An instance that serves a build has two threads and an optimiser for its large tables; for some
hundred rows both take longer than the work.
"""

import threading

import duckdb
import pyarrow as pa

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "threads": 1,
    "enable_external_access": False,
    "autoload_known_extensions": False,
    "autoinstall_known_extensions": False,
}


class _OfThread(threading.local):
    cursor: duckdb.DuckDBPyConnection | None = None


_OF_THREAD = _OfThread()


def query_arrow(name: str, rows: pa.Table, *statements: str) -> tuple[pa.Table, ...]:
    """Return what statements of ours select from one Arrow table.

    Nothing is optimised: give only the columns the statements read.

    Args:
        name: What the statements call the table.
        rows: The table.
        statements: SELECTs.
    """
    cursor = _cursor()
    cursor.register(name, rows)
    try:
        return tuple(cursor.execute(each).to_arrow_table() for each in statements)
    finally:
        cursor.unregister(name)


def _cursor() -> duckdb.DuckDBPyConnection:
    if _OF_THREAD.cursor is None:
        _OF_THREAD.cursor = duckdb.connect(config=_CONFIG)
        _OF_THREAD.cursor.execute("PRAGMA disable_optimizer")
        _OF_THREAD.cursor.execute("SET lock_configuration = true")
    return _OF_THREAD.cursor
