"""Pieces of text from a thread that computes them to whoever reads them, with a way to stop."""

import queue
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass

_SECONDS_BETWEEN_LOOKS = 0.05


@dataclass(frozen=True)
class _End:
    problem: BaseException | None = None


def pieces(
    produce: Callable[[Callable[[str], bool]], None],
    cancelled: threading.Event,
    abort: Callable[[], None] = lambda: None,
) -> Iterator[str]:
    """Yield what `produce` emits in a thread of its own.

    Args:
        produce: Is handed `emit`; calls it with each piece and stops when it returns True.
        cancelled: Once set, the iteration ends within a twentieth of a second.
        abort: Called when the reader has gone before the end: wakes a producer that waits.

    Raises:
        Whatever `produce` raises, unless the reader has gone.
    """
    arrived: queue.SimpleQueue[str | _End] = queue.SimpleQueue()
    gone = threading.Event()

    def emit(text: str) -> bool:
        if text:
            arrived.put(text)
        return gone.is_set() or cancelled.is_set()

    def run() -> None:
        try:
            produce(emit)
        except BaseException as problem:  # noqa: BLE001  # raised again in the reader's thread
            arrived.put(_End(problem))
        else:
            arrived.put(_End())

    threading.Thread(target=run, name="reply", daemon=True).start()
    is_whole = False
    try:
        for each in _until_end(arrived, cancelled):
            if isinstance(each, _End):
                is_whole = True
                if each.problem is not None and not cancelled.is_set():
                    raise each.problem
                return
            yield each
    finally:
        gone.set()
        if not is_whole:
            abort()


def _until_end(
    arrived: "queue.SimpleQueue[str | _End]", cancelled: threading.Event
) -> Iterator[str | _End]:
    while not cancelled.is_set():
        try:
            yield arrived.get(timeout=_SECONDS_BETWEEN_LOOKS)
        except queue.Empty:
            continue
