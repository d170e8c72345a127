"""Ending a reply at a stop text that may come in several pieces."""

from collections.abc import Callable


class UntilStop:
    """Passes text on up to the first stop text; holds back what may be the start of one."""

    def __init__(self, stop: tuple[str, ...], take: Callable[[str], object]) -> None:
        """Pass nothing on yet.

        Args:
            stop: Texts that end a reply; they are no part of it.
            take: Is handed the text, piece by piece.
        """
        self._stop = stop
        self._take = take
        self._held = ""

    def add(self, text: str) -> bool:
        """Take more text; return whether a stop text has come."""
        self._held += text
        found = [at for each in self._stop if (at := self._held.find(each)) >= 0]
        if found:
            self._pass_on(min(found))
            self._held = ""
            return True
        held_back = max((_overlap(self._held, each) for each in self._stop), default=0)
        self._pass_on(len(self._held) - held_back)
        return False

    def end(self) -> None:
        """Nothing more comes: what was held back was no stop text."""
        self._pass_on(len(self._held))

    def _pass_on(self, length: int) -> None:
        if length:
            self._take(self._held[:length])
        self._held = self._held[length:]


def _overlap(text: str, stop: str) -> int:
    """Length of the longest end of the text that the stop text begins with."""
    lengths = range(min(len(text), len(stop)), 0, -1)
    return next((length for length in lengths if text.endswith(stop[:length])), 0)
