"""Time as people write it: which days a question is about, and by what period it groups."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from genai_session_analyzer.copilot.plan import Grain, TimeRange
from genai_session_analyzer.copilot.planning.calendar_periods import Period, utc_naive
from genai_session_analyzer.copilot.planning.time_grains import find_grain
from genai_session_analyzer.copilot.planning.time_parts import find_hours, find_weekdays
from genai_session_analyzer.copilot.planning.time_phrases import PHRASES, TimePhrase
from genai_session_analyzer.copilot.planning.time_points import Span

Place = tuple[int, int]
_VERSUS = re.compile(
    r"\b(?:vs\.?|versus|against|than|relative to"
    r"|compared?(?: (?:that|this|it))?(?: (?:to|with|against))?)(?!\w)"
)
_CHANGE = re.compile(
    r"\b(?:compar\w+|differ\w*|chang\w+|versus|vs|contrast|gr[eo]w\w*|increas\w+|decreas\w+"
    r"|ris\w+|rose|fell|drop\w*)\b"
)
_BEFORE = re.compile(
    r"\b(?:the )?(?:(?:previous|prior|preceding) (?:period|day|week|month|quarter|year|one)"
    r"|(?:day|week|month|quarter|year|period) before(?: that| it)?|(?:one )?before that)\b"
)
_JOINING = re.compile(
    r"^\W*(?:is|was|were|and|to|with|the|in|of|for|from|during|on|it|that|vs|versus"
    r"|compar\w+|against|than|relative|\W)*$"
)
_NO_RANGE = re.compile(
    r"\b(?:of all time|all[ -]time|so far|overall|ever(?! since)"
    r"|(?<!year )(?<!month )(?<!week )(?<!quarter )to date|in the data(?:set)?|historically"
    r"|on record)\b"
)


@dataclass(frozen=True, kw_only=True)
class TimeWords:
    """What a question says about time.

    Attributes:
        range: The days asked about; None for all of them.
        comparison: The days to compare with, the earlier ones.
        grain: Period to group by.
        weekdays: 0 Monday to 6 Sunday; empty for all.
        hours: Hours of the day, 0-23; empty for all.
        spans: Places of the words used, as start and end in the text.
        period_over_period: The change from each period to the next is asked for.
        is_trend: The grain was not named: "over time".
        counts_periods: How many periods is asked: "how many days had errors".
        is_earlier: Only "the week before" is said, of a time that is not in the text.
        is_unclear: Words of time that fit no reading, as two ranges that are not compared.
    """

    range: TimeRange | None = None
    comparison: TimeRange | None = None
    grain: Grain | None = None
    weekdays: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    spans: tuple[Place, ...] = ()
    period_over_period: bool = False
    is_trend: bool = False
    counts_periods: bool = False
    is_unclear: bool = False
    is_earlier: bool = False


@dataclass(frozen=True, kw_only=True)
class _Found:
    period: Period
    place: Place


@dataclass
class _Page:
    """The text, with the words already used blanked out, so places stay as they were."""

    text: str
    used: list[Place] = field(default_factory=list)
    original: str = field(init=False)

    def __post_init__(self) -> None:
        self.original = self.text

    def take(self, place: Place) -> None:
        start, end = place
        self.used.append(place)
        self.text = self.text[:start] + "\x00" * (end - start) + self.text[end:]


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
    page = _Page(text.lower())
    for match in _NO_RANGE.finditer(page.text):
        page.take(match.span())
    found = list(_periods(page, span))
    grain = find_grain(page.text)
    for place in grain.places:
        page.take(place)
    parts = TimeWords(
        grain=grain.grain,
        is_trend=grain.is_trend,
        counts_periods=grain.counts_periods,
        period_over_period=grain.period_over_period,
    )
    parts = _with_last_hours(parts, page, now)
    days, hours = find_weekdays(page.text), find_hours(page.text)
    for part in (days, hours):
        for place in part.places:
            page.take(place)
    parts = replace(parts, weekdays=days.values, hours=hours.values)
    parts = _with_ranges(parts, page, found, text.lower())
    return replace(parts, spans=tuple(sorted(page.used)))


def _periods(page: _Page, span: Span) -> Iterator[_Found]:
    for phrase in PHRASES:
        for match in list(phrase.pattern.finditer(page.text)):
            if "\x00" in page.text[slice(*match.span())]:
                continue
            period = _read(phrase, match, span)
            if period is not None:
                page.take(match.span())
                yield _Found(period=period, place=match.span())


def _read(phrase: TimePhrase, match: re.Match[str], span: Span) -> Period | None:
    period = phrase.read(match, span)
    if period is None or (period.first and period.after and period.first >= period.after):
        return None
    return period


def _with_last_hours(parts: TimeWords, page: _Page, now: datetime) -> TimeWords:
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


def _with_ranges(parts: TimeWords, page: _Page, found: list[_Found], text: str) -> TimeWords:
    ordered = sorted(found, key=lambda each: each.place)
    before = _BEFORE.search(page.text)
    if before:
        return _with_before(parts, page, ordered, before)
    if not ordered:
        return parts
    if len(ordered) == 1:
        return _one(parts, ordered[0], text)
    if len(ordered) == 2 and parts.range is None:
        return _two(parts, page, ordered, text)
    return replace(parts, is_unclear=True)


def _with_before(
    parts: TimeWords, page: _Page, ordered: list[_Found], before: re.Match[str]
) -> TimeWords:
    """`The week before`: of the one range in the text, or of one that is not in it."""
    page.take(before.span())
    is_compared = _VERSUS.search(page.text) or _CHANGE.search(page.text)
    if len(ordered) == 1 and is_compared:
        only = ordered[0]
        if only.period.first is not None and only.period.after is not None:
            earlier = _Found(period=only.period.earlier(), place=before.span())
            return _compared(parts, page, [only, earlier], page.original)
    for match in _VERSUS.finditer(page.text):
        page.take(match.span())
    return replace(parts, is_unclear=True, is_earlier=not ordered)


def _one(parts: TimeWords, found: _Found, text: str) -> TimeWords:
    """`Change from January to February` compares the two ends; else one range."""
    halves = found.period.halves
    if halves is None or not _CHANGE.search(text) or parts.grain:
        return replace(parts, range=_said(found, text))
    earlier, later = halves
    words = _words(found, text)
    return replace(parts, range=later.as_range(words), comparison=earlier.as_range(words))


_PREVIOUS = re.compile(r"\b(?:previous|prior|preceding)\b")


def _relative(pair: list[_Found], text: str) -> list[_Found]:
    """`February vs the previous month`: the month before February."""
    for one, other in (pair, pair[::-1]):
        bounded = one.period.first is not None and one.period.after is not None
        if bounded and _PREVIOUS.search(_words(other, text)):
            earlier = _Found(period=one.period.earlier(), place=other.place)
            return sorted([one, earlier], key=lambda each: each.place)
    return pair


def _two(parts: TimeWords, page: _Page, pair: list[_Found], text: str) -> TimeWords:
    if _VERSUS.search(text) or _CHANGE.search(text):
        pair = _relative(pair, text)
    between = text[pair[0].place[1] : pair[1].place[0]]
    if _JOINING.match(between) and (_VERSUS.search(between) or _CHANGE.search(text)):
        return _compared(parts, page, pair, text)
    if _VERSUS.search(between):
        return _compared(parts, page, pair, text)
    earlier, later = sorted(pair, key=lambda each: str(each.period.first))
    if _JOINING.match(between):
        page.take((pair[0].place[1], pair[1].place[0]))
    if _JOINING.match(between) and earlier.period.after == later.period.first:
        both = Period(first=earlier.period.first, after=later.period.after)
        said = f"{_words(earlier, text)} and {_words(later, text)}"
        return replace(parts, range=both.as_range(said))
    return replace(parts, is_unclear=True)


def _compared(parts: TimeWords, page: _Page, pair: list[_Found], text: str) -> TimeWords:
    earlier, later = sorted(pair, key=lambda each: str(each.period.first))
    for match in _VERSUS.finditer(page.text):
        page.take(match.span())
    between = (pair[0].place[1], pair[1].place[0])
    if between[0] < between[1] and _JOINING.match(text[slice(*between)]):
        page.take(between)
    return replace(parts, range=_said(later, text), comparison=_said(earlier, text))


def _said(found: _Found, text: str) -> TimeRange:
    return found.period.as_range(_words(found, text))


def _words(found: _Found, text: str) -> str:
    return " ".join(text[slice(*found.place)].split())
