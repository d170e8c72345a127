"""One open build: a hardened DuckDB instance, and what each thread holds of it."""

import threading
from collections.abc import Mapping

import duckdb
from ibis.backends.duckdb import Backend

from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.hardening import harden
from genai_session_analyzer.warehouse.ibis_backend import backend_on
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings
from genai_session_analyzer.warehouse.sql_text import quoted_name

_OPENING = threading.Lock()
_KEEPING = threading.Lock()
_IN_MEMORY = "in_memory"
_ATTACH = f"ATTACH IF NOT EXISTS ':memory:' AS {_IN_MEMORY} (READ_WRITE)"


class _OfThread(threading.local):
    cursor: duckdb.DuckDBPyConnection | None = None
    backend: Backend | None = None
    kept_cursor: duckdb.DuckDBPyConnection | None = None


class OpenBuild:
    """A build's file, open and hardened; cursors and Ibis backends belong to one thread each.

    There is no close: DuckDB lets go of the file when the last cursor is dropped. So a query in
    flight ends on the build it began on, and idle cursors do not keep the old file open.
    """

    def __init__(self, build: Build, settings: ReaderSettings) -> None:
        self.build = build
        self._of_thread = _OfThread()
        self._has_kept = False
        with _OPENING:  # two threads must not harden one shared instance at the same time
            self._connection = duckdb.connect(build.path, read_only=True)
            self._connection.execute(_ATTACH)
            harden(self._connection, settings)

    def cursor(self) -> duckdb.DuckDBPyConnection:
        """Return this thread's cursor."""
        if self._of_thread.cursor is None:
            self._of_thread.cursor = self._connection.cursor()
        return self._of_thread.cursor

    def backend(self) -> Backend:
        """Return this thread's Ibis backend, on a cursor of its own."""
        if self._of_thread.backend is None:
            identity = f"build {self.build.path}"
            self._of_thread.backend = backend_on(self._connection.cursor(), identity)
        return self._of_thread.backend

    def keep(self, tables: Mapping[str, str]) -> None:
        """Make tables in memory; `kept_cursor` gives cursors on them once all are there.

        Args:
            tables: A SELECT over the build's tables, by the name of the table to make.

        Raises:
            duckdb.OutOfMemoryException: They take more than the memory limit.
        """
        cursor = self._connection.cursor()
        with _KEEPING, cursor:  # two open builds of one file share what is in memory
            cursor.begin()  # all of them or none
            for name, select in tables.items():
                place = f"{_IN_MEMORY}.main.{quoted_name(name)}"
                cursor.execute(f"CREATE TABLE IF NOT EXISTS {place} AS {select}")
            cursor.commit()
        self._has_kept = True

    def kept_cursor(self) -> duckdb.DuckDBPyConnection | None:
        """Return this thread's cursor on the tables in memory; None before they are there."""
        if not self._has_kept:
            return None
        if self._of_thread.kept_cursor is None:
            cursor = self._connection.cursor()
            cursor.execute(f"USE {_IN_MEMORY}")
            self._of_thread.kept_cursor = cursor
        return self._of_thread.kept_cursor
