"""Bounds on what is counted in a bound: "more than 5 visits that lasted over 10 minutes"."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.planning.drafts import Condition, Draft

_OWN_VERB = re.compile(
    r",|\b(?:and|or|but|have|has|had|spen\w+|paid|pay\w*|used|whose|who|where)\b"
)
_OF_GENERATIONS = ("latency", "steps", "cfg_scale")


def mark_counted_rows(draft: Draft) -> None:
    """Mark the bounds that say which rows count, not what each user or group has."""
    draft.conditions = [
        replace(each, of_rows=True) if _is_of_counted(draft, each) else each
        for each in draft.conditions
    ]
    if any(_is_of_one_or_all(draft, each) for each in draft.conditions):
        draft.trouble = "whether each generation or their mean has to meet that bound"


def _is_of_one_or_all(draft: Draft, condition: Condition) -> bool:
    """`Users with more than 20 sessions who have a latency above 5 s`: of each request, or not."""
    is_row = condition.idea.kind == "quantity" and not (condition.idea.how or condition.of_group)
    of_users = draft.sentence.has("E", "users") and not draft.sentence.has("E", "generations")
    return (
        of_users
        and is_row
        and not (condition.of_rows or condition.than_mean)
        and condition.idea.key in _OF_GENERATIONS
        and _counted_before(draft, condition) is not None
    )


def entities_counted(draft: Draft) -> tuple[str, ...]:
    """Return what the rows are that bounds count, where other bounds say which of them."""
    counted = (_counted_before(draft, each) for each in draft.conditions if each.of_rows)
    return tuple("sessions" if each.idea.key == "sessions" else "generations"
                 for each in counted if each)  # fmt: skip


def _is_of_counted(draft: Draft, condition: Condition) -> bool:
    is_plain = condition.idea.kind == "quantity" and not condition.idea.how
    if not is_plain or condition.of_group or condition.than_mean or condition.other:
        return False
    counted = _counted_before(draft, condition)
    if counted is None:
        return False
    pieces = draft.sentence.pieces
    here = pieces[condition.position]
    between = draft.tagged.text[pieces[counted.position].start : here.start + len(here.text)]
    return _OWN_VERB.search(between) is None


def _counted_before(draft: Draft, condition: Condition) -> Condition | None:
    before = [each for each in draft.conditions
              if each.idea.kind in ("count", "event") and each.idea.key != "users"
              and each.position < condition.position]  # fmt: skip
    return max(before, key=lambda each: each.position) if before else None
