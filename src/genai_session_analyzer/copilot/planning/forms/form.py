"""A question read as a simpler one, and what its plan then gets."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_WHOM = {"user": "user_id", "customer": "user_id", "person": "user_id", "session": "session_id"}
_NOT_GROUPED = ("prompt_text", "requested_at", "started_at", "ended_at", "first_generation_at",
                "last_generation_at", "image_size")  # fmt: skip


@dataclass(frozen=True)
class Form:
    """A simpler question, and how its plan becomes that of the whole one.

    Attributes:
        text: The simpler question.
        complete: Returns the whole plan, or None where it has no meaning.
    """

    text: str
    complete: Callable[[QueryPlan, Catalogue], QueryPlan | None]


@cache
def group_words() -> Mapping[str, str]:
    """Return the words that name a field to group by, in lower case, with the field's name."""
    fields: dict[str, list[str]] = entries("lexicon")["fields"]
    named = {word: name for name, words in fields.items() if name not in _NOT_GROUPED
             for word in words}  # fmt: skip
    return {**named, **_WHOM}


@cache
def group_pattern() -> str:
    """Return a pattern of those words, singular or plural, the longest first."""
    words = sorted(group_words(), key=len, reverse=True)
    return rf"(?:{'|'.join(words)})(?:e?s)?"


def group_of(words: str) -> str | None:
    """Return the field that a singular or plural names."""
    known = group_words()
    ways = (words, words.removesuffix("s"), words.removesuffix("es"))
    return next((known[each] for each in ways if each in known), None)
