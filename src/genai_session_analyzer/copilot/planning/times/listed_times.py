"""Several times in a list: "in January or February", "January, February and March"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from genai_session_analyzer.copilot.plan import Grain, TimeRange
from genai_session_analyzer.copilot.planning.times.calendar_periods import Period
from genai_session_analyzer.copilot.planning.times.time_page import Found, Page, TimeWords

_LISTED = re.compile(r"^\W*(?:and|or|,)\W*(?:and|or)?\W*$")
_OR = re.compile(r"^\W*or\W*$")
_COMPARATIVE = re.compile(
    r"\b(?:(?:more|less|fewer|higher|lower|greater)(?! than \d)|better|worse|slower|faster|quicker"
    r"|longer|shorter|cheaper|busier|bigger|smaller)\b"
)
_GRAINS: dict[str, Grain] = {"day": "day", "week": "week", "month": "month", "quarter": "quarter"}


def is_listed(between: str) -> bool:
    """Return whether two times are joined by "and", "or" or a comma."""
    return _LISTED.match(between) is not None


def is_which_of_two(between: str, text: str) -> bool:
    """Return whether it is asked in which of two times: "more errors in January or February"."""
    return _OR.match(between) is not None and _COMPARATIVE.search(text) is not None


def in_a_row(parts: TimeWords, page: Page, found: Sequence[Found], is_compared: bool) -> TimeWords:
    """Return a list of times as one range, where each begins as another ends.

    Those that are compared are told apart: "compare January, February and March" is by month.
    """
    gaps = [(a.place[1], b.place[0]) for a, b in pairwise(found)]
    listed = all(is_listed(page.original[slice(*gap)]) for gap in gaps)
    whole = whole_of(found, page.original)
    units = {each.period.unit for each in found}
    grain = _GRAINS.get(str(units.pop())) if is_compared and len(units) == 1 else parts.grain
    if not listed or whole is None or (is_compared and parts.grain not in (None, grain)):
        return replace(parts, is_unclear=True)
    for gap in gaps:
        page.take(gap)
    return replace(parts, range=whole, grain=grain)


def whole_of(found: Sequence[Found], text: str) -> TimeRange | None:
    """Return the range of all the times; None where one does not begin as another ends."""
    periods = sorted((each.period for each in found), key=lambda each: str(each.first))
    if any(a.after != b.first for a, b in pairwise(periods)):
        return None
    places = sorted(each.place for each in found)
    said = " ".join(text[places[0][0] : places[-1][1]].split())
    return Period(first=periods[0].first, after=periods[-1].after).as_range(said)
