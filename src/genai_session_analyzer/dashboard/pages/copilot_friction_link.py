"""The page Friction with the filters of a plan, where it has controls for all of them."""

from datetime import date, datetime, timedelta
from typing import Any

from pydantic import ValidationError

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.semantic.view_filters import DIMENSION_KEYS, ViewFilters

FRICTION_PATH = "/friction"
UNKNOWN = "unknown"


def friction_link(plan: QueryPlan | None) -> str | None:
    """Return the address of the page Friction as filtered by a plan.

    None where the page cannot show the same rows: a filter or part of a day has no control there,
    or the plan is about users or prompts.
    """
    if plan is None or plan.entity not in ("generations", "sessions"):
        return None
    fields: dict[str, Any] = {}
    for each in plan.filters:
        values = _values(each)
        if values is None or each.field in fields:
            return None
        fields[each.field] = values
    days = _days(plan.time)
    if days is None:
        return None
    try:
        filters = ViewFilters.model_validate(fields | days)
    except ValidationError:
        return None
    same = ViewFilters.from_query(filters.to_query()) == filters
    return f"{FRICTION_PATH}{filters.to_query()}" if same else None


def _values(each: PlanFilter) -> tuple[object, ...] | None:
    """The values a filter of the page would have; None where it has no such filter."""
    if each.negated or each.field not in DIMENSION_KEYS.values():
        return None
    if each.operator == "is_unknown":
        return (UNKNOWN,)
    return each.values if each.operator == "in" else None


def _days(time: TimeRange | None) -> dict[str, date] | None:
    """The first and the last day of a range of whole days; None where it is none."""
    if time is None:
        return {}
    found: dict[str, date] = {}
    for name, moment in (("first_day", time.start), ("last_day", time.end)):
        if moment is None:
            continue
        if not _is_midnight(moment):
            return None
        found[name] = moment.date()
    if "last_day" in found:
        found["last_day"] -= timedelta(days=1)
    return found


def _is_midnight(moment: datetime) -> bool:
    return moment.time().replace(tzinfo=None) == datetime.min.time()
