"""What follows the groups where they are compared, ranked or put together."""

from dataclasses import replace

from genai_session_analyzer.copilot.compiling.columns import dimension_names, measure_names
from genai_session_analyzer.copilot.compiling.group_problems import LONGER_PERIODS
from genai_session_analyzer.copilot.compiling.group_shares import group_share
from genai_session_analyzer.copilot.compiling.groups import ALONG, Groups, compared
from genai_session_analyzer.copilot.compiling.ordering import order_of, order_sql
from genai_session_analyzer.copilot.compiling.periods import WEEKDAY_NUMBER
from genai_session_analyzer.copilot.compiling.rows import uses_of
from genai_session_analyzer.copilot.compiling.select_text import Item, Select, Statement
from genai_session_analyzer.copilot.plan import MeasureUse

_REDUCTIONS = {"mean": "AVG", "median": "MEDIAN", "min": "MIN", "max": "MAX", "sum": "SUM"}
_LONGEST_NAME = 40


def is_staged(groups: Groups) -> bool:
    """Return whether the plan needs more than one SELECT."""
    plan = groups.plan
    looks_along = any(use.transform in ALONG for use in uses_of(plan))
    return looks_along or bool(plan.comparison or plan.limit_within or plan.over_groups)


def staged(groups: Groups) -> Statement:
    """Return the statement: groups; their transforms; those kept; the first of each; one number."""
    if groups.plan.over_groups == "share":
        return group_share(groups)
    looks_along = any(use.transform in ALONG for use in uses_of(groups.plan))
    looks_along = looks_along and groups.plan.comparison is None
    late = looks_along or groups.plan.comparison is not None
    first = groups.select()
    if not late:
        first = replace(first, having=tuple(map(groups.having_sql, groups.plan.having)))
    name = f"per_{'_'.join(groups.key_names)}" if groups.key_names else "totals"
    name = name if len(name) <= _LONGEST_NAME else "per_group"
    having = _late_having(groups) if late else ()
    select = Select(items=_shown(groups), source=name)
    select = replace(select, qualify=having) if looks_along else replace(select, where=having)
    statement = Statement((), first).then(name, select)
    if groups.plan.limit_within:
        statement = _limited_within(groups, statement)
    return _ended(groups, statement)


def _shown(groups: Groups) -> tuple[Item, ...]:
    keys = tuple(Item(name, name) for name in groups.key_names)
    plan = groups.plan
    named = list(zip(measure_names(plan.measures), plan.measures, strict=True))
    if plan.comparison is None:
        return (*keys, *(Item(_along(groups, use), name) for name, use in named))
    items = []
    for name, use in named:
        base = groups.name_of(use)
        if use.transform in ("change", "relative_change"):
            items.append(Item(_against_before(base, use), name))
            continue
        items += [Item(base, name), Item(f"{base}_before", f"{name}_before")]
        items.append(Item(f"{base} - {base}_before", f"{name}_change"))
    return (*keys, *items)


def _against_before(base: str, use: MeasureUse) -> str:
    """What changed between the two times, or by what part of the earlier one."""
    if use.transform == "change":
        return f"{base} - {base}_before"
    return f"{base} / NULLIF({base}_before, 0) - 1"


def _along(groups: Groups, use: MeasureUse) -> str:
    """A measure after its transform, over the groups' columns."""
    value = groups.name_of(use)
    if use.transform not in ALONG:
        return value
    if use.transform == "share_of_total":
        return f"{value} / NULLIF(SUM({value}) OVER ({_whole(groups, use)}), 0)"
    window = _window(groups)
    if use.transform == "running_total":
        return f"SUM({value}) OVER ({window})"
    if use.transform == "moving_average_7":
        return f"AVG({value}) OVER ({window} ROWS BETWEEN 6 PRECEDING AND CURRENT ROW)"
    before = f"LAG({value}) OVER ({window})"
    if use.transform == "change":
        return f"{value} - {before}"
    return f"{value} / NULLIF({before}, 0) - 1"


def _whole(groups: Groups, use: MeasureUse) -> str:
    """The groups that a share is of: all, or those with the same value of one dimension."""
    if use.within is None:
        return ""
    names = dict(zip(groups.plan.dimensions, dimension_names(groups.plan), strict=True))
    return f"PARTITION BY {names.get(use.within, use.within)}"


def _window(groups: Groups) -> str:
    """In the order of time, each combination of dimensions by itself."""
    time = WEEKDAY_NUMBER if groups.plan.grain == "weekday" else groups.plan.grain
    dimensions = dimension_names(groups.plan)
    parts = f"PARTITION BY {', '.join(dimensions)} " if dimensions else ""
    return f"{parts}ORDER BY {time}"


def _late_having(groups: Groups) -> tuple[str, ...]:
    return tuple(compared(_along(groups, each.measure), each) for each in groups.plan.having)


def _limited_within(groups: Groups, statement: Statement) -> Statement:
    """Keep the first rows within each value of a dimension."""
    plan = groups.plan
    within = dict(zip(plan.dimensions, dimension_names(plan), strict=True))
    name = within.get(str(plan.limit_within), str(plan.limit_within))
    first = name
    if name in LONGER_PERIODS.get(str(plan.grain), ()):
        name, first = f"DATE_TRUNC('{name}', {plan.grain})", str(plan.grain)
    keys = tuple(key for key in order_of(groups) if key[0] != first)
    keys = keys if first == name else (*keys, (first, False))
    order = ", ".join(order_sql(keys))
    rank = f"ROW_NUMBER() OVER (PARTITION BY {name} ORDER BY {order}) <= {plan.limit}"
    if not (statement.last.qualify or statement.last.where):
        return Statement(statement.named, replace(statement.last, qualify=(rank,)))
    items = tuple(Item(item.name, item.name) for item in statement.last.items)
    return statement.then("kept", Select(items=items, source="kept", qualify=(rank,)))


def _ended(groups: Groups, statement: Statement) -> Statement:
    plan = groups.plan
    limit = None if plan.limit_within or plan.over_by else plan.limit
    is_sorted = plan.over_groups is None or limit is not None
    order = order_sql(order_of(groups)) if is_sorted else ()
    statement = Statement(
        statement.named, replace(statement.last, order_by=order, limit=limit, skip=plan.skip)
    )
    if plan.over_groups is None:
        return statement
    if plan.over_groups == "count":
        items: tuple[Item, ...] = (Item("COUNT(*)", "group_count"),)
    else:
        function = _REDUCTIONS[plan.over_groups]
        names = measure_names(plan.measures)
        items = tuple(Item(f"{function}({name})", f"{plan.over_groups}_{name}") for name in names)
    return _reduced(statement, _put_together(groups, items))


def _put_together(groups: Groups, reduced: tuple[Item, ...]) -> Select:
    """The SELECT over the groups: one row, or one for each combination of `over_by`."""
    plan = groups.plan
    names = dict(zip(plan.dimensions, dimension_names(plan), strict=True))
    kept = tuple(names[field] for field in plan.over_by)
    direction = "" if plan.order and not plan.order[0].descending else " DESC"
    order = (f"{reduced[0].name}{direction}", *kept) if kept else ()
    items = (*(Item(name, name) for name in kept), *reduced)
    return Select(items=items, source="kept", group_by=kept, order_by=order,
                  limit=plan.limit if kept else None)  # fmt: skip


def _reduced(statement: Statement, select: Select) -> Statement:
    """Put the groups together; a SELECT that only repeats the one before is left out."""
    last = statement.last
    is_plain = all(item.sql == item.name for item in last.items)
    if is_plain and not (last.where or last.qualify or last.limit):
        name, groups = statement.named[-1]
        return Statement(statement.named[:-1], groups).then(name, select)
    return statement.then("kept", select)
