"""What keeps a plan's groups from having a meaning: their conditions, limits and reductions."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling.finer_rows import is_finer
from genai_session_analyzer.copilot.plan import Having, QueryPlan

ADDABLE = ("count", "distinct", "total")
"""Kinds of measures of which several groups have a sum."""

LONGER_PERIODS = {
    "hour": ("day", "week", "month", "quarter", "year"),
    "day": ("week", "month", "quarter", "year"),
    "week": (),
    "month": ("quarter", "year"),
    "quarter": ("year",),
}
"""Of a grain, the periods that are made of whole ones of it."""

_HAVING = ("at_least", "above", "at_most", "below", "in", "not_in")


def group_problems(plan: QueryPlan, catalogue: Catalogue) -> Iterator[str]:
    """Yield, in one sentence each, what is wrong with how a plan groups and cuts its rows."""
    if any(each.operator not in _HAVING for each in plan.having):
        yield "A condition on groups compares with one number: at_least, above, at_most, below, in."
    for each in plan.having:
        if each.than_overall:
            yield from _overall_problems(plan, each, catalogue)
    yield from _limit_problems(plan)
    yield from _group_problems(plan)


def _overall_problems(plan: QueryPlan, each: Having, catalogue: Catalogue) -> Iterator[str]:
    name = each.measure.name
    along = each.measure.transform != "value"
    if catalogue.measure(plan.entity, name).kind in ADDABLE or along:
        yield f"{name} of all groups together is no bound for one of them; use a rate or a mean."
    if plan.comparison or each.operator in ("in", "not_in"):
        yield f"{name} is above or below that of all rows, in one time."
    if any(is_finer(catalogue, plan.entity, field) for field in plan.dimensions):
        yield f"{name} of all rows is no bound for groups that share rows."


def _limit_problems(plan: QueryPlan) -> Iterator[str]:
    if plan.skip and (plan.limit is None or plan.limit_within or plan.over_groups):
        yield "skip needs a limit, over all rows."
    if plan.limit_within is None:
        return
    if plan.limit is None:
        yield f"limit_within {plan.limit_within} needs a limit."
    if plan.columns:
        return
    longer = () if plan.dimensions else LONGER_PERIODS.get(str(plan.grain), ())
    if plan.limit_within not in (plan.grain, *plan.dimensions, *longer):
        yield f"limit_within {plan.limit_within} is not among the plan's dimensions."
    if not plan.measures:
        yield "limit_within needs a measure to sort by."


def _group_problems(plan: QueryPlan) -> Iterator[str]:
    is_grouped = bool(plan.dimensions or plan.grain)
    if plan.having and not is_grouped:
        yield "A condition on groups needs a dimension or a grain."
    if plan.over_groups and not is_grouped:
        yield f"over_groups {plan.over_groups} needs a dimension or a grain."
    if plan.over_by and plan.over_groups is None:
        yield "over_by needs over_groups."
    if not set(plan.over_by) <= set(plan.dimensions):
        yield f"over_by {', '.join(plan.over_by)} is not among the plan's dimensions."
    if plan.over_by and set(plan.over_by) == set(plan.dimensions) and not plan.grain:
        yield "over_by leaves no groups to put together: leave out over_groups."
    by = {each.by for each in plan.order} - {use.name for use in plan.measures[:1]}
    if plan.over_by and (by or plan.limit_within):
        yield "over_by is sorted by the first measure only, without limit_within."
    if plan.over_groups == "share":
        along = any(each.measure.transform not in ("value", "share_where") for each in plan.having)
        if not plan.having or along or plan.limit:
            yield "over_groups share needs having, of each group by itself, without a limit."
    if plan.over_groups not in (None, "count", "share") and not plan.measures:
        yield f"over_groups {plan.over_groups} needs a measure."
