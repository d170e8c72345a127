"""How far apart two words are, and which known word a misspelt one stands for."""

import re
from collections.abc import Iterable

SHORTEST = 4
"""Shorter words are not corrected: too many others are near."""


def distance(first: str, second: str, most: int) -> int:
    """Return the insertions, deletions, changes and swaps between two words.

    Anything beyond `most` comes back as `most + 1`.

    *Source*: optimal string alignment, row by row.
    """
    if abs(len(first) - len(second)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, one in enumerate(first, start=1):
        older, before, row = before, row, [i]
        for j, other in enumerate(second, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (one != other))
            if older and i > 1 and j > 1 and one == second[j - 2] and first[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]


def tolerated(word: str) -> int:
    """Return how many slips a word of that length may have: 0, 1 (from 4) or 2 (from 8)."""
    if len(word) < SHORTEST or any(letter.isdigit() for letter in word):
        return 0
    return 2 if len(word) >= 8 else 1


def corrected(word: str, known: Iterable[str], fillers: frozenset[str] = frozenset()) -> str | None:
    """Return the one known word that a misspelt one is nearest to, None where there is no one.

    Of two as near, words that mean something win, then swapped letters, then letters left out, then
    the one with more of the first letters right, then the one of the same length.

    The first letter has to be right, or swapped with the second: "gender" is not "render".
    """
    most = tolerated(word)
    if most == 0:
        return None
    sound = _sound(word)
    alike = next((other for other in known if _sound(other) == sound), None)
    if alike:
        return alike
    best = _ranked(word, (other for other in known if tolerated(other)), most, fillers)
    if not best or (len(best) > 1 and best[0][:-1] == best[1][:-1]):
        return None
    return best[0][-1]


def near_words(word: str, known: Iterable[str], most: int) -> list[str]:
    """Return the known words that a misspelt one is nearest to, several where none is nearer.

    Swapped letters are nearer than letters left out, and those nearer than other letters.

    Args:
        word: Not known.
        known: Words it may stand for, of any length.
        most: Slips it may have.
    """
    ranked = _ranked(word, known, most)
    return [each[-1] for each in ranked if each[:4] == ranked[0][:4]]


Ranked = tuple[int, bool, bool, bool, int, int, str]


def _ranked(
    word: str, known: Iterable[str], most: int, fillers: frozenset[str] = frozenset()
) -> list[Ranked]:
    """Words that are near, the likeliest first: all but the last of a row says how likely."""
    ranked: list[Ranked] = []
    for other in known:
        away = distance(word, other, most) if _may_begin(word, other) else most + 1
        if away <= most:
            swapped = sorted(word) == sorted(other) or _squeezed(word) == _squeezed(other)
            likely = (away, other in fillers, not swapped, not _is_within(word, other))
            begins, longer = -_same_start(word, other), abs(len(word) - len(other))
            ranked.append((*likely, begins, longer, other))
    return sorted(ranked)


def _is_within(word: str, other: str) -> bool:
    """Whether letters were merely left out: "modl" is "model" before it is "mode"."""
    letters = iter(other)
    return all(letter in letters for letter in word)


def _squeezed(word: str) -> str:
    """A word without letters that are there twice in a row: "ratee" is "rate"."""
    return re.sub(r"(.)\1+", r"\1", word)


def _same_start(word: str, other: str) -> int:
    """How many of the first letters are the same."""
    pairs = zip(word, other, strict=False)
    return next(
        (at for at, (one, two) in enumerate(pairs) if one != two), min(len(word), len(other))
    )


def _sound(word: str) -> str:
    """A word with letters that sound alike made one: "fotography" is "photography"."""
    return word.replace("ph", "f").replace("ck", "k")


def _may_begin(word: str, other: str) -> bool:
    return word[0] == other[0] or word[1::-1] == other[:2]
