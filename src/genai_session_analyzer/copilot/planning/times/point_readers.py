"""How the words for one calendar period are read, each kind by a function of its own."""

import re
from datetime import date, timedelta
from typing import get_args

from genai_session_analyzer.copilot.planning.times.calendar_periods import (
    Period,
    Unit,
    months_later,
)
from genai_session_analyzer.copilot.planning.times.calendar_words import (
    WEEKDAYS,
    Span,
    number,
    the_day,
)
from genai_session_analyzer.copilot.planning.times.numbered_dates import third_of


def read_day(match: re.Match[str], span: Span) -> Period | None:
    """Return the day of "5 March"; None where there is none, or it is another weekday."""
    found = the_day(match["day"], match["month"], match["year"], span)
    weekday = match.groupdict().get("weekday")
    if found is None or (weekday and WEEKDAYS[found.weekday()] != weekday):
        return None
    return Period.of(found, "day")


def read_iso(match: re.Match[str], _: Span) -> Period | None:
    """Return the day of "2024-03-05"; None where there is no such day."""
    try:
        return Period.of(date.fromisoformat(match[0]), "day")
    except ValueError:
        return None


def read_numbered_month(match: re.Match[str], _: Span) -> Period | None:
    """Return the month of "2024-03" or "03/2024"; None where there is no such month."""
    month = int(match["month"])
    return Period.of(date(int(match["year"]), month, 1), "month") if 1 <= month <= 12 else None


def read_third(match: re.Match[str], span: Span) -> Period | None:
    """Return the days of "early March"."""
    month = read_month(match, span)
    return third_of(month, match["third"]) if month else None


def read_month(match: re.Match[str], span: Span) -> Period | None:
    """Return the newest month of that name that has begun, or that of the year said."""
    first = the_day("1", match["month"], match["year"], span)
    return Period.of(first, "month") if first else None


def read_quarter(match: re.Match[str], span: Span) -> Period:
    """Return the newest quarter of that number that has begun, or that of the year said."""
    words = ("first", "second", "third", "fourth")
    month = (words.index(match["word"]) if match["word"] else int(match["q"]) - 1) * 3 + 1
    first = date(int(match["year"]) if match["year"] else span.today.year, month, 1)
    if not match["year"] and first > span.today:
        first = date(first.year - 1, month, 1)
    return Period.of(first, "quarter")


def read_year(match: re.Match[str], _: Span) -> Period:
    """Return the year said."""
    return Period.of(date(int(match["year"]), 1, 1), "year")


def read_days_ago(days: int, span: Span) -> Period:
    """Return the day so many days before the newest one."""
    return Period.of(span.today - timedelta(days=days), "day")


def _unit(match: re.Match[str]) -> Unit:
    word = match["unit"].rstrip("s")
    return next(unit for unit in get_args(Unit) if unit == word)


def read_last(match: re.Match[str], span: Span) -> Period:
    """Return the last complete day, week, month and so on."""
    return Period.of(span.today, _unit(match)).earlier()


def read_this(match: re.Match[str], span: Span) -> Period:
    """Return the day, week, month and so on that the newest day lies in."""
    return Period.of(span.today, _unit(match))


def read_before_last(match: re.Match[str], span: Span) -> Period:
    """Return the one before the last complete one."""
    return Period.of(span.today, _unit(match)).earlier(2)


def read_to_date(match: re.Match[str], span: Span) -> Period:
    """Return the days of the current period up to and including the newest one."""
    start = Period.of(span.today, _unit(match))
    return Period(first=start.first, after=span.today + timedelta(days=1))


def read_ago(match: re.Match[str], span: Span) -> Period:
    """Return the calendar period so many periods before the current one."""
    return Period.of(span.today, _unit(match)).earlier(number(match["n"]))


def read_complete(match: re.Match[str], span: Span) -> Period:
    """Return so many complete calendar periods before the current one."""
    current = Period.of(span.today, _unit(match))
    return Period(first=current.earlier(number(match["n"])).first, after=current.first)


def read_rolling(match: re.Match[str], span: Span) -> Period:
    """Return so many days, weeks of seven days, or months up to and including the newest day."""
    said = match.groupdict().get("n")
    count, unit, after = number(said) if said else 1, _unit(match), span.today + timedelta(days=1)
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return Period(first=after - timedelta(days=days), after=after)
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    return Period(first=months_later(after, -months), after=after)


def read_weekday(match: re.Match[str], span: Span) -> Period:
    """Return the last such weekday before the newest day."""
    back = (span.today.weekday() - WEEKDAYS.index(match["weekday"])) % 7 or 7
    return read_days_ago(back, span)


def read_weekend(_: re.Match[str], span: Span) -> Period:
    """Return the Saturday and Sunday before the current week."""
    monday = Period.of(span.today, "week").first or span.today
    saturday = monday - timedelta(days=2)
    return Period.days(saturday, saturday + timedelta(days=1))
