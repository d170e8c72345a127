"""Whether a rewording still says what the question said, as far as the lexicon knows its words."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.pieces import Piece
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_SAME = {"error": "failure", "churn": "churned"}
_EITHER = {
    "how_long": ("latency", "duration"),
    "prompt_length": ("prompt_length_category", "tokens", "characters"),
}
"""What a word of several meanings may become."""
_PARTS = {
    "cost_per_image": ("cost", "images"),
    "failure_cost": ("cost", "failure"),
    "wasted_cost": ("cost",),
    "thumbs_up": ("feedback",),
    "thumbs_down": ("feedback",),
}
"""What a word of one amount says beside it."""
_EVERYDAY = {"images"}
"""Said of anything: a picture is a generation too."""
_ADDABLE = frozenset({"average mean", "average total", "share", "signup"})
"""What a rewording may say although the question did not: it is meant anyway."""


def changed_meaning(before: Tagged, after: Tagged) -> tuple[str, ...]:
    """Return what a rewording lost, or added without a reason; nothing where it is faithful.

    Fields, amounts, events and values that the lexicon knows have to be kept; new fields, amounts
    and events are what the unknown words were reworded into. Times, numbers and values have to be
    the same, and so have the operations: a rank, a comparison, a running total, "not".

    Args:
        before: The question.
        after: Its rewording.
    """
    said = set(_said(after))
    said |= {name for piece in _pieces(after, "L") for name in piece.fields} | _EVERYDAY
    lost = {each for each in _contents(before) if not said.intersection((each, *_either(each)))}
    operations, kept = set(_operations(before)), set(_operations(after))
    added = kept - operations - _ADDABLE
    missing = operations - kept - _meant_anyway(after)
    if before.signup.range is None:
        missing.discard("signup")  # all users have signed up once
    values = set(_values(before)) ^ set(_values(after))
    times = [] if _times(before) == _times(after) else ["the times"]
    numbers = {f"{each:g}" for each in set(_numbers(before)) ^ set(_numbers(after))}
    return tuple(sorted({*lost, *missing, *added, *values, *times, *numbers}))


def is_of_same_words(before: Tagged, after: Tagged) -> bool:
    """Return whether all words of a question are known and its rewording brings in no others.

    Then only their order was not understood, and the rewording puts them in one that is.

    Args:
        before: The question.
        after: A rewording of it that is faithful: `changed_meaning` has nothing to say.
    """
    if any(piece.kind == "?" for piece in before.sentence.pieces):
        return False
    meant = {name for each in _said(before) for name in (each, *_either(each))}
    return set(_contents(after)) <= meant


def says_what(tagged: Tagged) -> bool:
    """Return whether it is known what a question is about, and no word has several meanings."""
    kinds = {piece.kind for piece in tagged.sentence.pieces}
    return not kinds.isdisjoint("FQVvLE") and kinds.isdisjoint("~^!")


def _contents(tagged: Tagged) -> Iterator[str]:
    for piece in tagged.sentence.pieces:
        if piece.kind in "FQVv":
            yield _plain(piece.key)
        elif piece.kind == "S" and " " in piece.key:
            yield _plain(piece.key.split()[0])


def _said(tagged: Tagged) -> Iterator[str]:
    for each in _contents(tagged):
        yield from (each, *_PARTS.get(each, ()))


def _either(content: str) -> tuple[str, ...]:
    return _EITHER.get(content, ())


def _values(tagged: Tagged) -> Iterator[str]:
    yield from (piece.value for piece in _pieces(tagged, "L"))


def _meant_anyway(tagged: Tagged) -> set[str]:
    """The mean, where an amount is one unless something else is said."""
    amounts = entries("lexicon")["quantities"]
    keys = (piece.key for piece in _pieces(tagged, "Q"))
    means = any(amounts.get(key, {}).get("how") == "mean" for key in keys)
    return {"average mean"} if means else set()


def _plain(key: str) -> str:
    """One name for an event and its rate."""
    bare = key.removesuffix("_rate").removesuffix("_share")
    return _SAME.get(bare, bare)


def _operations(tagged: Tagged) -> Iterator[str]:
    if tagged.signup.range is not None:
        yield "signup"
    pieces = tagged.sentence.pieces
    for at, piece in enumerate(pieces):
        if piece.kind not in "Cch":
            yield from _operation(piece)
        elif any(each.kind == "n" for each in pieces[max(at - 1, 0) : at + 3]):
            yield f"compared {piece.key.split()[-1]}"  # else "over" and "between" bound nothing


def _operation(piece: Piece) -> Iterator[str]:
    if piece.kind in "MTSbJ":
        yield "rank"
    elif piece.kind == "A":
        yield "rank" if piece.key in ("max", "min") else f"average {piece.key}"
    elif piece.kind == "K":
        yield piece.key
    elif piece.kind == "s":
        yield "signup"
    elif piece.kind in "XG":
        yield {"X": "not", "G": "versus"}[piece.kind]
    elif piece.kind == "R" or (piece.kind == "Q" and piece.key.endswith(("_rate", "_share"))):
        yield "share"


def _times(tagged: Tagged) -> tuple[object, ...]:
    found = tagged.times
    ranges = (tagged.signup.range, found.range, found.comparison)
    bounds = [each and (each.start, each.end) for each in ranges]
    first, *others = bounds
    one = [each for each in (first, *others) if each is not None]
    return (*one, found.grain, found.weekdays, found.hours)


def _numbers(tagged: Tagged) -> Iterator[float]:
    yield from (piece.number for piece in _pieces(tagged, "n") if piece.text != "one")


def _pieces(tagged: Tagged, kinds: str) -> Iterator[Piece]:
    return (piece for piece in tagged.sentence.pieces if piece.kind in kinds)
