"""The six numbers of the overview: over the days shown, by day, and against the period before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import ibis.expr.types as ir

from genai_session_analyzer.insights.periods import Comparison, Period, comparison
from genai_session_analyzer.insights.views import View
from genai_session_analyzer.schema.values import FAILURE_STATUSES
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS
from genai_session_analyzer.semantic.measures import Measure
from genai_session_analyzer.semantic.sessions import SESSIONS

HEADLINES: dict[str, Measure] = {
    "generations": LABELLED_GENERATIONS.measure("generation_count"),
    "users": LABELLED_GENERATIONS.measure("active_users"),
    "sessions": SESSIONS.measure("session_count"),
    "success_rate": LABELLED_GENERATIONS.measure("success_rate"),
    "friction": SESSIONS.measure("mean_friction_score"),
    "cost": LABELLED_GENERATIONS.measure("total_cost_credits"),
}
_BY_DAY = (
    "generation_count",
    "known_status_count",
    "success_count",
    *(f"{status}_count" for status in FAILURE_STATUSES),
    "total_cost_credits",
    "active_users",
)
_SESSIONS_BY_DAY = ("session_count", "scored_session_count", "total_friction_score")
DayRow = Mapping[str, Any]


@dataclass(frozen=True)
class Headline:
    """One of the six numbers.

    Attributes:
        value: Over the days shown; None where nothing is known.
        recent: Over the period the change is about.
        previous: Over the period before; None where there is none.
        by_day: One value per day shown, in order; None where nothing is known.
        n: Rows behind the value.
    """

    value: float | None
    recent: float | None
    previous: float | None
    by_day: tuple[float | None, ...]
    n: int


@dataclass(frozen=True)
class Overview:
    """The overview's data: what is compared, the numbers by name, one row per day without gaps."""

    compared: Comparison
    headlines: Mapping[str, Headline]
    days: tuple[DayRow, ...]


def overview(view: View) -> Overview | None:
    """Return the overview of what is in view, or None where the build has no generation.

    Rates are quotients of the days' sums, never means of daily rates; users are counted once
    however many days they came.
    """
    data = data_period(view)
    if data is None:
        return None
    compared = comparison(view.filters, data)
    reach = _reach(compared)
    wider = view.within(view.filters.replacing(first_day=reach.first, last_day=reach.last))
    rows = _rows_by_day(wider, reach)
    periods = [each for each in (compared.shown, compared.recent, compared.previous) if each]
    users = {period: _users(wider, period) for period in periods}
    shown = tuple(row for row in rows if compared.shown.covers(row["day"]))
    headlines = {name: _headline(name, compared, rows, users) for name in HEADLINES}
    return Overview(compared=compared, headlines=headlines, days=shown)


def data_period(view: View) -> Period | None:
    """Return the first to the last day of the build's generations; None where there is none."""
    first, last = view.all_days()
    return None if first is None or last is None else Period(first, last)


def _reach(compared: Comparison) -> Period:
    """All days that any of the periods needs."""
    periods = [each for each in (compared.shown, compared.recent, compared.previous) if each]
    return Period(min(each.first for each in periods), max(each.last for each in periods))


def _rows_by_day(view: View, reach: Period) -> list[dict[str, Any]]:
    """One row per day of `reach`; a day without rows has counts of 0."""
    generations = view.aggregate(("requested_date",), _BY_DAY)
    sessions = view.of_sessions(_sessions_by_day)
    by_day: dict[date, dict[str, Any]] = {}
    for name, table in (("requested_date", generations), ("session_date", sessions)):
        for row in table.to_pylist():
            by_day.setdefault(row[name], {}).update(row)
    nothing: dict[str, Any] = dict.fromkeys((*_BY_DAY, *_SESSIONS_BY_DAY), 0)
    days = [reach.first + timedelta(days=number) for number in range(reach.day_count)]
    return [nothing | by_day.get(day, {}) | {"day": day} for day in days]


def _sessions_by_day(sessions: ir.Table) -> ir.Table:
    return SESSIONS.aggregate(sessions, ("session_date",), _SESSIONS_BY_DAY)


def _users(view: View, period: Period) -> int:
    kept = view.filters.replacing(first_day=period.first, last_day=period.last)
    counted = view.within(kept).aggregate((), ("active_users",))
    count: int = counted["active_users"][0].as_py()
    return count


def _headline(
    name: str, compared: Comparison, rows: Iterable[DayRow], users: Mapping[Period, int]
) -> Headline:
    rows = list(rows)

    def over(period: Period | None) -> float | None:
        if period is None:
            return None
        if name == "users":
            return users[period]
        return summed(HEADLINES[name], [row for row in rows if period.covers(row["day"])])

    shown = [row for row in rows if compared.shown.covers(row["day"])]
    counted = "scored_session_count" if name == "friction" else "generation_count"
    return Headline(
        value=over(compared.shown),
        recent=over(compared.recent),
        previous=over(compared.previous),
        by_day=tuple(summed(HEADLINES[name], [row]) for row in shown),
        n=int(_total(shown, counted) or 0),
    )


def summed(measure: Measure, rows: Iterable[DayRow]) -> float | None:
    """Return a measure over several rows that hold it, or the two parts of the rate it is.

    None where the denominator is 0, and where no row knows a value.
    """
    rows = list(rows)
    if measure.numerator is None or measure.denominator is None:
        return _total(rows, measure.name)
    below = _total(rows, measure.denominator)
    above = _total(rows, measure.numerator)
    return above / below if below and above is not None else None


def _total(rows: Iterable[DayRow], name: str) -> float | None:
    known = [row[name] for row in rows if row[name] is not None]
    return sum(known) if known else None
