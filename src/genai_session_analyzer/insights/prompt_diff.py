"""What changed from one prompt to the next, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Literal

Change = Literal["same", "added", "removed"]

MOST_WORDS = 800
"""Longer changed passages are shown as one replacement: difflib's time grows with their square."""

LEAST_SHARED = 0.35
"""Share of words; below it only small words are alike, and the prompt is shown as a new one."""

_POINT = r'[,.;:!?()\[\]{}"|]'
_WORD = re.compile(rf"\s*(?:{_POINT}|(?:(?!{_POINT})\S)+|$)")


@dataclass(frozen=True)
class DiffPart:
    """A run of words that are in both prompts, only in the later, or only in the earlier one."""

    change: Change
    text: str


def diff_words(before: str, after: str) -> tuple[DiffPart, ...]:
    """What to add and to remove to come from one prompt to the next, in reading order.

    Words and punctuation are compared, white space is not. Same and added parts joined are `after`,
    to the letter; same and removed parts joined are `before`, up to white space.

    Args:
        before: The earlier prompt.
        after: The later prompt.

    *Source*: Ratcliff and Metzener (1988), as in `difflib`.
    """
    old, new = _WORD.findall(before), _WORD.findall(after)
    old_keys, new_keys = [each.strip() for each in old], [each.strip() for each in new]
    head = _shared(old_keys, new_keys)
    shortest = min(len(old), len(new)) - head
    tail = min(shortest, _shared(old_keys[::-1], new_keys[::-1]))
    parts = [DiffPart("same", "".join(new[:head]))]
    parts += _between(old[head : len(old) - tail], new[head : len(new) - tail])
    parts.append(DiffPart("same", "".join(new[len(new) - tail :])))
    if _shared_share(parts, len(old), len(new)) < LEAST_SHARED:
        parts = _replacement(old, new)
    return tuple(part for part in parts if part.text)


def _shared_share(parts: list[DiffPart], old_count: int, new_count: int) -> float:
    """Twice the shared words over all words, 0-1."""
    shared = sum(len(_WORD.findall(part.text)) - 1 for part in parts if part.change == "same")
    return 2 * shared / max(1, old_count + new_count - 2)


def _between(old: list[str], new: list[str]) -> list[DiffPart]:
    if max(len(old), len(new)) > MOST_WORDS:
        return _replacement(old, new)
    old_keys, new_keys = [each.strip() for each in old], [each.strip() for each in new]
    parts: list[DiffPart] = []
    for kind, i, j, k, m in SequenceMatcher(None, old_keys, new_keys).get_opcodes():
        if kind == "equal":
            parts.append(DiffPart("same", "".join(new[k:m])))
        else:
            parts += _replacement(old[i:j], new[k:m])
    return parts


def _replacement(old: list[str], new: list[str]) -> list[DiffPart]:
    return [DiffPart("removed", "".join(old)), DiffPart("added", "".join(new))]


def _shared(one: list[str], other: list[str]) -> int:
    """How many words two lists begin with alike."""
    pairs = zip(one, other, strict=False)
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))
