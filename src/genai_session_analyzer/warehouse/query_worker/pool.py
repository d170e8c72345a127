"""A few worker processes for many askers."""

import queue
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import TracebackType
from typing import Self

from genai_session_analyzer.errors import QueryCancelledError, QueryFailedError, WorkersBusyError
from genai_session_analyzer.warehouse.query_worker.result import QueryResult
from genai_session_analyzer.warehouse.query_worker.settings import WorkerSettings
from genai_session_analyzer.warehouse.query_worker.spare import SpareWorker
from genai_session_analyzer.warehouse.query_worker.worker import Database, Worker

_LOOK_EVERY_S = 0.05


class _Slot:
    """The place of one process; held by one thread at a time."""

    worker: Worker | None = None


class QueryWorkers:
    """Runs statements of people and models; for any number of threads.

    Each statement runs in one of a few processes that read the current build and nothing else. A
    process is replaced on a new build, after a limit or an error of the engine, when it dies, and
    after some hundred queries. Close it, or use it as a context.
    """

    def __init__(
        self, current: Callable[[], Database], settings: WorkerSettings | None = None
    ) -> None:
        """Start nothing yet.

        Args:
            current: Returns the build to read now: `lambda: reader.build`.
            settings: Limits; the default ones if left out.
        """
        self._current = current
        self._settings = settings or WorkerSettings()
        self._admitting = threading.Lock()
        self._askers: set[str] = set()
        self._is_closed = False
        self._all = [_Slot() for _ in range(self._settings.pool_size)]
        self._free: queue.SimpleQueue[_Slot] = queue.SimpleQueue()
        for slot in self._all:
            self._free.put(slot)
        self._spare = SpareWorker(self._settings)

    def start(self) -> None:
        """Start the processes and a spare, so that no query need wait for one.

        Raises:
            NoBuildError: Nothing has been published.
        """
        database = self._current()
        for _ in self._all:
            slot = self._free.get()
            if slot.worker is None:
                self._renew(slot, database)
            self._free.put(slot)
        with self._admitting:
            if not self._is_closed:
                self._spare.keep(database)

    def run(self, sql: str, asker: str, cancelled: threading.Event | None = None) -> QueryResult:
        """Return the rows of one statement; it should have passed the guard.

        Args:
            sql: The statement.
            asker: Who asks; has one query at a time.
            cancelled: Set it in another thread to stop the query.

        Raises:
            WorkersBusyError: Too many queries are waiting, or one of this asker is not done.
            QueryDeadlineError: It took too long.
            QueryMemoryError: It needs too much memory.
            QueryCancelledError: `cancelled` was set.
            QueryFailedError: The engine refuses it, in one line, or its process ended.
            NoBuildError: Nothing has been published.
        """
        with self._admitted(asker), self._slot(cancelled) as slot:
            return self._worker(slot).run(sql, cancelled)

    @property
    def process_ids(self) -> tuple[int, ...]:
        """Ids of the processes that queries run in, without the spare."""
        return tuple(slot.worker.process_id for slot in self._all if slot.worker is not None)

    def close(self) -> None:
        """End all processes; queries in them fail, and so does every later one."""
        with self._admitting:
            self._is_closed = True
            for slot in self._all:
                if slot.worker is not None:
                    slot.worker.close()
            self._spare.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _admitted(self, asker: str) -> Iterator[None]:
        most = self._settings.pool_size + self._settings.queue_size
        with self._admitting:
            if asker in self._askers:
                message = "Your last query is still running: wait for it, or cancel it."
                raise WorkersBusyError(message)
            if len(self._askers) >= most:
                message = f"{most} queries are running or waiting. Try again in a few seconds."
                raise WorkersBusyError(message)
            self._askers.add(asker)
        try:
            yield
        finally:
            with self._admitting:
                self._askers.discard(asker)

    @contextmanager
    def _slot(self, cancelled: threading.Event | None) -> Iterator[_Slot]:
        slot = self._wait_for_slot(cancelled)
        try:
            yield slot
        finally:
            if slot.worker is not None and slot.worker.is_spent:
                self._renew(slot, slot.worker.database)
            self._free.put(slot)

    def _wait_for_slot(self, cancelled: threading.Event | None) -> _Slot:
        while True:
            if cancelled is not None and cancelled.is_set():
                message = "The query was cancelled before it began."
                raise QueryCancelledError(message)
            try:
                return self._free.get(timeout=_LOOK_EVERY_S)
            except queue.Empty:
                continue

    def _worker(self, slot: _Slot) -> Worker:
        database = self._current()
        worker = slot.worker
        if worker is None or worker.is_spent or worker.database != database:
            worker = self._renew(slot, database)
        if worker is None:
            message = "The workers are closed; nothing runs any more."
            raise QueryFailedError(message)
        return worker

    def _renew(self, slot: _Slot, database: Database) -> Worker | None:
        """Start a process in place of the slot's last one; none where all is closed."""
        if slot.worker is not None:
            slot.worker.close()
        with self._admitting:
            if self._is_closed:
                return None
            slot.worker = self._spare.take(database)
            return slot.worker
