"""Which conversations' beginnings an engine still holds, and in which of its places."""

from genai_session_analyzer.language_model.roles import Message

Opening = tuple[Message, ...]


class Openings:
    """A few places, each holding what one conversation began with; for one thread at a time.

    Requests of several kinds (a plan, a statement, a rewording) alternate, and each kind begins
    with some 1,000 tokens of its own: computing those took 18 s of processor time at every change.
    """

    def __init__(self, places: int) -> None:
        """Hold nothing yet."""
        self._held: dict[int, Opening] = dict.fromkeys(range(places), ())

    def place_for(self, opening: Opening) -> tuple[int, bool]:
        """Return the place to compute in, and whether it holds the opening or a part of it.

        Where none does, an empty place or the one not used for longest. The place holds nothing
        until `keep` says what.
        """
        for place, held in self._held.items():
            if continues(held, opening):
                self._held[place] = ()
                return place, True
        empty = [each for each, held in self._held.items() if not held]
        longest_unused = [*empty, *self._held][0]
        self._held[longest_unused] = ()
        return longest_unused, False

    def keep(self, place: int, opening: Opening) -> None:
        """Note what a place holds now; it is the one used last."""
        del self._held[place]
        self._held[place] = opening


def continues(before: Opening, now: Opening) -> bool:
    """Return whether one of two openings is the start of the other, and there is one before."""
    shorter = min(len(before), len(now))
    return shorter > 0 and before[:shorter] == now[:shorter]
