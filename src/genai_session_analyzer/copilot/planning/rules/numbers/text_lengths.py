"""Lengths of prompts counted in characters or tokens: "longest prompt in characters"."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import LENGTHS
from genai_session_analyzer.copilot.planning.words.pieces import Sentence

_UNITS = {
    "character": "characters", "characters": "characters", "char": "characters",
    "chars": "characters", "letter": "characters", "letters": "characters",
    "token": "tokens", "tokens": "tokens",
}  # fmt: skip
_LENGTH_WORDS = ("prompt_length", "length", "how_long", "characters", "tokens")


def settle_text_units(draft: Draft) -> None:
    """Read "characters" as a unit behind a number, "in" or "how many", not as a kind of picture."""
    sentence = draft.sentence
    for at in reversed(range(len(sentence.pieces))):
        if sentence.shape[at : at + 1] in ("L", "Q", "?") and sentence.pieces[at].text in _UNITS:
            _settle_unit(sentence, at, _UNITS[sentence.pieces[at].text])
            if sentence.has("E", "prompts") and sentence.has("Q"):
                draft.of_entity = "prompts"
    _read_longest(draft)


def _settle_unit(sentence: Sentence, at: int, key: str) -> None:
    before = sentence.shape[:at]
    if before.endswith("n") or re.search("nc$", before):
        _settle_bound(sentence, at, key)
    elif re.search("[HAM]o?$", before) and sentence.has("E", "prompts"):
        sentence.replace(at, "Q", key)
    elif re.search("p$", before) and _is_unit_of_length(sentence, at):
        sentence.drop(at)
        sentence.drop(at - 1)
        _measure_in(sentence, key)


def _settle_bound(sentence: Sentence, at: int, key: str) -> None:
    """`Longer than 200 characters` bounds their number."""
    sentence.replace(at, "Q", key)
    for match in re.finditer("h(?=nQ)", sentence.shape):
        name, operator = sentence.pieces[match.start()].key.rsplit(" ", 1)
        if name == "duration" and match.end() + 1 == at:
            sentence.replace(match.start(), "C", operator)


def _is_unit_of_length(sentence: Sentence, at: int) -> bool:
    """Whether "in characters" says how a length is counted, which is spoken of."""
    return sentence.pieces[at - 1].text in ("in", "by") and any(
        (piece.kind == "Q" and piece.key in _LENGTH_WORDS)
        or (piece.kind == "F" and piece.key == "prompt_length_category")
        or (piece.kind == "A" and piece.text in ("longest", "shortest"))
        for piece in sentence.pieces
    )


def _measure_in(sentence: Sentence, key: str) -> None:
    for at, piece in enumerate(sentence.pieces):
        is_length = piece.kind == "Q" and piece.key in _LENGTH_WORDS
        if is_length or (piece.kind == "F" and piece.key == "prompt_length_category"):
            sentence.replace(at, "Q", key)
    ranked = sentence.first("(A)(E)")
    is_measured = sentence.first("Q") is not None
    if ranked and not is_measured and sentence.pieces[ranked.start(2)].key == "prompts":
        direction = "descending" if sentence.pieces[ranked.start(1)].key == "max" else "ascending"
        sentence.replace(ranked.start(1), "S", f"{key} {direction}")


def _read_longest(draft: Draft) -> None:
    """`How long is the longest prompt`, "how many tokens does the longest prompt have"."""
    sentence = draft.sentence
    match = sentence.first("(H?)(Q)[opa]*(A)(E)[opa]*")
    if not match:
        return
    amount, ranks, entity = (sentence.pieces[match.start(part)] for part in (2, 3, 4))
    if ranks.text not in ("longest", "shortest") or entity.is_plural:
        return
    key = LENGTHS.get(entity.key) if amount.key in ("how_long", "length") else amount.key
    if key not in ("characters", "tokens", *LENGTHS.values()):
        return
    draft.ask(Idea(kind="quantity", key=key, how=ranks.key), match.start(2))
    sentence.take_span(*match.span())
    if entity.key == "prompts":
        draft.of_entity = "prompts"
