"""How a plan's rows are sorted and cut, and lists of rows."""

from genai_session_analyzer.copilot.plan import Order, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.naming import KEYS
from genai_session_analyzer.copilot.planning.binding.period_winners import (
    first_of_each_period,
    ranked_within_periods,
)
from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import more_is_better

_SIZE = ("width", "height")


def ranked(binder: Binder, plan: QueryPlan) -> QueryPlan:
    """Return the plan with what comes first, and how many rows.

    Raises:
        BindError: There is nothing to rank, or nothing to rank it by.
    """
    draft = binder.draft
    rank = draft.rank
    if rank is None and draft.tagged.times.within:
        raise BindError(f"two periods, {plan.grain} and {draft.tagged.times.within}")
    if rank is None:
        return _sorted(binder, plan)
    if rank.by_time or not (plan.dimensions or plan.grain):
        raise BindError("what is to be ranked was not said")
    if plan.over_groups and plan.over_by:
        order = (Order(by=plan.measures[0].name, descending=rank.descending),)
        return plan.model_copy(update={"order": order, "limit": rank.limit})
    by = (
        binder.measure(rank.idea) if rank.idea else (plan.measures[0].name if plan.measures else "")
    )
    if not by:
        raise BindError("what to rank by was not said")
    if plan.comparison:
        by = _changed_name(plan, by)
    order = (Order(by=by, descending=rank.descending),)
    if plan.grain and plan.dimensions:
        return ranked_within_periods(draft, plan, order)
    if draft.tagged.times.within:
        return first_of_each_period(draft, plan, order)
    limit = 1 if draft.skip else rank.limit
    is_two = len(plan.dimensions) - _is_by_size(plan) == 2
    within = plan.dimensions[0] if is_two and rank.limit else None
    if within and (draft.ranked_group or draft.subject) and draft.group_at < NO_PLACE:
        return _ranked_within(binder, plan, order, rank.limit)
    return QueryPlan.model_validate(
        plan.model_dump()
        | {"order": order, "limit": limit, "skip": draft.skip}
        | {"filters": (*plan.filters, *_of_clusters(plan, limit))}
    )


def _is_by_size(plan: QueryPlan) -> bool:
    """Whether width and height are one group: the size."""
    return set(_SIZE) <= set(plan.dimensions)


def _of_clusters(plan: QueryPlan, limit: int | None) -> tuple[PlanFilter, ...]:
    """The first of ranked clusters are clusters: prompts that are in none have no place."""
    ranked = [each for each in plan.dimensions if each.endswith(("cluster_title", "cluster_id"))]
    return tuple(PlanFilter(field=each, operator="is_known") for each in ranked if limit)


def _sorted(binder: Binder, plan: QueryPlan) -> QueryPlan:
    """All rows in the order that was asked for."""
    draft = binder.draft
    if draft.sorts_by:
        return plan.model_copy(update={"order": ordered_by_name(binder, plan)})
    if draft.orders_ascending is None and draft.orders_best is None:
        return plan
    if not plan.measures:
        return plan
    if not (plan.dimensions or plan.grain):
        raise BindError("what is to be sorted was not said")
    order = (Order(by=plan.measures[0].name, descending=_is_descending(draft)),)
    return plan.model_copy(update={"order": order})


def _changed_name(plan: QueryPlan, by: str) -> str:
    """Of a change between two times that is shown alone, what it is called."""
    use = plan.measures[0]
    return by if use.transform == "value" or use.name != by else f"{by}_{use.transform}"


def ordered_by_name(binder: Binder, plan: QueryPlan) -> tuple[Order, ...]:
    """`In alphabetical order`, "sorted by region"; "chronological" is the order of periods."""
    draft = binder.draft
    wanted = str(draft.sorts_by)
    if wanted == "by_time":
        if not (plan.grain or plan.columns):
            raise BindError("what is to be sorted by time was not said")
        by = plan.grain or binder.catalogue.entity(binder.entity).time_field
    elif wanted == "by_name":
        by = next(iter((*plan.dimensions, *plan.columns)), "")
    else:
        by = binder.field(wanted)
    if not plan.columns and by not in (plan.grain, *plan.dimensions):
        raise BindError("what is to be sorted was not said")
    return (Order(by=by, descending=draft.sorts_descending),)


def _is_descending(draft: Draft) -> bool:
    """`Best first` is the highest success rate, but the lowest latency."""
    if draft.orders_best is None or not draft.ideas:
        return not draft.orders_ascending
    return draft.orders_best == more_is_better(draft.ideas[0])


def _ranked_within(
    binder: Binder, plan: QueryPlan, order: tuple[Order, ...], limit: int | None
) -> QueryPlan:
    """`The top 3 styles of each region`: the group asked for by name is not the one ranked."""
    ranked, *others = plan.dimensions
    if _is_by_size(plan):
        others = [each for each in plan.dimensions if each not in _SIZE]
        dimensions = {"dimensions": (*others, *_SIZE), "order": order}
        rest = {"limit": limit, "limit_within": others[0]}
        return QueryPlan.model_validate(plan.model_dump() | dimensions | rest)
    if binder.draft.subject and KEYS[binder.draft.subject] == plan.dimensions[-1]:
        others, ranked = [plan.dimensions[0]], plan.dimensions[-1]
    return QueryPlan.model_validate(
        plan.model_dump()
        | {
            "dimensions": (*others, ranked),
            "order": order,
            "limit": limit,
            "limit_within": others[0],
        }
    )
