"""One worker process, seen from outside."""

import logging
import threading
from pathlib import Path
from typing import IO, Any, Protocol, cast

from genai_session_analyzer.errors import QueryFailedError
from genai_session_analyzer.warehouse.query_worker.answers import (
    RECYCLED,
    error_of_death,
    error_of_status,
)
from genai_session_analyzer.warehouse.query_worker.frames import Frame, write_frame
from genai_session_analyzer.warehouse.query_worker.result import QueryResult, table_of
from genai_session_analyzer.warehouse.query_worker.settings import WorkerSettings
from genai_session_analyzer.warehouse.query_worker.starting import start_process
from genai_session_analyzer.warehouse.query_worker.waiting import Patience, wait_for_frame

_LOG = logging.getLogger(__name__)


class Database(Protocol):
    """A file to read, and what tells it from others; a `Build` is one."""

    @property
    def id(self) -> str:
        """Id of the build."""

    @property
    def path(self) -> Path:
        """The DuckDB file."""


class Worker:
    """A process that reads one database; used by one thread at a time, closed by any.

    It starts at once and is waited for at its first query.
    """

    def __init__(self, database: Database, settings: WorkerSettings) -> None:
        """Start the process.

        Args:
            database: What it reads.
            settings: Its limits.
        """
        self.database = database
        self._settings = settings
        self._is_ready = False
        self._is_spent = False
        self._queries = 0
        self._closing = threading.Lock()
        self._process = start_process()
        self._questions = cast(IO[bytes], self._process.stdin)
        self._answers = cast(IO[bytes], self._process.stdout)
        self._send(settings.orders(database.path).as_message())

    @property
    def process_id(self) -> int:
        """Id of the process."""
        return self._process.pid

    @property
    def is_spent(self) -> bool:
        """Whether another one has to take its place."""
        return self._is_spent or self._process.poll() is not None

    def run(self, sql: str, cancelled: threading.Event | None = None) -> QueryResult:
        """Return the rows of one statement.

        Raises:
            QueryError: One of its kinds; see `QueryWorkers.run`.
        """
        self._become_ready()
        self._queries += 1
        if self._queries >= self._settings.most_queries:
            self._is_spent = True
        self._send({"sql": sql, "number": self._queries})
        patience = Patience(self._settings.hard_deadline_s, cancelled, self._cancel)
        return self._result(self._receive(patience))

    def close(self) -> None:
        """Kill the process and forget it; a query in it fails."""
        with self._closing:
            self._is_spent = True
            self._process.kill()
            self._process.wait()
            self._questions.close()
            self._answers.close()

    def _become_ready(self) -> None:
        if self._is_ready:
            return
        header = self._receive(Patience(self._settings.boot_deadline_s)).header
        if header.get("status") != "ready":
            self._is_spent = True
            message = f"{self.database.path} cannot be opened: {header.get('message')}."
            raise QueryFailedError(message)
        if not header.get("sandbox"):
            _LOG.info(
                "This system has no landlock: only DuckDB's settings keep queries from files."
            )
        self._is_ready = True

    def _result(self, frame: Frame) -> QueryResult:
        header = frame.header
        if header.get("status") != "rows":
            self._is_spent |= header.get("status") in RECYCLED
            raise error_of_status(header, self._settings)
        types = tuple(header["types"])
        return QueryResult(
            columns=tuple(header["columns"]),
            types=types,
            rows=table_of(frame.body, types),
            is_truncated=header["is_truncated"],
            elapsed_ms=header["elapsed_ms"],
            build_id=self.database.id,
        )

    def _cancel(self) -> None:
        self._send({"cancel": self._queries})

    def _send(self, header: dict[str, Any]) -> None:
        """Write to the process; that it has ended is found where its answer is awaited."""
        try:
            write_frame(self._questions.fileno(), Frame(header))
        except (BrokenPipeError, ValueError):  # it has ended, or was closed
            self._is_spent = True

    def _receive(self, patience: Patience) -> Frame:
        """Return the process's next message; kill it where that takes too long.

        Raises:
            QueryDeadlineError: The patience is at its end.
            QueryCancelledError: Likewise, after the query was cancelled.
            QueryFailedError: The process has ended.
            QueryMemoryError: It has ended because of its memory.
        """
        try:
            frame = wait_for_frame(self._answers, patience)
        except (EOFError, ValueError) as problem:
            self.close()
            raise error_of_death(self._process.returncode, self._settings) from problem
        if frame is None:
            self.close()
            status = "cancelled" if patience.was_cancelled else "deadline"
            raise error_of_status({"status": status}, self._settings)
        return frame
