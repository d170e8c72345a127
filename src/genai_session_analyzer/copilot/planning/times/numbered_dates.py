"""Days and weeks in numbers: "14.02.2024", "02/14/2024", "week 8", and thirds of a month."""

import re
from datetime import date, timedelta

from genai_session_analyzer.copilot.planning.times.calendar_periods import ONE_DAY, Period

_THIRDS = {"early": (1, 10), "mid": (11, 20), "late": (21, 31)}


def dotted(match: re.Match[str], _: object = None) -> Period | None:
    """Return the day of "14.02.2024" or "2024/02/14"; None where there is no such day."""
    return _only_day(match["year"], [(match["month"], match["day"])])


def slashed(match: re.Match[str], _: object = None) -> Period | None:
    """Return the day of "02/14/2024": only where the other order is no date, or the same one."""
    one, two = match["one"], match["two"]
    return _only_day(match["year"], [(one, two), (two, one)])


def _only_day(year: str, orders: list[tuple[str, str]]) -> Period | None:
    days: set[date] = set()
    for month, day in orders:
        try:
            days.add(date(int(year), int(month), int(day)))
        except ValueError:
            continue
    return Period.of(days.pop(), "day") if len(days) == 1 else None


def iso_week(match: re.Match[str], today: date) -> Period | None:
    """Return "week 8" as the newest ISO week of that number that has begun by today."""
    years = [int(match["year"])] if match["year"] else [today.year, today.year - 1]
    for year in years:
        try:
            monday = date.fromisocalendar(year, int(match["n"]), 1)
        except ValueError:
            return None
        if match["year"] or monday <= today:
            return Period.of(monday, "week")
    return None


def third_of(month: Period, third: str) -> Period | None:
    """Return the "early", "mid" or "late" part of a month: days 1 to 10, 11 to 20, the rest."""
    if month.first is None or month.after is None:
        return None
    first, last = _THIRDS[third]
    start = month.first + timedelta(days=first - 1)
    return Period.days(start, min(month.first + timedelta(days=last - 1), month.after - ONE_DAY))
