"""A question as a row of pieces, each of one kind; rules match on the kinds' letters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

USED = "_"


@dataclass(frozen=True, kw_only=True)
class Piece:
    """One or several words with one meaning.

    Attributes:
        kind: One letter: of `operators.yml`, or E an entity, Q a quantity, V an event as a noun,
            v an event as a verb, F a field, L a value of the data, n a number, ? not known.
        key: Which one.
        text: The words.
        start: Place in the text of the first letter.
        number: Of a number.
        fields: Of a value, the fields that have it, the most frequent first.
        value: Of a value, as the data has it.
        is_plural: Whether the last word is a plural.
    """

    kind: str
    key: str
    text: str
    start: int
    number: float = 0
    fields: tuple[str, ...] = ()
    value: str = ""
    is_plural: bool = False


@dataclass
class Sentence:
    """The pieces, and which of them are accounted for."""

    pieces: tuple[Piece, ...]
    shape: str = field(init=False)

    def __post_init__(self) -> None:
        self.shape = "".join(piece.kind for piece in self.pieces)

    def take(self, *positions: int) -> None:
        """Mark pieces as accounted for."""
        for at in positions:
            self.shape = self.shape[:at] + USED + self.shape[at + 1 :]

    def replace(self, at: int, kind: str, key: str) -> None:
        """Read a piece as another one; one that is accounted for stays so."""
        piece = replace(self.pieces[at], kind=kind, key=key)
        self.pieces = (*self.pieces[:at], piece, *self.pieces[at + 1 :])
        kind = USED if self.shape[at] == USED else kind
        self.shape = self.shape[:at] + kind + self.shape[at + 1 :]

    def put_value(self, at: int, field_name: str, value: str) -> None:
        """Read a piece as a value of a field."""
        self.replace(at, "L", field_name)
        piece = replace(self.pieces[at], fields=(field_name,), value=value)
        self.pieces = (*self.pieces[:at], piece, *self.pieces[at + 1 :])

    def put_number(self, at: int, number: float) -> None:
        """Read a piece as a number: "above 1.5" is no model version."""
        self.replace(at, "n", "number")
        piece = replace(self.pieces[at], number=number, fields=(), value="")
        self.pieces = (*self.pieces[:at], piece, *self.pieces[at + 1 :])

    def drop(self, at: int) -> None:
        """Leave a piece out altogether, so that those beside it are neighbours."""
        self.pieces = (*self.pieces[:at], *self.pieces[at + 1 :])
        self.shape = self.shape[:at] + self.shape[at + 1 :]

    def move(self, at: int, to: int) -> None:
        """Put a piece further ahead, before the one at that place."""
        pieces, shape = self.pieces, self.shape
        self.pieces = (*pieces[:to], pieces[at], *pieces[to:at], *pieces[at + 1 :])
        self.shape = shape[:to] + shape[at] + shape[to:at] + shape[at + 1 :]

    def insert_after(self, at: int, kind: str, key: str, is_plural: bool = True) -> None:
        """Add a piece that goes without saying: "who" is about users."""
        place = self.pieces[at].start if at >= 0 else 0
        piece = Piece(kind=kind, key=key, text=key, start=place, is_plural=is_plural)
        if at < 0:
            at = len(self.pieces) - 1
        self.pieces = (*self.pieces[: at + 1], piece, *self.pieces[at + 1 :])
        self.shape = self.shape[: at + 1] + kind + self.shape[at + 1 :]

    def take_span(self, start: int, end: int) -> None:
        """Mark all pieces from start up to but not including end."""
        self.take(*range(start, end))

    def find(self, pattern: str) -> Iterator[re.Match[str]]:
        """Yield matches over the kinds, leftmost first, each on what is left by then."""
        compiled = re.compile(pattern)
        at = 0
        while match := compiled.search(self.shape, at):
            yield match
            at = max(match.end(), at + 1) if match.end() > match.start() else match.end() + 1

    def first(self, pattern: str) -> re.Match[str] | None:
        """Return the first match over the kinds that are left."""
        return re.search(pattern, self.shape)

    def left(self, kinds: str) -> list[int]:
        """Return the positions of pieces of these kinds that are not accounted for."""
        return [at for at, kind in enumerate(self.shape) if kind in kinds]

    def has(self, kind: str, key: str | None = None) -> bool:
        """Return whether any piece, accounted for or not, is of that kind and key."""
        return any(p.kind == kind and (key is None or p.key == key) for p in self.pieces)

    def between(self, start: int, end: int) -> tuple[Piece, ...]:
        """Return the pieces of a match."""
        return self.pieces[start:end]
