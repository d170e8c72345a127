"""Words for one calendar period: "yesterday", "last month", "March 3rd", "Q1 2024"."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import get_args

from genai_session_analyzer.copilot.planning.times.calendar_periods import (
    Period,
    Unit,
    months_later,
)
from genai_session_analyzer.copilot.planning.times.numbered_dates import (
    dotted,
    iso_week,
    slashed,
    third_of,
)

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7,
    "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "couple of": 2, "a couple of": 2,
    "twenty": 20, "thirty": 30, "hundred": 100, "a hundred": 100, "thousand": 1000,
}  # fmt: skip

NUMBER = r"(?:\d+|a couple of|couple of|" + "|".join(w for w in NUMBERS if " " not in w) + ")"
UNIT = r"(?:day|week|month|quarter|year)"
WEEKDAY = "(?:" + "|".join(WEEKDAYS) + ")"
MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|(?:(?<=in )|(?<=of )|(?<=to )|(?<=and )"
    r"|(?<=since )|(?<=for )|(?<=during ))may|may(?= 20\d\d)|june?|july?|aug(?:ust)?"
    r"|sep(?:t|tember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
DAY = r"(?<!\d\.)\d{1,2}(?:st|nd|rd|th)?"
YEAR = r"20\d\d"
_LAST = r"(?:last|previous|past|prior|preceding)"
_THIS = r"(?:this|the current|current)"


@dataclass(frozen=True, kw_only=True)
class Span:
    """What the data covers: the day of its first row and of its newest."""

    first: date
    today: date


Reader = Callable[[re.Match[str], Span], Period | None]


def number(words: str) -> int:
    """Return the whole number written in digits or in one of the words of NUMBERS."""
    return int(words) if words.isdigit() else NUMBERS[words]


def month_number(word: str) -> int:
    """Return 1-12 for a month's name or its first three letters."""
    return [month[:3] for month in MONTHS].index(word[:3]) + 1


def the_day(day: str, month: str, year: str | None, span: Span) -> date | None:
    """Return that day, of the newest year in which it is not after the data; None for 31 June."""
    at = int(re.sub(r"\D", "", day))
    newest = int(year) if year else span.today.year
    for wanted in (newest,) if year else (newest, newest - 1, newest - 2, newest - 3, newest - 4):
        try:
            found = date(wanted, month_number(month), at)
        except ValueError:
            continue
        if year or found <= span.today:
            return found
    return None


def _one_day(match: re.Match[str], span: Span) -> Period | None:
    found = the_day(match["day"], match["month"], match["year"], span)
    return Period.of(found, "day") if found else None


def _iso(match: re.Match[str], _: Span) -> Period | None:
    try:
        return Period.of(date.fromisoformat(match[0]), "day")
    except ValueError:
        return None


def _iso_month(match: re.Match[str], _: Span) -> Period | None:
    month = int(match["month"])
    return Period.of(date(int(match["year"]), month, 1), "month") if 1 <= month <= 12 else None


def _third(match: re.Match[str], span: Span) -> Period | None:
    month = _month(match, span)
    return third_of(month, match["third"]) if month else None


def _month(match: re.Match[str], span: Span) -> Period | None:
    first = the_day("1", match["month"], match["year"], span)
    return Period.of(first, "month") if first else None


def _quarter(match: re.Match[str], span: Span) -> Period:
    words = ("first", "second", "third", "fourth")
    month = (words.index(match["word"]) if match["word"] else int(match["q"]) - 1) * 3 + 1
    first = date(int(match["year"]) if match["year"] else span.today.year, month, 1)
    if not match["year"] and first > span.today:
        first = date(first.year - 1, month, 1)
    return Period.of(first, "quarter")


def _year(match: re.Match[str], _: Span) -> Period:
    return Period.of(date(int(match["year"]), 1, 1), "year")


def _unit(match: re.Match[str]) -> Unit:
    word = match["unit"].rstrip("s")
    return next(unit for unit in get_args(Unit) if unit == word)


def _last_unit(match: re.Match[str], span: Span) -> Period:
    return Period.of(span.today, _unit(match)).earlier()


def _this_unit(match: re.Match[str], span: Span) -> Period:
    return Period.of(span.today, _unit(match))


def _before_last(match: re.Match[str], span: Span) -> Period:
    return Period.of(span.today, _unit(match)).earlier(2)


def _to_date(match: re.Match[str], span: Span) -> Period:
    start = Period.of(span.today, _unit(match))
    return Period(first=start.first, after=span.today + timedelta(days=1))


def _ago(match: re.Match[str], span: Span) -> Period:
    return Period.of(span.today, _unit(match)).earlier(number(match["n"]))


def _complete(match: re.Match[str], span: Span) -> Period:
    current = Period.of(span.today, _unit(match))
    return Period(first=current.earlier(number(match["n"])).first, after=current.first)


def _rolling(match: re.Match[str], span: Span) -> Period:
    return rolling(number(match["n"]), _unit(match), span.today)


def rolling(count: int, unit: Unit, last: date) -> Period:
    """Return so many days, weeks of seven days, or months up to and including the last day."""
    after = last + timedelta(days=1)
    if unit in ("day", "week"):
        days = count * (7 if unit == "week" else 1)
        return Period(first=after - timedelta(days=days), after=after)
    months = count * {"month": 1, "quarter": 3, "year": 12}[unit]
    return Period(first=months_later(after, -months), after=after)


def _weekday(match: re.Match[str], span: Span) -> Period:
    back = (span.today.weekday() - WEEKDAYS.index(match["weekday"])) % 7 or 7
    return Period.of(span.today - timedelta(days=back), "day")


def _weekend(_: re.Match[str], span: Span) -> Period:
    monday = Period.of(span.today, "week").first or span.today
    saturday = monday - timedelta(days=2)
    return Period.days(saturday, saturday + timedelta(days=1))


_READERS: tuple[tuple[str, Reader], ...] = (
    (r"\d{4}-\d{2}-\d{2}(?!\d)", _iso),
    (rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{YEAR})", dotted),
    (rf"(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/(?P<year>{YEAR})", slashed),
    (rf"(?P<year>{YEAR})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})", dotted),
    (
        rf"(?:the )?(?<!per )(?<!each )(?<!every )(?:calendar |iso )?(?:week|cw|kw)"
        rf"(?: number| no\.?| nr\.?)? ?(?P<n>\d{{1,2}})(?! of {MONTH})"
        rf"(?:,? (?:of )?(?P<year>{YEAR}))?",
        lambda match, span: iso_week(match, span.today),
    ),
    (
        rf"(?P<third>early|mid|late)[ -](?P<month>{MONTH})\b(?:,? (?:of )?(?P<year>{YEAR}))?",
        _third,
    ),
    (rf"(?P<year>{YEAR})-(?P<month>\d{{2}})(?![\d-])", _iso_month),
    (
        rf"(?P<day>{DAY})(?: day)?(?: of)? (?P<month>{MONTH})\b\.?(?:,? (?:of )?(?P<year>{YEAR}))?",
        _one_day,
    ),
    (rf"(?P<month>{MONTH})\.? (?:the )?(?P<day>{DAY})\b(?:,? (?P<year>{YEAR}))?", _one_day),
    (rf"(?:the )?(?:month of )?(?P<month>{MONTH})\b\.?(?:,? (?:of )?(?P<year>{YEAR}))?", _month),
    (
        rf"(?:q(?P<q>[1-4])|(?:the )?(?P<word>first|second|third|fourth) quarter)"
        rf"(?:,? (?:of )?(?P<year>{YEAR}))?",
        _quarter,
    ),
    (rf"(?:the )?(?:year )?(?P<year>{YEAR})(?![\d-])", _year),
    (
        r"(?:the )?day before yesterday",
        lambda _, span: Period.of(span.today - timedelta(days=2), "day"),
    ),
    (r"yesterday", lambda _, span: Period.of(span.today - timedelta(days=1), "day")),
    (r"today", lambda _, span: Period.of(span.today, "day")),
    (rf"(?:the )?(?P<unit>{UNIT}) before last", _before_last),
    (rf"(?P<unit>{UNIT})[ -]to[ -]date", _to_date),
    (r"(?:ytd)", lambda _, span: Period(first=date(span.today.year, 1, 1),
                                        after=span.today + timedelta(days=1))),
    (rf"(?P<n>{NUMBER}) (?P<unit>{UNIT})s? ago", _ago),
    (
        rf"(?:(?:the|these) )?{_LAST} (?P<n>{NUMBER}) (?:full|complete|completed|whole)"
        rf" (?P<unit>{UNIT})s?",
        _complete,
    ),
    (
        rf"(?:(?:the|these) )?{_LAST} (?P<n>{NUMBER}) (?P<unit>{UNIT})s?",
        _rolling,
    ),
    (rf"(?:the )?past (?P<unit>{UNIT})", lambda match, span: rolling(1, _unit(match), span.today)),
    (rf"(?:the )?{_LAST} (?:full |complete |calendar )?(?P<unit>{UNIT})", _last_unit),
    (rf"{_THIS} (?P<unit>{UNIT})", _this_unit),
    (rf"(?:the )?{_LAST} weekend", _weekend),
    (rf"(?:{_LAST}|on|this) (?P<weekday>{WEEKDAY})\b", _weekday),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), reader) for pattern, reader in _READERS)

POINT = "(?:" + "|".join(re.sub(r"\?P<\w+>", "?:", pattern) for pattern, _ in _READERS) + ")"
"""A pattern that matches any of them, without groups."""


def read_point(words: str, span: Span) -> Period | None:
    """Return the period the words stand for: None where they are none, as 31 June is."""
    for pattern, reader in _COMPILED:
        match = pattern.fullmatch(words)
        if match:
            return reader(match, span)
    return None
