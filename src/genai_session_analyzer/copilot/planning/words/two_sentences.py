"""Questions whose second sentence says the first once more: "... most? Show the number"."""

import re

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan

_SECOND = re.compile(
    r"(?<=[?.!;])\s+(?=(?:please |and |also )*(?:show|give|list|return|report|display|include"
    r"|provide|i (?:want|need))\b)",
    re.IGNORECASE,
)


def sentences_of(text: str) -> tuple[str, str] | None:
    """Return a question and the order that follows it; None where there are not just these two."""
    parts = [part for part in _SECOND.split(text.strip()) if part.strip()]
    return (parts[0], parts[1]) if len(parts) == 2 else None


def merged(first: QueryPlan, second: QueryPlan) -> QueryPlan | None:
    """Return what both plans say together; None where they are about different things.

    The second shows all that the first is about, and more: its rows are not cut to the first one.
    """
    if not second.measures or first.columns or first.entity != second.entity:
        return None
    grouped = set(first.dimensions) <= set(second.dimensions)
    if not grouped or not (second.dimensions or second.grain):
        return None
    if first.grain not in (None, second.grain) or _differ(first, second):
        return None
    filters = (*second.filters, *(each for each in first.filters if each not in second.filters))
    if len({each.field for each in filters}) < len(filters):
        return None
    shown = {use.name for use in second.measures} | set(second.dimensions)
    ordered = second.order or tuple(each for each in first.order if each.by in shown)
    limit = second.limit or (first.limit if first.limit and first.limit > 1 else None)
    changes = {"filters": filters, "time": second.time or first.time, "having": first.having,
               "order": ordered, "limit": limit if ordered else None}  # fmt: skip
    return QueryPlan.model_validate(second.model_dump() | changes)


def says_twice(filters: tuple[PlanFilter, ...]) -> bool:
    """Return whether one condition was read twice, as from a sentence that repeats another."""
    return len(set(filters)) < len(filters)


def _differ(first: QueryPlan, second: QueryPlan) -> bool:
    """Whether the second one sets a time, bound or comparison against one of the first."""
    times = first.time and second.time and first.time != second.time
    bounds = second.having and second.having != first.having
    special = (first.over_groups, first.comparison, first.limit_within, first.skip)
    return bool(times or bounds or any(special) or second.over_groups or second.comparison)
