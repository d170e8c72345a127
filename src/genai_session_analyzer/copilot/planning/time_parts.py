"""Parts of the week and of the day: "on weekends", "Mondays", "at night", "between 9 and 17"."""

import re
from dataclasses import dataclass

from genai_session_analyzer.copilot.planning.time_points import WEEKDAY, WEEKDAYS

Place = tuple[int, int]
NIGHT = (22, 23, 0, 1, 2, 3, 4, 5)
_LEAD = r"(?:(?:on|at|during|in|over|only on) )?(?:the )?"
_WEEKEND = re.compile(rf"(?<!\w){_LEAD}week[- ]?ends?(?!\w)")
_WORKING = re.compile(rf"(?<!\w){_LEAD}(?:weekdays|(?:working|work|business) ?days?)(?!\w)")
_DAYS = re.compile(
    rf"(?<!\w){_LEAD}({WEEKDAY})s(?:(?:,| and|, and| or) (?:on )?({WEEKDAY})s)?(?!\w)"
)
_NIGHT = re.compile(
    r"(?<!\w)(?:at night|during the night|over ?night|at nighttime|nights?)(?!\w)"
    r"(?: ?\(?22(?::00)?(?: ?-| to|h-) ?0?6(?::00|h)?\)?)?"
)
_CLOCK = r"(\d{1,2})(?::00| ?o'?clock)? ?(am|pm|h)?"
_BETWEEN = re.compile(
    rf"(?<!\w)(?:between|from) {_CLOCK} (?:and|to|until|till) {_CLOCK}"
    r"(?: (?:utc|hours|in the (?:morning|afternoon|evening)))?(?!\w)"
)


@dataclass(frozen=True, kw_only=True)
class FoundParts:
    """Which weekdays or hours, and where they were said."""

    values: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()


def find_weekdays(text: str) -> FoundParts:
    """Return the weekdays (0 Monday to 6 Sunday) a lower-case text restricts itself to."""
    weekend, working, named = _WEEKEND.search(text), _WORKING.search(text), _DAYS.search(text)
    if weekend and not working and not named:
        return FoundParts(values=(5, 6), places=(weekend.span(),))
    if working and not weekend and not named:
        return FoundParts(values=(0, 1, 2, 3, 4), places=(working.span(),))
    if named and not weekend and not working:
        days = sorted(WEEKDAYS.index(day) for day in named.groups() if day)
        return FoundParts(values=tuple(days), places=(named.span(),))
    return FoundParts()


def find_hours(text: str) -> FoundParts:
    """Return the hours (0-23) a lower-case text restricts itself to; night is 22 to 6.

    "Between 9 and 17" is a time of day only with am, pm or h at one of the numbers.
    """
    between = _BETWEEN.search(text)
    if between and (between[2] or between[4]):
        start, end = _hour(between[1], between[2] or between[4]), _hour(between[3], between[4])
        return FoundParts(values=_hours(start, end), places=(between.span(),))
    night = _NIGHT.search(text)
    return FoundParts(values=NIGHT, places=(night.span(),)) if night else FoundParts()


def _hour(digits: str, half: str | None) -> int:
    hour = int(digits)
    if half in ("am", "pm"):
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour % 24


def _hours(start: int, end: int) -> tuple[int, ...]:
    length = (end - start) % 24 or 24
    return tuple((start + step) % 24 for step in range(length))
