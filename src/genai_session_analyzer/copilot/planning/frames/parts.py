"""What the parts of a framed question name, and their texts without some of it."""

from collections.abc import Callable

from genai_session_analyzer.copilot.planning.words.pieces import Piece
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

Tag = Callable[[str], Tagged]
"""Cuts a text into pieces."""
AMOUNTS = "QVvHARKS"
"""Kinds of pieces that say what number is wanted."""
NARROWING = "LnChcX!U"
"""Kinds of pieces that say which rows are meant, or what the data does not have."""


def of_kinds(tagged: Tagged, kinds: str) -> tuple[Piece, ...]:
    """Return the pieces of these kinds, in their order."""
    return tuple(piece for piece in tagged.sentence.pieces if piece.kind in kinds)


def names_amount(tagged: Tagged) -> bool:
    """Return whether a number is asked for by its name, rather than a word that narrows one."""
    return bool(of_kinds(tagged, AMOUNTS))


def without(tagged: Tagged, kinds: str) -> str:
    """Return the text as it was understood, without the words of these kinds."""
    text = tagged.text
    for piece in reversed(of_kinds(tagged, kinds)):
        end = piece.start + _length(text, piece)
        text = f"{text[: piece.start]} {text[end:]}"
    return " ".join(text.split())


def times_of(tagged: Tagged) -> str:
    """Return the words of time."""
    return " ".join(tagged.text[start:end].strip() for start, end in sorted(tagged.times.spans))


def _length(text: str, piece: Piece) -> int:
    """How far a piece reaches: its words may have hyphens or commas between them."""
    at = piece.start
    for word in piece.text.split():
        at = text.index(word, at) + len(word) if word in text[at:] else at
    return at - piece.start
