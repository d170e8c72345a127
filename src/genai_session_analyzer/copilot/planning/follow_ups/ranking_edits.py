"""Changes to how a plan's rows are sorted: "top 10 only", "rank them by cost instead"."""

import re
from dataclasses import replace
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import field_name, measure_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea, Rank

HOWS = ("mean", "median", "p90", "p95", "p99", "min", "max", "total", "stddev")


def _ranking_measure(idea: Idea, plan: QueryPlan, catalogue: Catalogue) -> str | None:
    """The measure that ranks: one of the plan's own where it is about the same amount."""
    if idea.kind == "quantity" and idea.how is None:
        ways = (replace(idea, how=how) for how in HOWS)
        same = {measure_name(way, plan.entity, catalogue) for way in ways}
        shown = next((use.name for use in plan.measures if use.name in same), None)
        if shown:
            return shown
    return measure_name(idea, plan.entity, catalogue)


def _is_ranked(draft: Draft) -> bool:
    """`Rank them by cost instead` shows the cost; "sort by cost" adds it."""
    return bool(re.search(r"\b(?:rank\w*|instead|top|rather|same)\b", draft.tagged.text))


def ranking_changes(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> dict[str, Any]:
    """Return the changes of a plan's order and limit, and of its measures where one ranks.

    Raises:
        BindError: The rows cannot be sorted by what was named.
    """
    rank = draft.rank
    if rank is None and draft.sorts_by:
        return {"order": (_by_group(draft, plan, catalogue),)}
    if rank is None and draft.orders_ascending is None:
        return {}
    if rank is None:
        by = _sorted_by(plan)
        return {"order": (Order(by=by, descending=not draft.orders_ascending),)}
    if rank.by_time:
        return _first_rows(rank, plan)
    name = _ranking_measure(rank.idea, plan, catalogue) if rank.idea else None
    if rank.idea and name is None:
        raise BindError(f"{plan.entity} have no {rank.idea.key}")
    by = name or _sorted_by(plan)
    changes: dict[str, Any] = {"order": (Order(by=by, descending=rank.descending),)}
    if name and name not in {use.name for use in plan.measures}:
        also = () if _is_ranked(draft) else plan.measures
        changes["measures"] = (*also, MeasureUse(name=name))
    if rank.limit:
        changes["limit"] = rank.limit
    return changes


def _sorted_by(plan: QueryPlan) -> str:
    """What sorts the rows, else their first number.

    Raises:
        BindError: They are not sorted and have no number.
    """
    if plan.order:
        return plan.order[0].by
    if not plan.measures:
        raise BindError("the question before has no number to sort by")
    return plan.measures[0].name


def _by_group(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> Order:
    """`Sort it by region`, "in alphabetical order", "in chronological order"."""
    groups = (*plan.dimensions, *plan.columns)
    if draft.sorts_by == "by_name":
        by = next(iter(groups), None)
    elif draft.sorts_by == "by_time":
        by = plan.grain
    else:
        by = field_name(str(draft.sorts_by), plan.entity, catalogue)
    if by is None or by not in (*groups, plan.grain):
        raise BindError("sorting by what the question before does not show")
    return Order(by=by, descending=draft.sorts_descending)


def _first_rows(rank: Rank, plan: QueryPlan) -> dict[str, Any]:
    """`Only the first three`, of rows that are sorted."""
    if not plan.order or not rank.limit or rank.descending:
        raise BindError("sorting by time")
    return {"limit": rank.limit}


def order_by_new(plan: QueryPlan, changes: dict[str, Any]) -> dict[str, Any]:
    """`By latency instead` of the top ten by cost: they are sorted by what is shown now."""
    uses = changes.get("measures")
    if not uses or "order" in changes or not plan.order:
        return {}
    shown = {use.name for use in uses} | set(plan.dimensions) | {plan.grain}
    if all(each.by in shown for each in plan.order):
        return {}
    return {"order": (Order(by=uses[0].name, descending=plan.order[0].descending),)}
