"""Numbers for each value where no "by" says so: distributions, and values that are listed."""

import re

from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_DISTRIBUTION = re.compile(
    r"\b(?:distribution|breakdown|mix|split) of (?:the )?"
    r"|\b\w+ (?:distribution|breakdown|mix|split|histogram)\b(?! of\b)"
)
_COUNTED_BY = {"friction_band": "sessions", "churned_after": "sessions"}
_OF_WHAT = ("user_tier", "region", "device_type")
_TOGETHER = re.compile(r"\b(?:combined|together|jointly|taken as one)\b")
_APART = ("mean", "median", "p90", "p95", "p99")


def read_distribution(draft: Draft) -> None:
    """`Distribution of statuses` is how many generations have each."""
    found = _DISTRIBUTION.search(draft.tagged.text)
    if found and any(idea.kind == "quantity" and _is_apart(idea) for idea in draft.ideas):
        draft.trouble = "how a distribution of numbers is to be shown"
    fields = [*draft.groups, *(draft.sentence.pieces[at].key for at in draft.sentence.left("F"))]
    asked = draft.ideas or draft.rank or draft.rows_of or draft.is_follow_up or draft.subject
    if not found or not fields or asked:
        return
    if set(fields) <= set(_OF_WHAT):
        draft.trouble = "of what: users, sessions or generations"
    counted = next((_COUNTED_BY[name] for name in fields if name in _COUNTED_BY), "generations")
    draft.ask(Idea(kind="count", key=counted), 0)
    for at in draft.sentence.left("F"):
        draft.groups.append(draft.sentence.pieces[at].key)
        draft.sentence.take(at)


def read_enumerated(draft: Draft) -> None:
    """`Mean friction of free and enterprise sessions` is one for each: they cannot be added."""
    apart = draft.ideas and all(_is_apart(idea) for idea in draft.ideas)
    if _TOGETHER.search(draft.tagged.text):
        return
    if not apart or draft.is_follow_up or draft.rank or draft.has_share or draft.groups:
        return
    listed = [keep for keep in draft.keeps if keep.is_listed and keep.operator == "in"]
    if len(listed) == 1:
        draft.groups.append(listed[0].field)


def _is_apart(idea: Idea) -> bool:
    if idea.kind != "quantity" or idea.key.startswith("measure "):
        return idea.kind == "rate"
    spec = entries("lexicon")["quantities"][idea.key]
    if "fixed" in spec:
        return idea.key.endswith(("_rate", "_share", "_image", "_session"))
    return (idea.how or spec["how"]) in _APART
