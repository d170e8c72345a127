"""Rewriting a text by rules, one after the other: what the modules of turns of phrase share."""

import re
from collections.abc import Callable, Iterable

Words = str | Callable[[re.Match[str]], str]
"""What stands for a find; in a string `\\1` and `\\g<name>` are its groups."""
Rule = tuple[re.Pattern[str], Words]
"""What is looked for, and what stands for it."""


def rules(*pairs: tuple[str, Words]) -> tuple[Rule, ...]:
    """Return rules of patterns and what stands for their finds, in the order they hold."""
    return tuple((re.compile(pattern), words) for pattern, words in pairs)


def rewritten(text: str, ordered: Iterable[Rule]) -> str:
    """Return the text with each rule's finds replaced; a rule sees what those before it wrote.

    Args:
        text: In any case the rules are written for.
        ordered: The rules, in the order they hold.
    """
    for pattern, words in ordered:
        text = pattern.sub(words, text)
    return text
