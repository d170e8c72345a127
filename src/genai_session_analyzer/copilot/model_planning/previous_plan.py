"""What a plan that a question changes keeps on offer; nothing without one."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.model_planning.cues import Cue
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan


def measures_of(plan: QueryPlan | None) -> tuple[str, ...]:
    """Return the names of the plan's measures."""
    return tuple(each.name for each in plan.measures) if plan else ()


def fields_of(plan: QueryPlan | None) -> tuple[str, ...]:
    """Return the fields it groups by, lists and filters by."""
    if plan is None:
        return ()
    filtered = (each.field for each in all_filters(plan))
    return (*plan.dimensions, *plan.columns, *filtered)


def all_filters(plan: QueryPlan) -> tuple[PlanFilter, ...]:
    """Return the filters of the plan and those of its measures alone."""
    return (*plan.filters, *(each for measure in plan.measures for each in measure.only))


def numbers_of(plan: QueryPlan | None) -> Iterator[float]:
    """Yield every number of the plan: of conditions, filters and its limit."""
    if plan is None:
        return
    yield from (each.value for each in plan.having)
    for filtered in all_filters(plan):
        yield from (float(each) for each in filtered.values if isinstance(each, int | float))
    if plan.limit:
        yield float(plan.limit)


def cues_of(plan: QueryPlan | None) -> frozenset[Cue]:
    """Return what the plan does beside showing measures by fields."""
    if plan is None:
        return frozenset()
    transforms = {each.transform for each in plan.measures}
    held: dict[Cue, object] = {
        "share": transforms & {"share_of_total", "share_where"},
        "running": "running_total" in transforms,
        "moving": "moving_average_7" in transforms,
        "change": transforms & {"change", "relative_change"},
        "rank": plan.order or plan.limit,
        "threshold": plan.having,
        "reduce": plan.over_groups,
        "period": plan.grain,
        "group": plan.dimensions,
        "list": plan.columns,
    }
    return frozenset(cue for cue, holds in held.items() if holds)
