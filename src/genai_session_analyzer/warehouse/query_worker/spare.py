"""A process that is ready before another one has to be replaced."""

import threading

from genai_session_analyzer.warehouse.query_worker.settings import WorkerSettings
from genai_session_analyzer.warehouse.query_worker.worker import Database, Worker


class SpareWorker:
    """Gives out processes; once asked to, it keeps one more started. For any number of threads."""

    def __init__(self, settings: WorkerSettings) -> None:
        """Start nothing yet.

        Args:
            settings: Limits of each process.
        """
        self._settings = settings
        self._lock = threading.Lock()
        self._waiting: Worker | None = None
        self._is_kept = False

    def keep(self, database: Database) -> None:
        """Start a process that waits; from now on each that is taken is followed by another."""
        with self._lock:
            self._is_kept = True
            if self._waiting is None:
                self._waiting = Worker(database, self._settings)

    def take(self, database: Database) -> Worker:
        """Return a process that reads `database`: the one that waits, else one just started."""
        with self._lock:
            taken, self._waiting = self._waiting, None
            if taken is not None and (taken.is_spent or taken.database != database):
                taken.close()
                taken = None
            if taken is None:
                taken = Worker(database, self._settings)
            if self._is_kept:
                self._waiting = Worker(database, self._settings)
            return taken

    def close(self) -> None:
        """End the process that waits."""
        with self._lock:
            self._is_kept = False
            if self._waiting is not None:
                self._waiting.close()
                self._waiting = None
