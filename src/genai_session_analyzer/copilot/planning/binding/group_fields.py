"""The fields and periods that a plan groups by."""

import re

from genai_session_analyzer.copilot.plan import (
    Grain,
    Order,
    QueryPlan,
    Reduction,
)
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.naming import KEYS
from genai_session_analyzer.copilot.planning.drafts import Draft

CYCLES: dict[Grain, Grain] = {"weekday": "day", "hour_of_day": "hour"}
"""What is put together where an average by a period that comes again is asked for."""
_PER_HOUR = re.compile(r"\b(?:per|each|every) (?:single )?hour\b(?! of)")
_COHORTS = ("first_generation_week", "first_generation_month", "last_generation_week",
            "last_generation_month")  # fmt: skip
_SIGNUP_GRAINS: dict[str, Grain] = {
    "signup_month": "month", "signup_quarter": "quarter", "signup_year": "year",
}  # fmt: skip


def grain_of(draft: Draft, over: Reduction | None) -> Grain | None:
    """Return the periods to group by; "per hour" on average is each hour, not the hours of a day.

    Args:
        draft: The question.
        over: How numbers of groups are put together; None where they are not.
    """
    grain = draft.tagged.times.grain
    is_put_together = over not in (None, "count")
    if is_put_together and grain == "hour_of_day" and _PER_HOUR.search(draft.tagged.text):
        return "hour"
    return grain


def bound_groups(binder: Binder) -> tuple[str, ...]:
    """Return the fields to group by, as the plan's entity calls them.

    Raises:
        BindError: The entity has no such field, or nobody groups by it.
    """
    names: list[str] = []
    for name in binder.draft.groups:
        if name in KEYS:
            names.append(KEYS[name])
        elif name == "image_size":
            names += ["width", "height"]
        else:
            names.append(name)
    if binder.draft.subject and (binder.draft.rank or not binder.draft.ideas):
        names.append(KEYS[binder.draft.subject])
    if binder.draft.tagged.times.is_split:
        names.append("week_part")
    fields = tuple(dict.fromkeys(binder.field(name) for name in names))
    if any(name.endswith("generation_id") for name in fields):
        raise BindError("a number for each generation")
    if any(name.endswith(("first_generation_at", "last_generation_at")) for name in fields):
        raise BindError("a number for each moment")
    if binder.draft.tagged.times.grain and "cohort_week" in fields:
        raise BindError("a signup week and a period of time at once")
    return fields


def by_signup_period(binder: Binder, plan: QueryPlan) -> QueryPlan:
    """Return the plan with its periods of signup in order; of users they are its own periods."""
    signup = [name for name in plan.dimensions if name.rpartition(".")[2] in _SIGNUP_GRAINS]
    cohorts = [name for name in plan.dimensions if name.rpartition(".")[2] in _COHORTS]
    if cohorts and not (signup or binder.draft.rank or plan.over_groups) and plan.measures:
        return plan.model_copy(update={"order": (Order(by=cohorts[0], descending=False),)})
    if not signup:
        return plan
    if plan.entity == "users" and plan.grain is None and plan.over_groups is None:
        rest = tuple(name for name in plan.dimensions if name != signup[0])
        return plan.model_copy(update={"grain": _SIGNUP_GRAINS[signup[0]], "dimensions": rest})
    if binder.draft.rank or not plan.measures or plan.over_groups:
        return plan
    return plan.model_copy(update={"order": (Order(by=signup[0], descending=False),)})
