"""Periods to group by, in words: "per day", "weekly", "by hour of the day", "over time"."""

import re
from dataclasses import dataclass

from genai_session_analyzer.copilot.plan import Grain

Place = tuple[int, int]
_EACH = (
    r"(?:per|by|each|every|for each|for every|in each|on each|within each|within every|a|split by"
    r"|grouped by)"
    r"(?: single| calendar| iso)?"
)
_WHICH = (
    r"(?:which|what|(?:top|bottom|best|worst|first|last)? ?\d+|busiest|quietest|slowest|best|worst"
    r"|cheapest|peak|most \w+|least \w+)"
)
_BY = r"(?:by |per |each |which |what |on |in |at |for each )*(?:the )?"
_VERB = r"(?:has|have|had|is|are|do|does|sees?|saw|gets?|got|with)"
_ENDS = (
    r"(?=\W*$| (?:in|on|of|for|with|from|since|until|last|outside|excluding|among|during|between"
    r"|not|using|made|over|before \d)\b)"
)
_PATTERNS: tuple[tuple[str, Grain], ...] = (
    (rf"{_BY}(?:hours?|times?) of (?:the )?day", "hour_of_day"),
    (r"(?:by|per|which|what|across|at what|at which) (?:the )?hours?(?! ago)", "hour_of_day"),
    (
        rf"{_BY}(?:days? of (?:the )?week|weekdays?(?= {_VERB}))",
        "weekday",
    ),
    (r"(?:by|per|each|which|what|(?:for )?(?:each|every)) (?:the )?week ?day(?!s)", "weekday"),
    (r"(?:by|per|each|which|what|across) (?:the )?week ?days", "weekday"),
    (r"hourly", "hour"),
    (r"(?:each|every|for each) hour", "hour"),
    (r"(?:daily|day[ -]by[ -]day|day-wise|daywise)", "day"),
    (r"(?:weekly|week[ -]by[ -]week)", "week"),
    (r"(?:monthly|month[ -]by[ -]month)", "month"),
    (r"quarterly", "quarter"),
    (r"(?:yearly|annually|annual)", "year"),
    *(
        (
            rf"(?:in|on|within|during) (?:a|one|any|any one|any given|a given)(?: single)? {unit}"
            rf"|(?:a |one )single {unit}",
            unit,
        )
        for unit in ("hour", "day", "week", "month")
    ),
    (r"(?:over|across|between|through) the days", "day"),
    (r"(?:over|across|between|through) the weeks|from (?:one )?week to (?:the next|week)", "week"),
    (r"(?:over|across|through) the months|from (?:one )?month to (?:the next|month)", "month"),
    (rf"{_EACH} days?", "day"),
    (rf"{_EACH} weeks?", "week"),
    (rf"{_EACH} months?", "month"),
    (rf"{_EACH} quarters?", "quarter"),
    (rf"{_EACH} years?", "year"),
    (r"(?:by|per) date", "day"),
    (rf"and (?:by )?day{_ENDS}", "day"),
    (rf"and (?:by )?week{_ENDS}", "week"),
    (rf"and (?:by )?month{_ENDS}", "month"),
)
_GRAINS = tuple((re.compile(rf"(?<!\w)(?:{pattern})(?!\w)"), grain) for pattern, grain in _PATTERNS)
_UNIT = r"(day|week|month|quarter|year)"
_SINGLE = re.compile(r"^(?:in|on|within|during) |single|^(?:hour|dai|week|month)ly$")
_ASKED = re.compile(
    rf"(?<!\w){_WHICH}(?: single)? {_UNIT}s?(?!\w)"
    r"(?! (?:ago|of|before|earlier|prior|moving|rolling|average|mean))"
)
_HOUR = re.compile(
    r"(?<!\w)(?:busiest|quietest|slowest|fastest|best|worst|cheapest) (hours?)(?!\w)(?! (?:of|ago))"
)
_HOURS_LONG = (
    r"(?!how many hours? (?:do|did|does|have|has|were|are)\b.*"
    r"\b(?:wait\w*|spen[dt]\w*|last\w*|take|took|taken|lose|lost)\b)"
)
_PART_OF_EACH = re.compile(
    r"(?:busiest|quietest|slowest|fastest|best|worst|cheapest|most \w+|peak|top \w+|\d+|which|what"
    r"|^\W*the|^)"
    r" ?(?P<part>days?|hours?)(?!\w)(?! of the (?:week|day))[^,;?]*?"
    r" (?P<whole>(?:of|in|within|for|by)? ?(?:each|every|per) "
    r"(?P<unit>day|week|month|quarter|year))(?!\w)"
)
_WITH = re.compile(
    rf"(?<!\w)(?<!how many ){_HOURS_LONG}"
    r"((?:how many|number of|count of|what share of) (?:different |distinct )?)?"
    r"(day|week|month|hour)s?"
    r"(?:(?= (?:with|had|have|has|that|did|saw)\b)|(?=[\x00 ]+\x00 (?:had|have|has|did|saw)\b)"
    r"| (?:where|when|on which|in which)\b)"
)
_NOT_FROM = "".join(f"(?<!from {unit} )" for unit in ("day", "week", "month", "quarter", "year"))
_OVER = re.compile(
    rf"(?<!\w)(?:(day|week|month|quarter|year)[ -](?:over|on|after|{_NOT_FROM}to)[ -]\1"
    r"|(dod|wow|mom|yoy))(?!\w)"
)
_ABBREVIATED: dict[str, Grain] = {"dod": "day", "wow": "week", "mom": "month", "yoy": "year"}
_NAMED: dict[str, Grain] = {
    "hour": "hour", "day": "day", "week": "week", "month": "month", "quarter": "quarter",
    "year": "year",
}  # fmt: skip
_TREND = re.compile(
    r"(?<!\w)(?:over time|through time|trends?|trending|time ?series|time line|timeline|evolution"
    r"|fluctuat\w+|var(?:y|ies|ied)(?= (?:by|per|over|across|from)(?: the| each)? "
    r"(?:days?|weeks?|months?|hours?)\b)"
    r"|evolved?|develop(?:ed|ment)?|progress(?:ed|ion)?)(?!\w)"
)


@dataclass(frozen=True, kw_only=True)
class FoundGrain:
    """A grain, where it was said, and how."""

    grain: Grain | None = None
    within: Grain | None = None
    places: tuple[Place, ...] = ()
    period_over_period: bool = False
    is_trend: bool = False
    is_single: bool = False
    counts_periods: bool = False
    shares_periods: bool = False


def find_grain(text: str) -> FoundGrain:
    """Return the period to group by that a lower-case text names; none where it names none."""
    trend = _TREND.search(text)
    places = (trend.span(),) if trend else ()
    over = _OVER.search(text)
    if over:
        grain = _NAMED[over[1]] if over[1] else _ABBREVIATED[over[2]]
        return FoundGrain(grain=grain, places=(*places, over.span()), period_over_period=True)
    part = _PART_OF_EACH.search(text)
    if part:
        spans = (part.span("part"), part.span("whole"))
        return FoundGrain(grain=_NAMED[part["part"].removesuffix("s")],
                          within=_NAMED[part["unit"]], places=(*places, *spans))  # fmt: skip
    for pattern, grain in _GRAINS:
        match = pattern.search(text)
        if match:
            same = (other.search(text, match.end()) for other, each in _GRAINS if each == grain)
            again = tuple(found.span() for found in same if found)[:1]
            is_single = bool(_SINGLE.search(match[0])) and "which" not in match[0]
            return FoundGrain(grain=grain, places=(*places, match.span(), *again),
                              is_trend=match[0].startswith(("over the", "through the")),
                              is_single=is_single)  # fmt: skip
    asked = _ASKED.search(text) or _HOUR.search(text)
    if asked:
        asked_for: Grain = "hour_of_day" if "hour" in asked[1] else _NAMED[asked[1]]
        return FoundGrain(grain=asked_for, places=(*places, asked.span(1)))
    having = _WITH.search(text)
    if having:
        grain = "hour_of_day" if having[2] == "hour" and not having[1] else _NAMED[having[2]]
        return FoundGrain(grain=grain, places=(*places, having.span()),
                          counts_periods=bool(having[1]),
                          shares_periods=(having[1] or "").startswith("what share"))  # fmt: skip
    return FoundGrain(grain="day" if trend else None, places=places, is_trend=bool(trend))
