"""Other ways to read misspelt words, tried where a question was not understood."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import TypeVar

from genai_session_analyzer.copilot.planning.times.calendar_words import NUMBERS
from genai_session_analyzer.copilot.planning.words.english_words import is_english
from genai_session_analyzer.copilot.planning.words.spelling import (
    SHORTEST,
    corrected,
    distance,
    near_words,
)
from genai_session_analyzer.copilot.planning.words.tokens import Token, stem, tokens_of

Found = TypeVar("Found")

MOST_TRIES = 6
MOST_OF_A_WORD = 3
LONGEST_SHORT = 4
LONGEST_WITH_ONE = 5
"""Longer words may have two slips."""

_SHORT = ("for", "per", "pro", "each", "week", "have", "the", "how", "cost", "tier", "rate", "day",
          "last", "that", "than", "does", "get", "many", "all", "and", "was", "did", "has",
          "top", "free", "mean", "user", "mood", "data", "from", "with", "what", "this", "year",
          "hour", "model", "month", "style")  # fmt: skip
"""What a slip in a word of two to four letters most likely stands for."""

_PARTS = ("by", "in", "of", "on", "to", "at")
"""Words of two letters that a space is forgotten beside."""

_LEADS = ("each", "per", "for", "last", "this", "by", "many")
"""Words that a space is forgotten behind, even before a misspelt one."""

Reading = tuple[str, Mapping[str, str]]
"""A text, and the words in it that were read as others."""


def respelt(text: str, known: frozenset[str], fillers: frozenset[str]) -> Iterator[Reading]:
    """Yield the text with its misspelt words read otherwise, the likeliest reading first.

    Only words that are neither known nor English are read otherwise: "wek" may be "week", "bytier"
    "by tier" and "down loads" "downloads", but "pets" stay pets.

    Args:
        text: A question as typed.
        known: The words of the lexicon and of values, lower-case.
        fillers: Those of them that mean nothing.
    """
    tokens = tokens_of(text)
    joined = _joined(tokens, known)
    ways = {
        at: _ways(token.text, known, fillers)
        for at, token in enumerate(tokens)
        if not {at, at - 1} & set(joined) and _is_doubtful(token.text, known)
    }
    ways |= {at: [word] for at, word in joined.items()}
    if not ways or not all(ways.values()):
        return
    ranked = sorted(product(*(range(len(each)) for each in ways.values())), key=sum)
    for ranks in ranked[:MOST_TRIES]:
        chosen = {at: each[rank] for (at, each), rank in zip(ways.items(), ranks, strict=True)}
        yield _with(text, tokens, chosen, frozenset(joined))


def _with(
    text: str, tokens: Sequence[Token], chosen: Mapping[int, str], joined: frozenset[int]
) -> Reading:
    """The text with the chosen words put in; a joined word takes the place of two."""
    parts: list[str] = []
    read: dict[str, str] = {}
    at = 0
    for place in sorted(chosen):
        start, end = tokens[place].start, tokens[place + (place in joined)].end
        parts += [text[at:start], chosen[place]]
        read[text[start:end]] = chosen[place]
        at = end
    return "".join([*parts, text[at:]]), read


def _is_doubtful(word: str, known: frozenset[str]) -> bool:
    if not word.isalpha() or word in known or stem(word) in known or word in NUMBERS:
        return False
    return len(word) > 1 and not is_english(word)


def _ways(word: str, known: frozenset[str], fillers: frozenset[str]) -> list[str]:
    """What a word may stand for, the likeliest first."""
    ways = parts_of(word, known) or _near(word, known, 1)
    if not ways:
        ways = [f"{lead} {each}" for lead in _LEADS if word.startswith(lead)
                for each in _near(word.removeprefix(lead), known, 1)]  # fmt: skip
    if not ways and len(word) > LONGEST_WITH_ONE:
        ways = _near(word, known - fillers, 2)
    return list(dict.fromkeys(ways))[:MOST_OF_A_WORD]


def corrected_or_parted(word: str, known: frozenset[str], fillers: frozenset[str]) -> str | None:
    """Return the known word a misspelt one is nearest to, or the two that it is without a space.

    A word with one slip is one word: "watercolour" is no "water colour".
    """
    better = corrected(word, known, fillers)
    parts = parts_of(word, known)
    if parts and (better is None or distance(word, better, 1) > 1):
        return parts[0]
    return better


def parts_of(word: str, known: frozenset[str]) -> list[str]:
    """Return the two known words that a word which is not English may be without its space."""
    if is_english(word) or not word.isalpha():
        return []
    return [
        f"{word[:at]} {word[at:]}"
        for at in range(2, len(word) - 1)
        if _is_part(word[:at], known) and _is_part(word[at:], known)
    ]


def _near(word: str, known: frozenset[str], most: int) -> list[str]:
    """Known words whose letters are nearly the same."""
    if len(word) <= LONGEST_SHORT and (short := near_words(word, _SHORT, most)):
        return short
    if len(word) < SHORTEST:
        return []
    longer = (each for each in {*known, *NUMBERS} if len(each) >= SHORTEST)
    return near_words(word, longer, most)


def _is_part(word: str, known: frozenset[str]) -> bool:
    return word in _PARTS or (len(word) > 2 and (word in known or word in _SHORT))


def _joined(tokens: Sequence[Token], known: frozenset[str]) -> dict[int, str]:
    """Words that a space was typed into, by the place of their first part."""
    found: dict[int, str] = {}
    for at, (first, second) in enumerate(pairwise(tokens)):
        whole = first.text + second.text
        apart = any(_is_doubtful(each.text, known) for each in (first, second))
        if at - 1 not in found and apart and len(whole) > LONGEST_SHORT and whole in known:
            found[at] = whole
    return found


def only_one(
    readings: Iterator[Reading], plan: Callable[[str], Found | None]
) -> tuple[Found, Mapping[str, str]] | None:
    """Return what the readings of a text lead to, where that is one thing; None where not.

    Args:
        readings: The text with its misspelt words read in several ways.
        plan: Says what a text leads to, None where it is not understood.
    """
    found: tuple[Found, Mapping[str, str]] | None = None
    for text, read in readings:
        result = plan(text)
        if result is None:
            continue
        if found is not None and result != found[0]:
            return None
        found = found or (result, read)
    return found
