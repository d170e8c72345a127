"""How a plan's groups are sorted: always in full, so that a limit cuts the same rows each time."""

from collections.abc import Iterable, Iterator

from genai_session_analyzer.copilot.compiling.columns import dimension_names, measure_names
from genai_session_analyzer.copilot.compiling.groups import Groups
from genai_session_analyzer.copilot.compiling.periods import WEEKDAY_NUMBER
from genai_session_analyzer.copilot.plan import Order, QueryPlan

Sorted = tuple[str, bool]
"""A name of the result and whether it is sorted descending."""


def order_of(groups: Groups) -> tuple[Sorted, ...]:
    """Return the sort keys by name.

    Asked for, or: by time; for a limit by the first measure; else the first measure, descending.
    The groups' names come last.
    """
    plan = groups.plan
    wanted = [(_named(each, groups), each.descending) for each in plan.order] or _default(plan)
    rest = [(name, False) for name in groups.key_names]
    return tuple(_first_of_each((*wanted, *rest)))


def _first_of_each(keys: Iterable[Sorted]) -> Iterator[Sorted]:
    seen: set[str] = set()
    for name, descending in keys:
        if name not in seen:
            yield name, descending
        seen.add(name)


def _default(plan: QueryPlan) -> list[Sorted]:
    first = [(measure_names(plan.measures)[0], True)] if plan.measures else []
    if plan.limit_within:
        within = dict(zip(plan.dimensions, dimension_names(plan), strict=True))
        of_grain = plan.limit_within not in within and plan.grain is not None
        name = str(plan.grain) if of_grain else within[plan.limit_within]
        return [(name, False), *first]
    if plan.grain and plan.limit is None:
        return [(plan.grain, False)]
    return first


def _named(each: Order, groups: Groups) -> str:
    plan = groups.plan
    dimensions = dict(zip(plan.dimensions, dimension_names(plan), strict=True))
    if each.by in dimensions:
        return dimensions[each.by]
    names = measure_names(plan.measures)
    for use, name in zip(plan.measures, names, strict=True):
        if each.by == use.name and each.by not in names:
            return name
    return each.by


def order_sql(keys: tuple[Sorted, ...], weekday: str = WEEKDAY_NUMBER) -> tuple[str, ...]:
    """Return the text of ORDER BY; weekdays are sorted by `weekday`, Monday first."""
    return tuple(
        f"{weekday if name == 'weekday' else name}{' DESC' if descending else ''}"
        for name, descending in keys
    )
