"""How the periods of a question belong together: one range, two compared, or unclear."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.plan import TimeRange
from genai_session_analyzer.copilot.planning.rules.raw_text.two_times import SHARE, read_overlap
from genai_session_analyzer.copilot.planning.times.calendar_periods import Period
from genai_session_analyzer.copilot.planning.times.listed_times import (
    in_a_row,
    is_listed,
    is_which_of_two,
    whole_of,
)
from genai_session_analyzer.copilot.planning.times.neighbour_periods import (
    AFTER,
    BEFORE,
    fits_after,
    fits_before,
)
from genai_session_analyzer.copilot.planning.times.time_page import Found, Page, Place, TimeWords

_VERSUS = re.compile(
    r"\b(?:vs\.?|versus|against|than(?! (?:\d+|one|two|three|four|five|ten)\b)|relative to"
    r"|compared?(?: (?:that|this|it))?(?: (?:to|with|against))?)(?!\w)"
)
_CHANGE = re.compile(
    r"\b(?:compar\w+|differ\w*|chang\w+|versus|vs|contrast|gr[eo]w\w*|increas\w+|decreas\w+"
    r"|ris\w+|rise|rose|fell|fall(?= in\b| from\b| between\b)|"
    r"fallen|drop\w*|declin\w*|improv\w*|worsen\w*|deteriorat\w*"
    r"|(?:get|gets|got|gotten|getting|became) (?:better|worse)|degrad\w*|jump\w*"
    r"|surge\w*|climb\w*|(?:went|goes|go|gone) (?:up|down)"
    r"|shr[aiu]nk\w*|reduc\w*|dip(?:s|ped)?|gained)\b"
)
_EACH = re.compile(r"\b(?:by|per|for (?:each|every)|in each|of each)\b")
_SEPARATE = re.compile(r"\b(?:side by side|respectively|separately|next to each other)\b")
_JOINING = re.compile(
    r"^\W*(?:is|was|were|and|to|with|the|in|of|for|from|during|on|it|that|vs|versus"
    r"|compar\w+|against|than|relative|\W)*$"
)


def with_ranges(parts: TimeWords, page: Page, found: list[Found], text: str) -> TimeWords:
    """Return what is said, with the periods found in the text as one range or two."""
    ordered = sorted(found, key=lambda each: each.place)
    before = BEFORE.search(page.text)
    if before:
        return _with_before(parts, page, ordered, before)
    after = AFTER.search(page.text)
    if after and len(ordered) == 1 and ordered[0].place[1] <= after.start():
        return _twice(parts, page, ordered, after, steps=-1) or replace(parts, is_unclear=True)
    if len(ordered) < 2:
        return _one(parts, ordered[0], text) if ordered else parts
    if len(ordered) > 2 and parts.range is None:
        return in_a_row(parts, page, ordered, bool(_VERSUS.search(text) or _CHANGE.search(text)))
    if len(ordered) == 2 and parts.range is None:
        return _two(parts, page, ordered, text)
    return replace(parts, is_unclear=True)


def _with_before(
    parts: TimeWords, page: Page, ordered: list[Found], before: re.Match[str]
) -> TimeWords:
    """`The week before`: of the one range in the text, or of one that is not in it."""
    page.take(before.span())
    twice = _twice(parts, page, ordered, before)
    if twice:
        return twice
    is_compared = _VERSUS.search(page.text) or _CHANGE.search(page.text)
    if len(ordered) == 1 and is_compared:
        only = ordered[0]
        is_bounded = only.period.first is not None and only.period.after is not None
        if is_bounded and fits_before(before, only):
            earlier = Found(period=only.period.earlier(), place=before.span())
            return _compared(parts, page, [only, earlier], page.original)
    for match in _VERSUS.finditer(page.text):
        page.take(match.span())
    return replace(parts, is_unclear=True, is_earlier=not ordered)


def _twice(
    parts: TimeWords, page: Page, ordered: list[Found], before: re.Match[str], steps: int = 1
) -> TimeWords | None:
    """`Active last week but not the week before that`; None where it is something else."""
    if len(ordered) != 1 or ordered[0].period.first is None:
        return None
    fits = fits_before if steps > 0 else fits_after
    if not fits(before, ordered[0]):
        return None
    only = ordered[0]
    place = (only.place[1], before.start())
    overlap = read_overlap(page.original[slice(*place)], page.original)
    if not overlap or only.period.after is None:
        return None
    _take_between(page, place)
    if steps < 0:
        page.take(before.span())
    other = only.period.earlier(steps).as_range(before[0])
    said = _said(only, page.original)
    return replace(parts, range=said, other=other, is_absent=overlap == "absent")


def _one(parts: TimeWords, found: Found, text: str) -> TimeWords:
    """`Change from January to February` compares the two ends; else one range."""
    halves = found.period.halves
    if halves is None or not _CHANGE.search(text) or parts.grain:
        return replace(parts, range=_said(found, text))
    earlier, later = halves
    words = _words(found, text)
    whole = found.period.as_range(words)
    later_range, earlier_range = later.as_range(words), earlier.as_range(words)
    return replace(parts, range=later_range, comparison=earlier_range, whole=whole)


_PREVIOUS = re.compile(r"\b(?:previous|prior|preceding)\b")


def _relative(pair: list[Found], text: str) -> list[Found]:
    """`February vs the previous month`: the month before February."""
    for one, other in (pair, pair[::-1]):
        bounded = one.period.first is not None and one.period.after is not None
        if bounded and _PREVIOUS.search(_words(other, text)):
            earlier = Found(period=one.period.earlier(), place=other.place)
            return sorted([one, earlier], key=lambda each: each.place)
    return pair


def _together(parts: TimeWords, page: Page, pair: list[Found], text: str) -> TimeWords | None:
    """Two times of the same users, or side by side; None where neither is said."""
    place = (pair[0].place[1], pair[1].place[0])
    between = text[slice(*place)]
    overlap = read_overlap(between, text)
    if overlap:
        for match in (*re.finditer(r"\bboth\b", text), *re.finditer(r"^of\b", text)):
            page.take(match.span())
        _take_between(page, place)
        first, second = (_said(each, text) for each in pair)
        return replace(parts, range=first, other=second, is_absent=overlap == "absent")
    if _SEPARATE.search(text) and _JOINING.match(between):
        return _compared(parts, page, pair, text)
    is_repeated = re.match(r"(?:in|for|during|on) ", _words(pair[1], text))
    if is_repeated and re.fullmatch(r"\W*and\W*", between):
        one, other = (each.period.unit for each in pair)
        is_like = one is not None and one == other and _EACH.search(text)
        return _compared(parts, page, pair, text) if is_like else replace(parts, is_unclear=True)
    return None


def _take_between(page: Page, place: Place) -> None:
    """Take what stands between two times, but not the word that asks for a share."""
    asked = SHARE.search(page.original, *place)
    if asked is None:
        page.take(place)
        return
    page.take((place[0], asked.start()))
    page.take((asked.end(), place[1]))


def _two(parts: TimeWords, page: Page, pair: list[Found], text: str) -> TimeWords:
    if _VERSUS.search(text) or _CHANGE.search(text):
        pair = _relative(pair, text)
    between = text[pair[0].place[1] : pair[1].place[0]]
    together = _together(parts, page, pair, text)
    if together:
        return together
    if _JOINING.match(between) and (_VERSUS.search(between) or _CHANGE.search(text)):
        return _compared(parts, page, pair, text)
    if _VERSUS.search(between) or is_which_of_two(between, text):
        return _compared(parts, page, pair, text)
    if is_listed(between):
        return in_a_row(parts, page, pair, is_compared=False)
    earlier, later = sorted(pair, key=lambda each: str(each.period.first))
    if _JOINING.match(between):
        page.take((pair[0].place[1], pair[1].place[0]))
    if _JOINING.match(between) and earlier.period.after == later.period.first:
        both = Period(first=earlier.period.first, after=later.period.after)
        said = f"{_words(earlier, text)} and {_words(later, text)}"
        return replace(parts, range=both.as_range(said))
    return replace(parts, is_unclear=True)


def _compared(parts: TimeWords, page: Page, pair: list[Found], text: str) -> TimeWords:
    earlier, later = sorted(pair, key=lambda each: str(each.period.first))
    for match in _VERSUS.finditer(page.text):
        page.take(match.span())
    between = (pair[0].place[1], pair[1].place[0])
    if between[0] < between[1] and _JOINING.match(text[slice(*between)]):
        page.take(between)
    whole = None if _VERSUS.search(text) else whole_of([earlier, later], text)
    return replace(parts, range=_said(later, text), comparison=_said(earlier, text), whole=whole)


def _said(found: Found, text: str) -> TimeRange:
    return found.period.as_range(_words(found, text))


def _words(found: Found, text: str) -> str:
    return " ".join(text[slice(*found.place)].split())
