"""Changes to a plan's times: "what about January", "the week before", "vs last month"."""

import re
from typing import Any

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import compared_with
from genai_session_analyzer.copilot.planning.times.calendar_periods import Period

_LEFT_OUT = re.compile(
    r"\b(?:drop|remove|exclud\w+|without|except|leave|ignore|hide|skip|minus|other than|not)\b"
)

_COMPARES = re.compile(r"\b(?:compar|vs|versus|against|than|differ|chang|next to|beside)")
_PREVIOUS = re.compile(
    r"\b(?:previous|preceding|prior) (?:day|week|month|quarter|year|\d+ (?:days|weeks|months))\b"
)


def changed_times(draft: Draft, plan: QueryPlan) -> dict[str, Any]:
    """Return the changes of the plan's times.

    Raises:
        BindError: The plan has no time to go back from, or to compare with.
    """
    times = draft.tagged.times
    changes: dict[str, Any] = {}
    if times.is_earlier and plan.grain and plan.time is None:
        return _changed_since_before(draft, plan)
    if times.is_earlier or _is_period_before(draft, plan):
        return _earlier(draft, plan)
    if times.range and _LEFT_OUT.search(draft.tagged.text) and not draft.keeps:
        if plan.time is None or plan.time.start != times.range.start:
            raise BindError("leaving out a time: name the time to keep")
        return {"time": None, "comparison": None}
    if plan.entity == "users" and times.range and not draft.signup and _is_lifetime(plan):
        raise BindError("totals over the users' lifetime in one period")
    if draft.signup and plan.entity == "users":
        changes["time"] = draft.signup
    compares = draft.sentence.has("G") or (draft.sentence.has("x") and plan.time is not None)
    if times.range and not times.comparison and compares and not draft.groups:
        return compared_with(plan, times.range)
    if times.range:
        changes["time"] = times.range
        changes["comparison"] = times.comparison
    return changes


def _changed_since_before(draft: Draft, plan: QueryPlan) -> dict[str, Any]:
    """`The difference to the month before`, of a question by month."""
    said = re.search(r"\b(hour|day|week|month|quarter|year)s?\b", draft.tagged.text)
    if not _COMPARES.search(draft.tagged.text) or said is None or said[1] != plan.grain:
        raise BindError("the question before has no period")
    uses = (use.model_copy(update={"transform": "change"}) for use in plan.measures)
    return {"measures": tuple(uses)}


def _is_lifetime(plan: QueryPlan) -> bool:
    """Whether a plan over users adds up what they did: its time is when they signed up."""
    return not plan.time and any(use.name != "user_count" for use in plan.measures)


def _is_period_before(draft: Draft, plan: QueryPlan) -> bool:
    """`The previous week`, of a question about a week: the one before that."""
    said, before = draft.tagged.times.range, plan.time
    if not _PREVIOUS.search(draft.tagged.text) or before is None or said is None:
        return False
    if before.start is None or before.end is None or said.start is None or said.end is None:
        return False
    longer = (before.end - before.start) - (said.end - said.start)
    return abs(longer.days) < 4


def _earlier(draft: Draft, plan: QueryPlan) -> dict[str, Any]:
    """`The week before`, or "compared with the week before", of the time asked about before."""
    if plan.time is None or plan.time.start is None or plan.time.end is None:
        raise BindError("the question before has no period")
    period = Period.between(plan.time.start.date(), plan.time.end.date()).earlier()
    found = period.as_range("the period before")
    is_compared = _COMPARES.search(draft.tagged.text)
    return {"comparison": found} if is_compared else {"time": found, "comparison": None}
