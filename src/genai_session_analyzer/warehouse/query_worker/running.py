"""The query that runs in this process now, and stopping it from another thread."""

import threading
import time
from typing import Literal

import duckdb

Stopped = Literal["deadline", "cancelled"]


class RunningQuery:
    """At most one query; begun and ended by the thread that runs it, stopped by another.

    An interrupt before the query begins is lost, so `press` is called again and again.
    """

    def __init__(self, soft_deadline_s: float) -> None:
        """Run nothing yet.

        Args:
            soft_deadline_s: Seconds after which a query is interrupted.
        """
        self._soft_deadline_s = soft_deadline_s
        self._lock = threading.Lock()
        self._cursor: duckdb.DuckDBPyConnection | None = None
        self._number = 0
        self._deadline = 0.0
        self._cancelled = 0
        self._stopped: Stopped | None = None
        self.is_expected = False

    def expect(self) -> None:
        """Note that a query is about to begin; `is_expected` is true until it has ended."""
        self.is_expected = True

    def begin(self, number: int, cursor: duckdb.DuckDBPyConnection) -> None:
        """Note the cursor that query `number` runs on."""
        with self._lock:
            self._cursor, self._number, self._stopped = cursor, number, None
            self._deadline = time.monotonic() + self._soft_deadline_s

    def end(self) -> Stopped | None:
        """Forget the query; return why it was stopped, if it was."""
        with self._lock:
            self._cursor, self.is_expected = None, False
            return self._stopped

    def cancel(self, number: int) -> None:
        """Stop query `number`, now or when it begins; another one is not touched."""
        with self._lock:
            self._cancelled = number

    def press(self) -> None:
        """Interrupt the query where it is cancelled or past its deadline."""
        with self._lock:
            if self._cursor is None:
                return
            if self._cancelled == self._number:
                self._stopped = "cancelled"
            elif time.monotonic() > self._deadline:
                self._stopped = "deadline"
            if self._stopped:
                self._cursor.interrupt()
