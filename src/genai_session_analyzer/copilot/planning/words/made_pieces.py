"""Pieces of a question, made of its words."""

from collections.abc import Sequence

from genai_session_analyzer.copilot.planning.times.calendar_words import NUMBERS
from genai_session_analyzer.copilot.planning.words.lexicon import Sense
from genai_session_analyzer.copilot.planning.words.pieces import Piece
from genai_session_analyzer.copilot.planning.words.tokens import Token
from genai_session_analyzer.copilot.planning.words.value_index import ValueHit

FIELD_OF = {"title": "cluster_title"}
"""Columns that plans know by another name."""


def of_sense(sense: Sense, words: Sequence[Token]) -> Piece:
    """Return the piece of a phrase."""
    last = words[-1]
    if sense.kind == "L":
        field_name, _, value = sense.key.partition("=")
        return Piece(kind="L", key=field_name, text=" ".join(word.text for word in words),
                     start=words[0].start, fields=(field_name,), value=value)  # fmt: skip
    return Piece(kind=sense.kind, key=sense.key, text=" ".join(word.text for word in words),
                 start=words[0].start, is_plural=last.stem != last.text)  # fmt: skip


def of_number(word: Token) -> Piece:
    """Return the piece of a number, in digits or as a word."""
    number = NUMBERS[word.text] if word.text in NUMBERS else float(word.text)
    return Piece(kind="n", key="number", text=word.text, start=word.start, number=number)


def of_value(hits: Sequence[ValueHit], words: Sequence[Token]) -> Piece:
    """Return the piece of a value, with every field that has it."""
    best = max(hits, key=lambda hit: hit.count)
    fields = dict.fromkeys(FIELD_OF.get(hit.column, hit.column) for hit in hits)
    return Piece(kind="L", key=next(iter(fields)), text=" ".join(word.text for word in words),
                 start=words[0].start, fields=tuple(fields), value=best.value,
                 is_plural=words[-1].stem != words[-1].text)  # fmt: skip
