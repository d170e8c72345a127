"""Waiting until nobody waits: what can be made later leaves the processor to the first page."""

import math
import threading
import time

from flask import Flask

LONGEST_WAIT_S = 5.0


class Quiet:
    """Knows when the server answered last; for any number of threads."""

    def __init__(self) -> None:
        """Begin now, with nothing being answered."""
        self._lock = threading.Lock()
        self._in_flight = 0
        self._last = time.monotonic()

    def expect(self) -> None:
        """Take it that somebody is about to ask: nothing is quiet before the first request."""
        with self._lock:
            self._last = math.inf

    def watch(self, server: Flask) -> None:
        """Take note of every request to this server from now on."""

        @server.before_request
        def begin() -> None:
            """Count a request that came."""
            self._note(1)

        @server.teardown_request
        def end(_: BaseException | None) -> None:
            """Count a request that was answered."""
            self._note(-1)

    def wait(self, quiet_s: float = 0.5, most_s: float = LONGEST_WAIT_S) -> None:
        """Return once nothing was answered for `quiet_s`, or after `most_s`."""
        ends = time.monotonic() + most_s
        while time.monotonic() < ends:
            left = self._quiet_in(quiet_s)
            if left <= 0:
                return
            time.sleep(min(left, 0.05))

    def _quiet_in(self, quiet_s: float) -> float:
        with self._lock:
            return quiet_s if self._in_flight else self._last + quiet_s - time.monotonic()

    def _note(self, change: int) -> None:
        with self._lock:
            self._in_flight += change
            self._last = time.monotonic()
