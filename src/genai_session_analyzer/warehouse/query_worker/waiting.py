"""Waiting for a process's answer: not for ever, and not after it is no longer wanted."""

import os
import select
import threading
import time
from collections.abc import Callable
from typing import IO

from genai_session_analyzer.warehouse.query_worker.frames import Frame, read_frame

_LOOK_EVERY_S = 0.02
_CANCELLED_WITHIN_S = 1.0


class Patience:
    """How long an answer is waited for.

    Once `cancelled` is set, `on_cancel` is called and the answer has one more second.
    """

    def __init__(
        self,
        seconds: float,
        cancelled: threading.Event | None = None,
        on_cancel: Callable[[], None] | None = None,
    ) -> None:
        """Begin to wait.

        Args:
            seconds: How long, at most.
            cancelled: Set where the answer is no longer wanted.
            on_cancel: Called once when that is noticed.
        """
        self._ends = time.monotonic() + seconds
        self._cancelled = cancelled
        self._on_cancel = on_cancel
        self.was_cancelled = False

    def remaining_s(self) -> float:
        """Return the seconds left, 0 at the end; also looks whether the answer is still wanted."""
        if self._cancelled is not None and self._cancelled.is_set() and not self.was_cancelled:
            self.was_cancelled = True
            self._ends = min(self._ends, time.monotonic() + _CANCELLED_WITHIN_S)
            if self._on_cancel is not None:
                self._on_cancel()
        return max(0.0, self._ends - time.monotonic())


def wait_for_frame(pipe: IO[bytes], patience: Patience) -> Frame | None:
    """Return the next message on a pipe, or None where patience ends first.

    Raises:
        EOFError: The other side has closed the pipe.
        ValueError: What came is no message, or the pipe is closed on this side.
    """
    poller = select.poll()
    poller.register(pipe.fileno(), select.POLLIN)

    def read(most: int) -> bytes:
        """Return what has come; raise TimeoutError at the end of patience."""
        while remaining := patience.remaining_s():
            if poller.poll(min(remaining, _LOOK_EVERY_S) * 1000):
                return os.read(pipe.fileno(), most)
        raise TimeoutError

    try:
        return read_frame(read)
    except TimeoutError:
        return None
