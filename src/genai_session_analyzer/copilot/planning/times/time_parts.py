"""Parts of the week and of the day: "on weekends", "Mondays", "at night", "between 9 and 17"."""

import re
from dataclasses import dataclass

from genai_session_analyzer.copilot.planning.times.calendar_words import WEEKDAY, WEEKDAYS

Place = tuple[int, int]
NIGHT = (22, 23, 0, 1, 2, 3, 4, 5)
HOURS_A_DAY = 24
DAYTIMES: dict[str, tuple[int, ...]] = {
    "night": NIGHT,
    "morning": tuple(range(6, 12)),
    "afternoon": tuple(range(12, 18)),
    "evening": tuple(range(18, 22)),
}
"""Hours of the parts of a day; an answer that uses them says so."""
_LEAD = r"(?:(?:on|at|during|in|over|only on) )?(?:the )?"
_WEEKEND = re.compile(rf"(?<!\w){_LEAD}week[- ]?ends?(?!\w)")
_WORKING = re.compile(rf"(?<!\w){_LEAD}(?:week ?days?|(?:working|work|business) ?days?)(?!\w)")
_ENDS = r"(?:(?:on|at) )?(?:the )?week[- ]?ends?"
_WORK = r"(?:(?:on|at) )?(?:the )?(?:week[- ]?days?|(?:working|work|business) ?days?)"
_AGAINST = r" (?:vs\.?|versus|and|or|to|against|compared (?:to|with)|than) "
_SPLIT = re.compile(rf"(?<!\w)(?:by )?(?:{_ENDS}{_AGAINST}{_WORK}|{_WORK}{_AGAINST}{_ENDS})(?!\w)")
_DAYS = re.compile(
    rf"(?<!\w){_LEAD}(?:only )?{WEEKDAY}s(?:(?:,| and|, and| or) (?:on )?{WEEKDAY}s)*"
    r"(?: only)?(?!\w)"
)
_DAYTIME = re.compile(
    r"(?<!\w)(?:(?:at|in|during|over) )?(?:the )?(?:time )?(?P<part>night|over ?night|morning"
    r"|afternoon|evening)(?:time)?s?(?: hours?| time)?(?!\w)"
    r"(?! (?:light|scene|sky|setting|city|golden))"
)
_DAYTIME_BEFORE = re.compile(r"(?:night|morning|afternoon|evening)s?[ ,(]*$")
_WORDS = {"midnight": 0, "noon": 12, "midday": 12}
_HALF = r"am|a\.m\.|pm|p\.m\.|h|o'?clock|o clock|in the (?:morning|afternoon|evening)|at night"
_PLACE = r"(?:midnight|noon|midday|\d{1,2}(?::00)?)"
_END = rf"(?: ?(?:{_HALF}|hours|utc))*"
_BETWEEN = re.compile(
    r"(?<!\w)(?:(?:in |during |within )?(?:the )?hours? (?:of |from |between )?|between |from |, )?"
    r"(?:the )?"
    rf"(?P<a>{_PLACE})(?P<x>{_END})"
    rf" ?(?:and|to|until|till|through|-|\u2013) ?(?P<b>{_PLACE})(?P<y>{_END})(?!\w)"
)
_AT = re.compile(rf"(?<!\w)(?:at|around) (?P<a>{_PLACE})(?P<x>{_END})(?!\w)")
_ONE_SIDED = re.compile(
    rf"(?<!\w)(?P<side>before|after|from|until|till) (?P<a>{_PLACE})(?P<x>{_END})"
    r"(?: (?:on|onwards?))?(?!\w)"
)


@dataclass(frozen=True, kw_only=True)
class FoundParts:
    """Which weekdays or hours, and where they were said."""

    values: tuple[int, ...] = ()
    places: tuple[Place, ...] = ()
    is_split: bool = False


def find_split(text: str) -> FoundParts:
    """Return where a lower-case text tells weekends and working days apart."""
    match = _SPLIT.search(text)
    return FoundParts(places=(match.span(),), is_split=True) if match else FoundParts()


def find_weekdays(text: str) -> FoundParts:
    """Return the weekdays (0 Monday to 6 Sunday) a lower-case text restricts itself to."""
    weekend, working, named = _WEEKEND.search(text), _WORKING.search(text), _DAYS.search(text)
    if weekend and not working and not named:
        return FoundParts(values=(5, 6), places=(weekend.span(),))
    if working and not weekend and not named:
        return FoundParts(values=(0, 1, 2, 3, 4), places=(working.span(),))
    if named and not weekend and not working:
        days = sorted({WEEKDAYS.index(day) for day in re.findall(WEEKDAY, named[0])})
        return FoundParts(values=tuple(days), places=(named.span(),))
    return FoundParts()


def find_hours(text: str) -> FoundParts:
    """Return the hours (0-23) a lower-case text restricts itself to; night is 22 to 6.

    "Between 9 and 17" is a time of day only with am, pm, :00 or the like at one of the numbers.
    """
    for between in _BETWEEN.finditer(text):
        if _is_clock(between) or _DAYTIME_BEFORE.search(text[: between.start()]):
            return _named_too(text, _between_hours(between), between.span())
    for match in _ONE_SIDED.finditer(text):
        if _is_clock(match):
            hour = _hour(match["a"], match["x"])
            values = (
                range(hour) if match["side"] in ("before", "until", "till") else range(hour, 24)
            )
            if len(values) < HOURS_A_DAY:
                return FoundParts(values=tuple(values), places=(match.span(),))
    at = _AT.search(text)
    if at and _is_clock(at):
        return FoundParts(values=(_hour(at["a"], at["x"]),), places=(at.span(),))
    daytime = _DAYTIME.search(text)
    if daytime is None:
        return FoundParts()
    part = "night" if "night" in daytime["part"] else daytime["part"]
    return FoundParts(values=DAYTIMES[part], places=(daytime.span(),))


def _is_clock(match: re.Match[str]) -> bool:
    said = match[0]
    return bool(re.search(rf"\d ?(?:{_HALF}|utc|:00)|:00|midnight|noon|midday|hours", said))


def _between_hours(match: re.Match[str]) -> tuple[int, ...]:
    """From the first hour up to but not including the last; 9 to 5 pm begins in the morning."""
    first, last = match["x"], match["y"]
    end = _hour(match["b"], last)
    start = _hour(match["a"], first if _half(first) else "")
    if _half(last) == "am" and end == 0 and 0 < start < 12:
        end = 12  # "between 8 and 12 am"
    if not _half(first) and _half(last) == "pm" and start + 12 < end:
        start += 12  # "between 2 and 4 pm"
    return _hours(start, end)


def _named_too(text: str, values: tuple[int, ...], place: Place) -> FoundParts:
    """`At night (22 to 6)`: the part of the day is said as well."""
    daytime = _DAYTIME.search(text[: place[0]] + " " * (place[1] - place[0]) + text[place[1] :])
    return FoundParts(values=values, places=(place, *((daytime.span(),) if daytime else ())))


def _half(said: str) -> str | None:
    if re.search(r"\bp\.?m|afternoon|evening|at night", said):
        return "pm"
    return "am" if re.search(r"\ba\.?m|morning", said) else None


def _hour(digits: str, said: str) -> int:
    if digits in _WORDS:
        return _WORDS[digits]
    hour, half = int(digits.partition(":")[0]), _half(said)
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return hour % 24


def _hours(start: int, end: int) -> tuple[int, ...]:
    length = (end - start) % 24 or 24
    return tuple((start + step) % 24 for step in range(length))
