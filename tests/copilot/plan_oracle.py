"""Plans over flat rows answered in plain Python, row by row: a second, dumber calculation."""

import math
from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from plan_world import Record, World

from genai_session_analyzer.copilot.compiling import output_columns
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan, TimeRange

Rows = list[Record]


def known(rows: Rows, column: str) -> list[Any]:
    return [row[column] for row in rows if row[column] is not None]


def ratio(top: float | None, bottom: float | None) -> float | None:
    return top / bottom if top is not None and bottom else None


def added(values: list[Any]) -> Any:
    return sum(values) if values else None


def quantile(values: list[Any], share: float) -> float | None:
    if not values:
        return None
    ordered = sorted(values)
    place = share * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return float(ordered[low] + (ordered[high] - ordered[low]) * (place - low))


MEASURES: dict[str, Callable[[Rows], Any]] = {
    "generation_count": len,
    "failure_count": lambda r: sum(1 for s in known(r, "status") if s != "success"),
    "success_rate": lambda r: ratio(known(r, "status").count("success"), len(known(r, "status"))),
    "mean_latency_ms": lambda r: ratio(added(known(r, "latency_ms")), len(known(r, "latency_ms"))),
    "median_latency_ms": lambda r: quantile(known(r, "latency_ms"), 0.5),
    "p99_latency_ms": lambda r: quantile(known(r, "latency_ms"), 0.99),
    "max_latency_ms": lambda r: max(known(r, "latency_ms"), default=None),
    "total_cost_credits": lambda r: added(known(r, "cost_credits")),
    "active_users": lambda r: len(set(known(r, "user_id"))),
    "distinct_model_version": lambda r: len(set(known(r, "model_version"))),
}

TESTS: dict[str, Callable[[Any, Sequence[Any]], bool]] = {
    "in": lambda v, given: v in given,
    "not_in": lambda v, given: v not in given,
    "at_least": lambda v, given: v >= given[0],
    "above": lambda v, given: v > given[0],
    "at_most": lambda v, given: v <= given[0],
    "below": lambda v, given: v < given[0],
    "contains": lambda v, given: str(given[0]).lower() in v.lower(),
}


def passes(row: Record, each: PlanFilter) -> bool:
    value = row[each.field]
    if each.operator in ("is_known", "is_unknown"):
        return (value is None) == (each.operator == "is_unknown")
    return value is not None and TESTS[each.operator](value, each.values)


def within(row: Record, time: TimeRange | None) -> bool:
    if time is None:
        return True
    moment = row["requested_at"]
    after = time.start is None or moment >= time.start
    return after and (time.end is None or moment < time.end)


def period(moment: datetime, grain: str) -> Any:
    day = moment.date()
    return {
        "hour": moment.replace(minute=0, second=0, microsecond=0),
        "day": day,
        "week": day - timedelta(days=day.weekday()),
        "month": day.replace(day=1),
        "quarter": date(day.year, 3 * ((day.month - 1) // 3) + 1, 1),
        "year": date(day.year, 1, 1),
        "weekday": f"{day:%A}",
        "hour_of_day": moment.hour,
    }[grain]


WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def along(key: Any) -> Any:
    return WEEK.index(key) if key in WEEK else key


def measure(rows: Rows, use: MeasureUse) -> Any:
    part = MEASURES[use.name]([row for row in rows if all(passes(row, f) for f in use.only)])
    if use.transform == "share_where":
        return ratio(part, MEASURES[use.name](rows))
    return part


def answer(plan: QueryPlan, world: World) -> list[tuple[Any, ...]]:
    """The rows of a plan over generations, in order."""
    kept = [row for row in world.generations if all(passes(row, f) for f in plan.filters)]
    groups = grouped(plan, kept)
    table = [key_and_values(plan, key, groups) for key in groups]
    table = [row for row in table if has(plan, row[0], groups)]
    names = [column.name for column in output_columns(plan, world.catalogue)]
    rows = ordered(plan, [key + values for key, values in table], names)
    return rows[: plan.limit]


def grouped(plan: QueryPlan, kept: Rows) -> dict[tuple[Any, ...], Rows]:
    groups: dict[tuple[Any, ...], Rows] = {}
    for row in kept:
        if within(row, plan.time) or (plan.comparison and within(row, plan.comparison)):
            grain = (period(row["requested_at"], plan.grain),) if plan.grain else ()
            key = (*grain, *(row[name] for name in plan.dimensions))
            groups.setdefault(key, []).append(row)
    return groups or ({} if plan.dimensions or plan.grain else {(): []})


def key_and_values(plan: QueryPlan, key: Any, groups: Any) -> Any:
    if plan.comparison is None:
        return key, tuple(transformed(plan, use, key, groups) for use in plan.measures)
    values: list[Any] = []
    for use in plan.measures:
        now, before = (
            measure([row for row in groups[key] if within(row, time)], use)
            for time in (plan.time, plan.comparison)
        )
        change = None if now is None or before is None else now - before
        values += [now, before, change]
    return key, tuple(values)


def transformed(plan: QueryPlan, use: MeasureUse, key: Any, groups: Any) -> Any:
    value = measure(groups[key], use)
    if use.transform in ("value", "share_where"):
        return value
    if use.transform == "share_of_total":
        total = added(
            [v for v in (measure(rows, use) for rows in groups.values()) if v is not None]
        )
        return ratio(value, total)
    alike = sorted((k for k in groups if k[1:] == key[1:]), key=lambda k: along(k[0]))
    series = [measure(groups[each], use) for each in alike][: alike.index(key) + 1]
    if use.transform == "running_total":
        return added([v for v in series if v is not None])
    if use.transform == "moving_average_7":
        last = [v for v in series[-7:] if v is not None]
        return ratio(added(last), len(last))
    before = series[-2] if len(series) > 1 else None
    if value is None or before is None:
        return None
    return (
        value - before
        if use.transform == "change"
        else (ratio(value, before) or 0) - 1
        if before
        else None
    )


def has(plan: QueryPlan, key: Any, groups: Any) -> bool:
    for each in plan.having:
        now = {key: [row for row in groups[key] if within(row, plan.time)] for key in groups}
        value = transformed(plan, each.measure, key, now)
        if value is None or not TESTS[each.operator](value, (each.value,)):
            return False
    return True


def ordered(plan: QueryPlan, rows: list[Any], names: list[str]) -> list[Any]:
    """Sorted by the last key first; nulls last either way."""
    keys = [plan.grain] if plan.grain else []
    keys = [*keys, *(name.rpartition(".")[2] for name in plan.dimensions)]
    first = names[len(keys)]
    if plan.order:
        wanted = [(names.index(each.by), each.descending) for each in plan.order]
    elif plan.grain and plan.limit is None:
        wanted = [(0, False)]
    else:
        wanted = [(names.index(first), True)]
    for place, descending in reversed([*wanted, *((names.index(key), False) for key in keys)]):
        some = [row for row in rows if row[place] is not None]
        none = [row for row in rows if row[place] is None]
        some.sort(key=lambda row, place=place: along(row[place]), reverse=descending)
        rows = some + none
    return rows
