"""A heading before the question: "Weekly rhythm: generations per week"."""

import re
from collections.abc import Iterator
from functools import cache

from genai_session_analyzer.copilot.planning.frames.parts import (
    NARROWING,
    Tag,
    names_amount,
    of_kinds,
    times_of,
)
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Piece
from genai_session_analyzer.copilot.planning.words.tagging import Tagged
from genai_session_analyzer.copilot.planning.words.tokens import stem, tokens_of

_PARTS = re.compile(
    r"^(?P<head>[^:?!.;]{3,80}?)\s*(?:[:;]\s+|\s+[-\u2013\u2014]+\s+|,\s+(?:namely )?)"
    r"(?P<rest>\S.*)$",
    re.DOTALL,
)
_POINTED_AT = re.compile(r"\b(?:those|the ones|ones|them|anyone|anybody)\b", re.IGNORECASE)
_COUNT_OF_THOSE = re.compile(
    r"^\W*(?:the |a )?(?:count|number|headcount|tally|total|how many)\b.*\b(?:those|ones)\b",
    re.IGNORECASE,
)


def is_titled(text: str, tag: Tag) -> bool:
    """Return whether a title stands before the question: "speed comparison: ..."."""
    parts = _PARTS.match(text)
    if parts is None or text[len(parts["head"])] == ",":
        return False
    return bool(_title_words(parts["head"])) and _is_idle(tag(parts["head"]), tag(parts["rest"]))


def without_heading(text: str, tag: Tag) -> Iterator[str]:
    """Yield a question without its heading, with the time that only the heading names.

    A heading with a value of the data, a bound or a word that is neither known nor a title's
    ("gold users: ...") may say which rows are meant: it is left alone.
    """
    parts = _PARTS.match(text)
    if parts is None:
        return
    head, rest = tag(parts["head"]), tag(parts["rest"])
    rows = next((piece.text for piece in of_kinds(head, "E")), "")
    is_plain = not of_kinds(head, NARROWING)
    if rows and is_plain and _COUNT_OF_THOSE.match(parts["rest"]) and of_kinds(rest, "nCcLVv"):
        yield _POINTED_AT.sub(rows, parts["rest"], count=1)
    if _is_idle(head, rest) or _is_coined(head, rest):
        time = times_of(head) if head.times.range and not rest.times.range else ""
        yield f"{_grouped(parts['rest'].strip(' .?!'), head, rest)} {time}".strip()


def _is_idle(head: Tagged, rest: Tagged) -> bool:
    """Whether all that the heading names is named again behind it, or a title."""
    if not names_amount(rest) and not rest.sentence.has("E"):
        return False
    has_clock = head.times.grain or head.times.weekdays or head.times.hours or head.times.is_split
    if of_kinds(head, "QV") and not names_amount(rest):
        return False  # "download rate: short prompts against long ones" asks for the rate
    if head.contained or head.times.is_unclear or (has_clock and not rest.times.spans):
        return False
    if head.sentence.has("B") or _groups_apart(head, rest):
        return False
    again = {_said(piece) for piece in rest.sentence.pieces}
    titles = _titles()
    return all(
        piece.kind not in f"?{NARROWING}Vv" or _said(piece) in again or _is_title(piece, titles)
        for piece in head.sentence.pieces
    )


def _is_coined(head: Tagged, rest: Tagged) -> bool:
    """Whether rows are named and then defined: "valued customers: users with cost above 100"."""
    named = {piece.key for piece in of_kinds(head, "E")}
    again = named & {piece.key for piece in of_kinds(rest, "E")}
    return bool(again and of_kinds(rest, "n") and not of_kinds(head, NARROWING + "Vv"))


def _grouped(asked: str, head: Tagged, rest: Tagged) -> str:
    """`League table of regions: success rate` is by region."""
    fields = of_kinds(head, "F")
    if not fields or of_kinds(rest, "FB") or rest.times.grain:
        return asked
    first, comma, others = asked.partition(",")
    return f"{first} by {fields[0].text}{comma}{others}"


def _groups_apart(head: Tagged, rest: Tagged) -> bool:
    """Whether each groups by a field of its own: "for each tier, the share of each model"."""
    named, again = ({piece.key for piece in of_kinds(each, "F")} for each in (head, rest))
    return bool(named - again and (again or rest.sentence.has("B")))


def _said(piece: Piece) -> tuple[str, str, float]:
    return piece.key, piece.value, piece.number


def _is_title(piece: Piece, titles: frozenset[str]) -> bool:
    return all(token.stem in titles for token in tokens_of(piece.text))


def _title_words(head: str) -> set[str]:
    return {token.stem for token in tokens_of(head)} & _titles()


@cache
def _titles() -> frozenset[str]:
    """The stems of words that headings are made of, from `titles.yml`."""
    return frozenset(stem(word) for words in entries("titles").values() for word in words)
