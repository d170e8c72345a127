"""One open build: a hardened DuckDB instance, and what each thread holds of it."""

import threading

import duckdb
from ibis.backends.duckdb import Backend

from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.hardening import ReaderSettings, harden
from genai_session_analyzer.warehouse.ibis_backend import backend_on

_OPENING = threading.Lock()


class _OfThread(threading.local):
    cursor: duckdb.DuckDBPyConnection | None = None
    backend: Backend | None = None


class OpenBuild:
    """A build's file, open and hardened; cursors and Ibis backends belong to one thread each.

    There is no close: DuckDB lets go of the file when the last cursor is dropped. So a query in
    flight ends on the build it began on, and idle cursors do not keep the old file open.
    """

    def __init__(self, build: Build, settings: ReaderSettings) -> None:
        self.build = build
        self._of_thread = _OfThread()
        with _OPENING:  # two threads must not harden one shared instance at the same time
            self._connection = duckdb.connect(build.path, read_only=True)
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
