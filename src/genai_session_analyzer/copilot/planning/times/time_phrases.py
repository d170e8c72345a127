"""Ranges of time in words: "between 3 and 10 January", "since March 3rd", "first week of May"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from genai_session_analyzer.copilot.planning.times.calendar_periods import Period, months_later
from genai_session_analyzer.copilot.planning.times.calendar_words import (
    DAY,
    MONTH,
    NUMBER,
    WEEKDAY,
    WEEKDAYS,
    YEAR,
    Span,
    number,
    the_day,
)
from genai_session_analyzer.copilot.planning.times.parts_of_periods import end_of
from genai_session_analyzer.copilot.planning.times.time_points import POINT, read_point

_TO = "(?:(?:to|until|till|through|thru|up to)(?: and including)?|-|\u2013)"
_LEAD = (
    r"(?:(?:in|on|during|for|of|over|within|from|at|throughout) )?(?:the )?"
    r"(?:whole |entire |all of )?"
)


@dataclass(frozen=True, kw_only=True)
class TimePhrase:
    """A pattern and how the words it matched are read."""

    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], Span], Period | None]


def _first_of(period: Period | None) -> date | None:
    return period.first if period else None


def _between(match: re.Match[str], span: Span) -> Period | None:
    first, last = read_point(match["a"], span), read_point(match["b"], span)
    if first is None or last is None or last.after is None or first.first is None:
        return None
    if first.first >= last.after and not re.search(YEAR, match["a"]) and first.unit == "month":
        first = Period.of(months_later(first.first, -12), "month")
    halves = (first, last) if first.unit == last.unit else None
    return Period(first=first.first, after=last.after, halves=halves)


def _day_numbers(match: re.Match[str], span: Span) -> Period | None:
    last = the_day(match["d2"], match["month"], match["year"], span)
    if last is None:
        return None
    day = int(re.sub(r"\D", "", match["d1"]))
    if match["to"] == "and" and not match["lead"].startswith("between") and last.day - day != 1:
        return None
    return Period.days(last.replace(day=day), last) if 1 <= day <= last.day else None


def _since(match: re.Match[str], span: Span) -> Period | None:
    said = match["a"]
    first = _first_of(read_point(f"on {said}" if said in WEEKDAYS else said, span))
    return Period(first=first, after=None) if first else None


def _after(match: re.Match[str], span: Span) -> Period | None:
    period = read_point(match["a"], span)
    return Period(first=period.after, after=None) if period else None


def _before(match: re.Match[str], span: Span) -> Period | None:
    first = _first_of(read_point(match["a"], span))
    return Period(first=None, after=first) if first else None


def _until(match: re.Match[str], span: Span) -> Period | None:
    period = read_point(match["a"], span)
    return Period(first=None, after=period.after) if period else None


def _in(match: re.Match[str], span: Span) -> Period | None:
    return read_point(match["a"], span)


def _first_days(match: re.Match[str], span: Span) -> Period:
    count = number(match["n"]) * (7 if match["unit"] == "week" else 1)
    return Period(first=span.first, after=span.first + timedelta(days=count))


def _week_of(match: re.Match[str], span: Span) -> Period | None:
    first = _first_of(read_point(match["a"], span))
    return Period.of(first, "week") if first else None


def _week_until(match: re.Match[str], span: Span) -> Period | None:
    period = read_point(match["a"], span)
    if period is None or period.unit != "day" or period.after is None:
        return None
    return Period(first=period.after - timedelta(days=7), after=period.after)


def _phrase(pattern: str, read: Callable[[re.Match[str], Span], Period | None]) -> TimePhrase:
    return TimePhrase(pattern=re.compile(rf"(?<!\w){pattern}(?!\w)"), read=read)


_ONE = r"(?<!per )(?<!each )(?<!every )(?<!by )"
_MONTH_DAYS = rf"(?P<month>{MONTH})(?:,? (?P<year>{YEAR}))?"
PHRASES = (
    _phrase(
        rf"(?P<lead>(?:between|from|on)?) ?(?:the )?(?P<d1>{DAY}) ?(?P<to>and|{_TO}) ?"
        rf"(?:the )?(?P<d2>{DAY})"
        rf"(?: of)? {_MONTH_DAYS}",
        _day_numbers,
    ),
    _phrase(
        rf"(?P<lead>(?:between |from |on )?)(?P<month>{MONTH})\.? (?:the )?(?P<d1>{DAY}) ?"
        rf"(?P<to>and|{_TO}) ?"
        rf"(?:the )?(?P<d2>{DAY})(?:,? (?P<year>{YEAR}))?",
        _day_numbers,
    ),
    _phrase(
        rf"{_LEAD}(?P<end>first|last|opening|second|third|fourth) (?:(?P<n>{NUMBER}) )?"
        rf"(?P<part>days?|weeks?|half|months?|quarter) (?:of|in) (?P<a>{POINT})",
        end_of,
    ),
    _phrase(
        rf"{_LEAD}first (?P<n>{NUMBER}) (?P<unit>day|week)s?(?: of (?:the )?data)?", _first_days
    ),
    _phrase(
        rf"{_LEAD}{_ONE}week (?:of|beginning|starting|commencing|from)(?: (?:on|in))?(?: the)?"
        rf" (?P<a>{POINT})",
        _week_of,
    ),
    _phrase(rf"{_LEAD}{_ONE}week ending(?: on)?(?: the)? (?P<a>{POINT})", _week_until),
    _phrase(rf"between (?:the )?(?P<a>{POINT}) and (?:the )?(?P<b>{POINT})", _between),
    _phrase(rf"from (?:the )?(?P<a>{POINT}) {_TO} (?:the )?(?P<b>{POINT})", _between),
    _phrase(rf"{_LEAD}(?P<a>{POINT}) ?{_TO} ?(?P<b>{POINT})", _between),
    _phrase(
        rf"(?:ever )?since (?:the )?(?:start of |beginning of )?(?P<a>{POINT}|{WEEKDAY})", _since
    ),
    _phrase(rf"(?:starting|beginning|as of|from) (?P<a>{POINT})(?: on| onwards?)", _since),
    _phrase(rf"(?:starting|beginning)(?: from| on| in| with)? (?P<a>{POINT})", _since),
    _phrase(rf"(?:after|later than) (?:the )?(?:end of )?(?P<a>{POINT})", _after),
    _phrase(
        r"(?:(?:(?<!day )|(?<=per day )|(?<=by day )|(?<=and day ))before|prior to|earlier than) "
        rf"(?:the )?(?:start of )?(?P<a>{POINT})",
        _before,
    ),
    _phrase(
        rf"(?:until|till|up to|up until|through)(?: and including)? (?:the )?(?:end of )?"
        rf"(?P<a>{POINT})",
        _until,
    ),
    _phrase(rf"{_LEAD}(?P<a>{POINT})(?:'s)?", _in),
)
"""Tried in this order; what one has matched is not read by those after it."""
