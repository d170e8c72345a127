"""A sentence that says why, and the one that asks: "Is Europe slower than Asia? Mean latency"."""

import re
from collections.abc import Iterator

from genai_session_analyzer.copilot.planning.frames.motive_words import (
    ASKS,
    CHOICE,
    FIELD_OF_ONE,
    FIELD_WORDS,
    FORMULA,
    HAPPENED,
    NAMED_AFTER,
    PARTS,
    POINTS_BACK,
    REPORTING,
    SAYS,
    SUPERLATIVE,
    VAGUE_AMOUNT,
    YES_NO,
)
from genai_session_analyzer.copilot.planning.frames.parts import (
    Tag,
    names_amount,
    of_kinds,
    times_of,
    without,
)
from genai_session_analyzer.copilot.planning.words.pieces import Piece
from genai_session_analyzer.copilot.planning.words.tagging import Tagged


def is_motive(text: str) -> bool:
    """Return whether a yes-or-no question stands before the one that names the number."""
    parts = PARTS.match(text)
    return bool(parts and parts["mark"].startswith("?") and YES_NO.match(parts["first"]))


def without_motive(text: str, tag: Tag) -> Iterator[str]:
    """Yield the last sentence with what the one before it names, where that is not asked itself.

    "Is friction in Europe higher than in Asia? Mean score for the two." is the mean friction score
    by region for Europe and Asia. Nothing, where the first one narrows rows in a way that the
    second does not say again.
    """
    parts = PARTS.match(text)
    if parts is None or not _is_motive(parts, tag):
        return
    said = HAPPENED.sub(lambda match: _events_of(parts["first"], tag), parts["second"])
    first, second = tag(REPORTING.sub(" ", parts["first"])), tag(said)
    is_named = _names_number(second) or (VAGUE_AMOUNT.search(said) and first.sentence.has("Q"))
    if first.times.is_unclear or not is_named or _narrows(first, second):
        return
    points_back = POINTS_BACK.search(said)
    carried = _carried(first, second)
    if points_back and not carried and not first.sentence.has("E"):
        return
    plain = POINTS_BACK.sub("" if carried else f" {_rows_of(first)}", said).strip(" .?!")
    if FORMULA.search(plain):
        yield f"{plain} {without(first, '?!^~QHAVvEKWSMTD')}".strip(" ,")
    if first.sentence.has("B") and not (second.sentence.has("B") or second.times.grain):
        groups = _groups_of(first)
        if not groups and not carried.startswith("by "):
            return
        carried = f"{carried} {groups}".strip()
    yield from _completed(plain, carried, first, second)


def _completed(plain: str, carried: str, first: Tagged, second: Tagged) -> Iterator[str]:
    """The second sentence with what the first one adds, in the orders people have."""
    if _names_number(second):
        yield f"{plain} {carried}".strip()
    if " users" in carried:
        yield f"{plain} {carried.replace(' users', '')}".strip()
    for amount in of_kinds(first, "Q"):
        if VAGUE_AMOUNT.search(plain):
            yield f"{VAGUE_AMOUNT.sub(amount.text, plain, count=1)} {carried}".strip()
    yield from _with_rows(plain, carried, first, second)


def _groups_of(first: Tagged) -> str:
    """What the first sentence groups by; none where that is no field."""
    groups = re.search("B(F)(?!.*B[^F])", first.sentence.shape)
    return f"by {first.sentence.pieces[groups.start(1)].text}" if groups else ""


def _rows_of(first: Tagged) -> str:
    """The rows a sentence is about: pictures are generations."""
    pictures = any(piece.key == "images" for piece in of_kinds(first, "Q"))
    return next((each.text for each in of_kinds(first, "E")), "generations" if pictures else "")


def _with_rows(plain: str, carried: str, first: Tagged, second: Tagged) -> Iterator[str]:
    """The second sentence with the rows that only the first one names."""
    rows = _rows_of(first)
    if rows and not second.sentence.has("E"):
        yield f"{plain} {rows} {carried}".strip()
        ranked = SUPERLATIVE.sub(lambda match: f"{match[0]} {rows}", plain, count=1)
        yield f"{ranked} {carried}".strip()
    counted = re.search("n(E)", first.sentence.shape)
    if counted and re.search("(?:nc|Cn)$", second.sentence.shape):
        yield f"{plain} {first.sentence.pieces[counted.start(1)].text} {carried}".strip()


def _is_motive(parts: re.Match[str], tag: Tag) -> bool:
    """Whether the first part is a sentence that asks for no number."""
    first, is_asked = parts["first"], parts["mark"].lstrip()[0] == "?"
    if ASKS.match(first):
        return NAMED_AFTER.search(parts["second"]) is not None
    if CHOICE.match(first) and POINTS_BACK.search(parts["second"]):
        return True
    return bool(is_asked or YES_NO.match(first) or SAYS.match(first))


def _names_number(second: Tagged) -> bool:
    """Whether a number is named: "sessions per user" needs no other word."""
    is_counted = second.sentence.has("E") and second.times.grain
    shape = second.sentence.shape
    return bool(names_amount(second) or is_counted or re.search("EB[opa]*[EF]", shape))


def _events_of(first: str, tag: Tag) -> str:
    """`How many times did that happen to` after "is forever rate limited"."""
    events = {piece.key: piece.text for piece in of_kinds(tag(first), "Vv")}
    return (
        f"how many {next(iter(events.values()))} requests from" if len(events) == 1 else "how often"
    )


def _narrows(first: Tagged, second: Tagged) -> bool:
    """Whether the first sentence keeps rows by words that the second has no counterpart of."""
    kinds = _adverbless(first)
    if first.sentence.has("!") or first.contained or re.search(r"(?<!E)\?E", kinds):
        return True
    said = {piece.key for piece in of_kinds(second, "VvQ")}
    events = {piece.key for piece in of_kinds(first, "Vv")} - {"success"}
    numbers = {piece.number for piece in of_kinds(first, "n")}
    kept = {piece.number for piece in of_kinds(second, "n")}
    if numbers - kept or any(not _says_again(event, said) for event in events):
        return True
    return first.sentence.has("X") and not second.sentence.has("X")


def _says_again(event: str, said: set[str]) -> bool:
    kin = ("error", "failure", "success") if event == "failure" else (event[:5],)
    return any(each in key for key in said for each in kin)


def _adverbless(tagged: Tagged) -> str:
    """The kinds of pieces without unknown adverbs: "hardly anybody" names no kind of users."""
    return "".join(
        piece.kind
        for piece in tagged.sentence.pieces
        if not (piece.kind == "?" and piece.text.endswith("ly"))
    )


def _carried(first: Tagged, second: Tagged) -> str:
    """The values and times of the first sentence that the second one leaves out."""
    grouped = {piece.key for piece in of_kinds(second, "F")}
    held = {name for piece in of_kinds(second, "L") for name in piece.fields}
    values: dict[str, list[Piece]] = {}
    for piece in of_kinds(first, "L"):
        if not held & set(piece.fields) and not grouped & set(piece.fields):
            values.setdefault(piece.fields[0], []).append(piece)
    words = [_for_values(name, pieces) for name, pieces in values.items()]
    has_time = second.times.range or second.times.weekdays or not first.times.range
    return " ".join([*words, "" if has_time else times_of(first)]).strip()


def _for_values(name: str, pieces: list[Piece]) -> str:
    rows = FIELD_OF_ONE.get(name, "")
    texts = list(dict.fromkeys(f"{piece.text} {rows}".strip() for piece in pieces))
    word = FIELD_WORDS.get(name, name.replace("_", " "))
    by = f"by {word} " if len(texts) > 1 else ""
    return f"{by}for {' and '.join(texts)}"
