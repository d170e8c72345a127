"""Time as people write it: which days a question is about, and by what period it groups."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.times.calendar_periods import Period, utc_naive
from genai_session_analyzer.copilot.planning.times.calendar_words import Span
from genai_session_analyzer.copilot.planning.times.time_grains import find_grain
from genai_session_analyzer.copilot.planning.times.time_page import Found, Page, TimeWords
from genai_session_analyzer.copilot.planning.times.time_parts import (
    find_hours,
    find_split,
    find_weekdays,
)
from genai_session_analyzer.copilot.planning.times.time_phrases import PHRASES, TimePhrase
from genai_session_analyzer.copilot.planning.times.time_ranges import with_ranges
from genai_session_analyzer.copilot.planning.times.unclear_times import is_unclear

_NO_RANGE = re.compile(
    r"\b(?:of all time|all[ -]time|so far|overall|ever(?! since)"
    r"|(?<!year )(?<!month )(?<!week )(?<!quarter )to date|(?<=per week )to date"
    r"|in the data(?:set)?|historically|on record)\b"
)


def find_times(text: str, now: datetime, first: datetime) -> TimeWords:
    """Return what a question says about time, relative to the newest data.

    Weeks run Monday to Sunday; "last week" is the last complete one; "last 7 days" end with the
    day of `now`; a month without a year is its newest one that has begun; "after March 3" begins
    on March 4, "since March 3" on March 3, and "until March 3" includes it.

    Args:
        text: The question; case does not matter.
        now: Time of the newest row.
        first: Time of the oldest row.
    """
    span = Span(first=utc_naive(first).date(), today=utc_naive(now).date())
    page = Page(text.lower())
    for match in _NO_RANGE.finditer(page.text):
        page.take(match.span())
    found = list(_periods(page, span))
    split = find_split(page.text)
    for place in split.places:
        page.take(place)
    grain = find_grain(page.text)
    for place in grain.places:
        page.take(place)
    parts = TimeWords(
        grain=grain.grain,
        within=grain.within,
        is_trend=grain.is_trend,
        is_single=grain.is_single,
        counts_periods=grain.counts_periods,
        shares_periods=grain.shares_periods,
        period_over_period=grain.period_over_period,
    )
    parts = _with_last_hours(parts, page, now)
    days, hours = find_weekdays(page.text), find_hours(page.text)
    for part in (days, hours):
        for place in part.places:
            page.take(place)
    parts = replace(parts, weekdays=days.values, hours=hours.values, is_split=split.is_split,
                    clock_at=min((place[0] for part in (days, hours) for place in part.places),
                                 default=None))  # fmt: skip
    parts = with_ranges(parts, page, found, text.lower())
    if is_unclear(page):
        parts = replace(parts, is_unclear=True)
    return replace(parts, spans=tuple(sorted(page.used)))


def _periods(page: Page, span: Span) -> Iterator[Found]:
    for phrase in PHRASES:
        for match in list(phrase.pattern.finditer(page.text)):
            if "\x00" in page.text[slice(*match.span())]:
                continue
            period = _read(phrase, match, span)
            if period is not None:
                page.take(match.span())
                yield Found(period=period, place=match.span())


def _read(phrase: TimePhrase, match: re.Match[str], span: Span) -> Period | None:
    period = phrase.read(match, span)
    if period is None or (period.first and period.after and period.first >= period.after):
        return None
    return period


def _with_last_hours(parts: TimeWords, page: Page, now: datetime) -> TimeWords:
    """`The last 24 hours` end with the newest row, not with its day."""
    match = re.search(
        r"\b(?:in |over |during |for )?(?:the )?(?:last|past) (?:(\d+) )?hours?\b", page.text
    )
    if not match:
        return parts
    page.take(match.span())
    newest = utc_naive(now)
    start = newest - timedelta(hours=int(match[1] or 1))
    end = newest + timedelta(microseconds=1)
    return replace(parts, range=TimeRange(start=start, end=end, said=match[0].strip()))
