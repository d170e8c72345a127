"""Rewriting a text by rules, one after the other: what modules of turns of phrase share."""

import re
from collections.abc import Callable, Iterable

Rule = tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]]
"""What is looked for, and what stands for it."""


def rewritten(text: str, rules: Iterable[Rule]) -> str:
    """Return the text with each rule's finds replaced; a rule sees what those before it wrote.

    Args:
        text: In any case the rules are written for.
        rules: In the order they hold.
    """
    for pattern, words in rules:
        text = pattern.sub(words, text)
    return text
