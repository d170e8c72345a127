"""The web server: gunicorn with threads, on an address that is free."""

import gc
import logging
import os
import socket
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from wsgiref.types import WSGIApplication

from gunicorn.app.base import BaseApplication
from gunicorn.arbiter import Arbiter

from genai_session_analyzer.dashboard.config import DashboardSettings
from genai_session_analyzer.errors import AnalyzerError


def require_free_address(settings: DashboardSettings) -> None:
    """Check that nothing listens there yet.

    Raises:
        AnalyzerError: The address is taken, not ours to use, or no address.
    """
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        with socket.socket(found[0], socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(found[4])
    except OSError as problem:
        message = (
            f"The dashboard cannot listen on {settings.host}:{settings.port}: {problem.strerror}. "
            f"Choose another port: gsa dashboard --port {settings.port % 65535 + 1}."
        )
        raise AnalyzerError(message) from problem


@dataclass(frozen=True)
class Served:
    """An application, and what has to be ended with its process."""

    application: WSGIApplication
    close: Callable[[], None]


def serve(make: Callable[[], Served], settings: DashboardSettings) -> None:
    """Serve what `make` returns until interrupted.

    One process, because builds and the search index are held in its memory; several threads.

    Args:
        make: Makes the application, in the process that serves it.
        settings: Where to listen, with how many threads.

    Raises:
        AnalyzerError: The address is taken.
    """
    require_free_address(settings)
    _Server(make, settings).run()


class _Server(BaseApplication):
    """Gunicorn, told what to do here instead of by its command line."""

    def __init__(self, make: Callable[[], Served], settings: DashboardSettings) -> None:
        self._make = make
        self._settings = settings
        self._served: Served | None = None
        super().__init__()

    def load_config(self) -> None:
        """Set what gunicorn would read from its command line."""
        options: dict[str, Any] = {
            "bind": f"{self._settings.host}:{self._settings.port}",
            "workers": 1,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "timeout": 120,
            "graceful_timeout": 3,
            "keepalive": 15,
            "loglevel": "warning",
            "limit_request_line": 8190,
            "worker_exit": self._leave,
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> WSGIApplication:
        """Return the application."""
        self._served = self._make()
        gc.collect()
        gc.freeze()  # what is here stays: looking through it again took 200 ms at a time
        return self._served.application

    def _leave(self, _: Any, worker: Any) -> None:
        """End the process here: libraries with threads of their own abort while Python ends.

        A process that could not begin says so by its exit code; it would be started for ever.
        """
        if self._served is not None:
            self._served.close()
        logging.shutdown()
        sys.stderr.flush()
        os._exit(0 if worker.booted else Arbiter.WORKER_BOOT_ERROR)
