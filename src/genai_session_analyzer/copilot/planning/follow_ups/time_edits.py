"""Changes to a plan's times: "what about January", "the week before", "vs last month"."""

import re
from typing import Any

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bound_filters import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import compared_with
from genai_session_analyzer.copilot.planning.times.calendar_periods import Period

_LEFT_OUT = re.compile(
    r"\b(?:drop|remove|exclud\w+|without|except|leave|ignore|hide|skip|minus|other than|not)\b"
)


def changed_times(draft: Draft, plan: QueryPlan) -> dict[str, Any]:
    """Return the changes of the plan's times.

    Raises:
        BindError: The plan has no time to go back from, or to compare with.
    """
    times = draft.tagged.times
    changes: dict[str, Any] = {}
    if times.is_earlier:
        return _earlier(draft, plan)
    if times.range and _LEFT_OUT.search(draft.tagged.text) and not draft.keeps:
        if plan.time is None or plan.time.start != times.range.start:
            raise BindError("leaving out a time: name the time to keep")
        return {"time": None, "comparison": None}
    if draft.signup and plan.entity == "users":
        changes["time"] = draft.signup
    compares = draft.sentence.has("G") or (draft.sentence.has("x") and plan.time is not None)
    if times.range and not times.comparison and compares and not draft.groups:
        return compared_with(plan, times.range)
    if times.range:
        changes["time"] = times.range
        changes["comparison"] = times.comparison
    return changes


def _earlier(draft: Draft, plan: QueryPlan) -> dict[str, Any]:
    """`The week before`, or "compared with the week before", of the time asked about before."""
    if plan.time is None or plan.time.start is None or plan.time.end is None:
        raise BindError("the question before has no period")
    period = Period.between(plan.time.start.date(), plan.time.end.date()).earlier()
    found = period.as_range("the period before")
    is_compared = re.search(r"\b(?:compar|vs|versus|against|than|differ|chang)", draft.tagged.text)
    return {"comparison": found} if is_compared else {"time": found, "comparison": None}
