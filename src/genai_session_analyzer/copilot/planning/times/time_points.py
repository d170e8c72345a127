"""Words for one calendar period: "yesterday", "last month", "March 3rd", "Q1 2024"."""

import re
from collections.abc import Callable

from genai_session_analyzer.copilot.planning.times.calendar_periods import Period
from genai_session_analyzer.copilot.planning.times.calendar_words import (
    DAY,
    LAST,
    MONTH,
    NUMBER,
    THIS,
    UNIT,
    WEEKDAY,
    YEAR,
    Span,
)
from genai_session_analyzer.copilot.planning.times.numbered_dates import (
    dotted,
    iso_week,
    slashed,
)
from genai_session_analyzer.copilot.planning.times.point_readers import (
    read_ago,
    read_before_last,
    read_complete,
    read_day,
    read_days_ago,
    read_iso,
    read_last,
    read_month,
    read_numbered_month,
    read_quarter,
    read_rolling,
    read_third,
    read_this,
    read_to_date,
    read_weekday,
    read_weekend,
    read_year,
)

Reader = Callable[[re.Match[str], Span], Period | None]

_OF_YEAR = rf"(?:,? (?:of )?(?P<year>{YEAR}))?"
_NAMED_DAY = rf"(?:(?P<weekday>{WEEKDAY}),? (?:the )?)?"
_NO_GRAIN = r"(?<!per )(?<!each )(?<!every )(?<!by )"
_DATE_BEHIND = rf"(?!,? (?:the )?(?:\d{{1,2}}(?:st|nd|rd|th)?\b|{MONTH}\b))"
_READERS: tuple[tuple[str, Reader], ...] = (
    (r"\d{4}-\d{2}-\d{2}(?!\d)", read_iso),
    (rf"(?P<day>\d{{1,2}})\.(?P<month>\d{{1,2}})\.(?P<year>{YEAR})", dotted),
    (rf"(?P<one>\d{{1,2}})/(?P<two>\d{{1,2}})/(?P<year>{YEAR})", slashed),
    (rf"(?P<year>{YEAR})[/.](?P<month>\d{{1,2}})[/.](?P<day>\d{{1,2}})", dotted),
    (
        rf"(?:the )?(?<!per )(?<!each )(?<!every )(?:calendar |iso )?(?:week|cw|kw)"
        rf"(?: number| no\.?| nr\.?)? ?(?P<n>\d{{1,2}})(?! of {MONTH}){_OF_YEAR}",
        lambda match, span: iso_week(match, span.today),
    ),
    (rf"(?P<third>early|mid|late)[ -](?P<month>{MONTH})\b{_OF_YEAR}", read_third),
    (rf"(?P<year>{YEAR})-(?P<month>\d{{2}})(?![\d-])", read_numbered_month),
    (rf"(?P<month>\d{{1,2}})/(?P<year>{YEAR})", read_numbered_month),
    (
        rf"{_NAMED_DAY}(?P<day>{DAY})(?: day)?(?: of)? (?P<month>{MONTH})\b\.?{_OF_YEAR}",
        read_day,
    ),
    (
        rf"(?!(?<=in ){MONTH} \d\d(?!\w|,? 20\d\d)){_NAMED_DAY}"
        rf"(?P<month>{MONTH})\.? (?:the )?(?P<day>{DAY})\b(?:,? (?P<year>{YEAR}))?",
        read_day,
    ),
    (rf"(?:the )?(?:month of )?(?P<month>{MONTH})\b\.?{_OF_YEAR}", read_month),
    (
        rf"(?:q(?P<q>[1-4])|(?:the )?(?P<word>first|second|third|fourth) quarter){_OF_YEAR}",
        read_quarter,
    ),
    (rf"(?:the )?(?:year )?(?P<year>{YEAR})(?![\d-])", read_year),
    (r"(?:the )?day before yesterday", lambda _, span: read_days_ago(2, span)),
    (r"yesterday", lambda _, span: read_days_ago(1, span)),
    (
        r"today|(?:the )?(?:(?:last|final|latest|newest|most recent) day (?:of|in) (?:the|our) data"
        r"(?: ?set)?|(?:latest|newest|most recent) day)",
        lambda _, span: read_days_ago(0, span),
    ),
    (
        r"(?:the )?(?:very )?first day (?:of|in) (?:the|our) data(?: ?set)?",
        lambda _, span: Period.of(span.first, "day"),
    ),
    (rf"(?:the )?(?P<unit>{UNIT}) before last", read_before_last),
    (rf"{_NO_GRAIN}(?P<unit>{UNIT})[ -]to[ -]date", read_to_date),
    (rf"(?P<n>{NUMBER}) (?P<unit>{UNIT})s? ago", read_ago),
    (
        rf"(?:(?:the|these) )?{LAST} (?P<n>{NUMBER}) (?:full|complete|completed|whole)"
        rf" (?P<unit>{UNIT})s?",
        read_complete,
    ),
    (rf"(?:(?:the|these) )?{LAST} (?P<n>{NUMBER}) (?P<unit>{UNIT})s?", read_rolling),
    (rf"(?:the )?past (?P<unit>{UNIT})", read_rolling),
    (rf"(?:the )?{LAST} (?:full |complete |calendar )?(?P<unit>{UNIT})", read_last),
    (rf"{THIS} (?P<unit>{UNIT})", read_this),
    (rf"(?:the )?{LAST} weekend", read_weekend),
    (rf"(?:{LAST}|on|this) (?P<weekday>{WEEKDAY})\b{_DATE_BEHIND}", read_weekday),
)
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
