"""Follow-ups that may mean two things, or nothing: said so, rather than answered."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.counted_kinds import counts_kind


class DoubtfulError(BindError):
    """What a follow-up asks for has no one meaning, whatever its rows are."""


_ANY = re.compile(r"\W*(?:(?:and|so) )*(?:(?:is|are|was|were) there )?any (?:[\w-]+ ?){1,3}\W*$")
_DOUBTFUL = (
    (re.compile(r"\bby how (?:many|much)\b"), "by how much, of what"),
    (
        re.compile(r"\W*(?:and |now )*(?:in|as) (?:characters?|letters|words|bytes|pixels)\W*$"),
        "the data does not count that",
    ),
    (
        re.compile(r"\W*(?:and |now |only |those |for )*between [\w.]+ and [\w.]+ hours?\W*$"),
        "hours of the day, or a time that something took",
    ),
    (_ANY, "say whether a number of the question before is meant, or of all the data"),
)
_COMPARES = re.compile(r"\bcompar")


def asks_for_any(text: str) -> bool:
    """Return whether a lower-case question asks for any of something: "any failures?"."""
    return _ANY.match(text) is not None


def refuse_doubtful(text: str) -> None:
    """Refuse the words of a lower-case follow-up that have no one meaning.

    Raises:
        BindError: They have none, or two.
    """
    for words, reason in _DOUBTFUL:
        if words.search(text) if reason.startswith("by") else words.match(text):
            raise BindError(reason)


def refuse_unlike(changed: QueryPlan, plan: QueryPlan, draft: Draft, catalogue: Catalogue) -> None:
    """Refuse numbers that say nothing about the rows that are kept, or cannot be compared.

    Raises:
        DoubtfulError: Failures are counted among successes, or compared with a mean.
    """
    before = {use.name for use in plan.measures}
    added = [use.name for use in changed.measures if use.name not in before]
    kept = {each.field for each in changed.filters if each in plan.filters}
    if any(counts_kind(name, field) for name in added for field in kept):
        raise DoubtfulError("a number of one kind among rows of another kind")
    kinds = {catalogue.measure(plan.entity, name).kind for name in before}
    is_event = any(idea.kind == "event" for idea in draft.ideas)
    if _COMPARES.search(draft.tagged.text) and is_event and not kinds <= {"count", "distinct"}:
        raise DoubtfulError("comparing a number with a count of other rows")
