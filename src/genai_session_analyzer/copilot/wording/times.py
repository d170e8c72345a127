"""Ranges of time as words."""

from datetime import date, datetime, timedelta

from genai_session_analyzer.copilot.plan import TimeRange


def range_words(time: TimeRange) -> str:
    """Return a range as words, both ends included: `4-10 March 2024`, `since 4 March 2024`."""
    if time.start is not None and time.end is not None:
        words = _between(time.start, time.end)
    elif time.start is not None:
        words = f"since {_moment(time.start)}"
    elif time.end is not None:
        words = f"before {_moment(time.end)}"
    else:
        words = "all time"
    return f"{time.said} ({words})" if time.said and time.said != words else words


def _between(start: datetime, end: datetime) -> str:
    if not (_is_midnight(start) and _is_midnight(end)):
        return f"{_moment(start)} to {_moment(end)}"
    first, last = start.date(), (end - timedelta(days=1)).date()
    if last <= first:
        return _day(first)
    if first.replace(day=1) == first and _is_last_of_month(last):
        return _months(first, last)
    return _days(first, last)


def _months(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    if first.year == last.year:
        is_year = first.month == 1 and last.month == 12
        return str(first.year) if is_year else f"{first:%B}-{last:%B %Y}"
    return f"{first:%B %Y}-{last:%B %Y}"


def _days(first: date, last: date) -> str:
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}-{_day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B}-{_day(last)}"
    return f"{_day(first)}-{_day(last)}"


def _is_last_of_month(day: date) -> bool:
    return (day + timedelta(days=1)).day == 1


def _is_midnight(moment: datetime) -> bool:
    return moment == datetime.combine(moment, datetime.min.time(), moment.tzinfo)


def _moment(moment: datetime) -> str:
    return _day(moment) if _is_midnight(moment) else f"{_day(moment)} {moment:%H:%M}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
