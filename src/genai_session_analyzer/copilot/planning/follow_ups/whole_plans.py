"""Follow-ups about the whole of the plan before: "and overall?", "as a share", "vs January"."""

import re
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import field_name
from genai_session_analyzer.copilot.planning.binding.wider_entities import moved
from genai_session_analyzer.copilot.planning.drafts import Draft

_LEAD = r"\W*(?:(?:and|but|now|just|only|what about|how about|show|give me|the|for|over|in) )*"
_OVERALL = re.compile(
    rf"{_LEAD}(?:overall|total|in total|grand total|altogether|all together|in all)\W*$"
)
_ALL_TIME = re.compile(
    rf"{_LEAD}(?:all time|all[ -]time|(?:whole|entire|full) (?:period|time|range|data(?:set)?)"
    r"|all (?:the )?(?:data|dates|days|weeks|months|years|times)|(?:at )?any time|across all time"
    r"|(?:since|from) the (?:very )?(?:beginning|start)"
    r"|(?:regardless of|irrespective of|ignore|disregard) (?:the )?"
    r"(?:date|time|period|month|week|day)s?)\W*$"
)
_EVENTS = ("status", "feedback", "is_downloaded", "churned_after", "friction_band", "retry_count")


_MAY_BE_UNKNOWN = ("status", "churned_after", "is_downloaded")


def is_whole(text: str) -> bool:
    """Return whether a lower-case follow-up asks for all groups together, or for all time."""
    return bool(_OVERALL.match(text) or _ALL_TIME.match(text))


def asks_for_whole(text: str, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks for all groups of a plan; "total" of a mean is its sum."""
    has_groups = bool(plan.dimensions or plan.grain)
    return is_whole(text) and (has_groups or "total" not in text)


def whole(plan: QueryPlan, text: str) -> QueryPlan:
    """Return the plan without its groups, or without its time.

    Raises:
        BindError: It has none.
    """
    changes: dict[str, Any] = {"time": None, "comparison": None}
    if _OVERALL.match(text):
        if not (plan.dimensions or plan.grain) or plan.columns or plan.over_groups or plan.having:
            raise BindError("the question before has no groups")
        changes = {"dimensions": (), "grain": None, "order": (), "limit": None}
    return QueryPlan.model_validate(plan.model_dump() | changes | {"limit_within": None})


def as_part(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return how large a part of all rows those are that a plan without groups counts.

    Raises:
        BindError: It counts no part, or of several conditions it is not clear which makes it.
    """
    events = [each for each in plan.filters if each.field in _EVENTS]
    parts = events or list(plan.filters)
    if len(parts) != 1 or len(plan.measures) != 1 or plan.measures[0].transform != "value":
        raise BindError("a share of what was not said")
    return part_of(plan, parts[0], catalogue)


def shared_within(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return each group's part of what one of the groups makes: "share within each tier".

    Raises:
        BindError: The plan does not group by that, or by nothing else.
    """
    names = [field_name(name, plan.entity, catalogue) for name in draft.groups]
    names += [draft.tagged.times.grain] if draft.tagged.times.grain else []
    shown = {*plan.dimensions, plan.grain} - {None}
    if len(names) != 1 or names[0] not in shown or len(shown) < 2 or len(plan.measures) != 1:
        raise BindError("shares within what the question before does not group by")
    changes = {"transform": "share_of_total", "within": names[0]}
    use = plan.measures[0].model_copy(update=changes)
    return QueryPlan.model_validate(plan.model_dump() | {"measures": (use,)})


def part_of(plan: QueryPlan, part: PlanFilter, catalogue: Catalogue) -> QueryPlan:
    """Return how large a part of what a plan counts meets one condition."""
    known: tuple[PlanFilter, ...] = ()
    if catalogue.field(plan.entity, part.field).is_nullable and part.field in _MAY_BE_UNKNOWN:
        known = (PlanFilter(field=part.field, operator="is_known"),)
    rest = tuple(each for each in plan.filters if each is not part)
    use = MeasureUse(name=plan.measures[0].name, only=(part,), transform="share_where")
    return plan.model_copy(update={"measures": (use,), "filters": (*rest, *known)})


def active_then(plan: QueryPlan, time: TimeRange, catalogue: Catalogue) -> QueryPlan:
    """Return how many of the users of a plan generated something in a time.

    Raises:
        BindError: The plan does not count users, or generations do not have its conditions.
    """
    if [use.name for use in plan.measures] != ["user_count"] or plan.grain or plan.comparison:
        raise BindError("the question before does not count users")
    signup = plan.time or TimeRange()
    bounds = (("at_least", signup.start), ("below", signup.end))
    joined = [
        PlanFilter.model_validate(
            {"field": "users.signup_date", "operator": operator, "values": (at.date(),)}
        )
        for operator, at in bounds
        if at is not None
    ]
    start = moved(plan.model_copy(update={"time": None}), "generations", catalogue)
    changes = {"time": time, "filters": (*start.filters, *joined)}
    return QueryPlan.model_validate(start.model_dump() | changes)


def compared_with(plan: QueryPlan, other: TimeRange) -> dict[str, Any]:
    """Return the changes that set the plan's time against another one, the earlier one behind.

    Raises:
        BindError: The plan has no time of its own.
    """
    if plan.time is None or plan.time.start is None or other.start is None:
        raise BindError("the question before has no period to compare")
    later, earlier = sorted((plan.time, other), key=lambda each: str(each.start), reverse=True)
    return {"time": later, "comparison": earlier}
