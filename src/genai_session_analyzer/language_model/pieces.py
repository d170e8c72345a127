"""Pieces of text from a thread that computes them to whoever reads them, with a way to stop."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_SECONDS_BETWEEN_LOOKS = 0.05

Producer = Callable[[Callable[[str], bool]], None]
"""Makes a reply: hands each piece to what it is given, and stops when that returns True."""


@dataclass(frozen=True)
class _End:
    problem: BaseException | None = None


class _Reply:
    """Text on its way from the thread that makes it to the one that reads it."""

    def __init__(self, cancelled: threading.Event) -> None:
        """Carry nothing yet; the reader sets `gone` when it takes no more."""
        self.gone = threading.Event()
        self._cancelled = cancelled
        self._arrived: queue.SimpleQueue[str | _End] = queue.SimpleQueue()

    def emit(self, text: str) -> bool:
        """Hand over a piece; return whether to stop."""
        if text:
            self._arrived.put(text)
        return self.gone.is_set() or self._cancelled.is_set()

    def fill(self, produce: Producer) -> None:
        """Hand over all that is produced, then how that ended."""
        try:
            produce(self.emit)
        except BaseException as problem:  # noqa: BLE001  # raised again in the reader's thread
            self._arrived.put(_End(problem))
        else:
            self._arrived.put(_End())

    def taken(self) -> Iterator[str | _End]:
        """Yield what arrives, until it is cancelled."""
        while not self._cancelled.is_set():
            try:
                yield self._arrived.get(timeout=_SECONDS_BETWEEN_LOOKS)
            except queue.Empty:
                continue


def pieces(
    produce: Producer, cancelled: threading.Event, abort: Callable[[], None] = lambda: None
) -> Iterator[str]:
    """Yield what `produce` emits in a thread of its own.

    Args:
        produce: Is handed `emit`; calls it with each piece and stops when it returns True.
        cancelled: Once set, the iteration ends within a twentieth of a second.
        abort: Called when the reader has gone before the end: wakes a producer that waits.

    Raises:
        Whatever `produce` raises, unless the reader has gone.
    """
    reply = _Reply(cancelled)
    threading.Thread(target=reply.fill, args=(produce,), name="reply", daemon=True).start()
    is_whole = False
    try:
        for each in reply.taken():
            if isinstance(each, _End):
                is_whole = True
                if each.problem is not None and not cancelled.is_set():
                    raise each.problem
                return
            yield each
    finally:
        reply.gone.set()
        if not is_whole:
            abort()
