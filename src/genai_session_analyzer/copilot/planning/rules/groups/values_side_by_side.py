"""Values named side by side: "pro vs free", "Europe versus Asia for enterprise customers"."""

import re

from genai_session_analyzer.copilot.planning.words.pieces import Sentence


def shared_field(sentence: Sentence, places: list[int]) -> str | None:
    """Return the first field that has all the values at those places; None where none has."""
    fields = sentence.pieces[places[0]].fields
    return next(
        (name for name in fields
         if all(name in sentence.pieces[at].fields for at in places)),
        None,
    )  # fmt: skip


def run_of_values(sentence: Sentence, match: re.Match[str]) -> list[int]:
    """Return the places of the most values of one field that follow each other in a match.

    "Europe versus Asia for enterprise customers" holds two regions and then a tier.
    """
    places = [at for at in range(*match.span()) if sentence.shape[at] == "L"]
    runs = [
        places[first:last]
        for first in range(len(places))
        for last in range(first + 2, len(places) + 1)
        if shared_field(sentence, places[first:last])
    ]
    return max(runs, key=len, default=[])


def is_either(sentence: Sentence, places: list[int]) -> bool:
    """Return whether values are alternatives: "on desktop or tablet"."""
    between = sentence.pieces[places[0] : places[-1]]
    return any(piece.kind == "D" and piece.text == "or" for piece in between)


def settle_repeated(sentence: Sentence) -> None:
    """Read "for free users and for pro users" as "free users versus pro users"."""
    for match in re.finditer("([op])F?(?=(L)E?F?(D)([op])F?(L))", sentence.shape):
        first, one, joined, second, other = (match.start(part) for part in range(1, 6))
        same = sentence.pieces[first].text == sentence.pieces[second].text
        is_and = sentence.pieces[joined].text == "and"
        if same and is_and and shared_field(sentence, [one, other]):
            sentence.replace(joined, "G", "versus")
    for match in re.finditer("(?=(L)(E)(D)H?(L)(E))", sentence.shape):
        one, first, joined, other, second = (match.start(part) for part in range(1, 6))
        same = sentence.pieces[first].key == sentence.pieces[second].key
        is_and = sentence.pieces[joined].text == "and"
        if same and is_and and shared_field(sentence, [one, other]):
            sentence.replace(joined, "G", "versus")


def two_apart(sentence: Sentence) -> list[int]:
    """Return the places of two values of one field with other words between, else none.

    "What do dark prompts cost compared to cheerful prompts".
    """
    places = [at for at, kind in enumerate(sentence.shape) if kind == "L"]
    between = sentence.shape[places[0] : places[-1]] if places else ""
    is_pair = len(places) == 2 and "G" in between and shared_field(sentence, places)
    return places if is_pair else []
