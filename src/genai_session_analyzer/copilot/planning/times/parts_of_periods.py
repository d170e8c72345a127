"""Parts of a period: "the first week of May", "the last 3 days of Q1"."""

import re
from datetime import date, timedelta

from genai_session_analyzer.copilot.planning.times.calendar_periods import Period, months_later
from genai_session_analyzer.copilot.planning.times.calendar_words import Span, number
from genai_session_analyzer.copilot.planning.times.time_points import read_point

_NTH = ("first", "second", "third", "fourth")


def end_of(match: re.Match[str], span: Span) -> Period | None:
    """Return the first or last days, week, half or months of a period; None where it is shorter."""
    period = read_point(match["a"], span)
    if period is None or period.first is None or period.after is None:
        return None
    length = (period.after - period.first).days
    if match["part"] in ("month", "months", "quarter"):
        return _month_of(match, period.first, period.after)
    days = _days_of(match, length)
    if not 1 <= days <= length:
        return None
    if match["part"].startswith("week") and match["end"] in _NTH and match["n"] is None:
        start = period.first + timedelta(days=7 * _NTH.index(match["end"]))
        return Period(first=start, after=min(start + timedelta(days=7), period.after))
    if match["end"] in _NTH[1:] and match["part"] != "half":
        return None
    is_first = match["end"] in ("first", "opening")
    start = period.first if is_first else period.after - timedelta(days=days)
    return Period(first=start, after=start + timedelta(days=days))


def _month_of(match: re.Match[str], first: date, after: date) -> Period | None:
    """The first or last month or quarter of a period, which has to be longer."""
    if match["end"] not in ("first", "opening", "last"):
        return None
    if match["n"]:
        return _months_of(match["end"], number(match["n"]), first, after)
    day = after - timedelta(days=1) if match["end"] == "last" else first
    found = Period.of(day, "month" if match["part"] == "month" else "quarter")
    inside = found.first and found.after and first <= found.first and found.after <= after
    return found if inside and (found.first, found.after) != (first, after) else None


def _months_of(end: str, count: int, first: date, after: date) -> Period | None:
    """`The first two months of 2024`, which have to lie within it."""
    if first.day != 1 or after.day != 1 or not 1 <= count <= 12:
        return None
    start = months_later(after, -count) if end == "last" else first
    stop = after if end == "last" else months_later(first, count)
    return Period(first=start, after=stop) if first <= start and stop <= after else None


def _days_of(match: re.Match[str], length: int) -> int:
    if match["part"] == "half":
        middle = 15 if 28 <= length <= 31 else length // 2
        return middle if match["end"] == "first" else length - middle
    count = number(match["n"]) if match["n"] else 1
    return count * (7 if match["part"].startswith("week") else 1)
