"""Values of an answer as people read them, by the unit of their measure."""

import re
from datetime import date, datetime

from genai_session_analyzer.dashboard.formats import (
    NARROW_SPACE,
    NOTHING,
    credits,  # noqa: A004
    day,
    duration_ms,
    percent,
    words,
)

RATE_UNITS = ("rate", "share", "rate 0-1", "share 0-1", "0-1")
DIGITS = 4
LARGE = 10_000
"""From here on thousands are written k on axes, and credits are rounded."""
SMALL_RATE = 0.02
_CODED = re.compile(r"[a-z]+(_[a-z]+)*")


def written(value: object, unit: str = "") -> str:
    """Return a value as text: 24.1 %, 1.2 s, 3.4 cr, 1,234, 3 Jan 2024; a dash for unknown."""
    if value is None:
        return NOTHING
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number(value, unit)
    if isinstance(value, datetime):
        midnight = (value.hour, value.minute, value.second) == (0, 0, 0)
        return day(value) if midnight else f"{day(value)}, {value:%H:%M}"
    return day(value) if isinstance(value, date) else str(value)


def in_words(value: object) -> str:
    """Return a group's value as people read it: `safety_violation` as words, an id as it is."""
    return words(value) if value is None or _CODED.fullmatch(str(value)) else str(value)


def axis_format(unit: str, largest: float) -> str:
    """Return the D3 format of an axis: of rates 20%, of large numbers 12k, of others 1,500.

    Args:
        unit: Of the numbers along it.
        largest: Of these numbers, without sign.
    """
    if is_rate(unit):
        return ".2~%" if largest < SMALL_RATE else ".0~%"
    return "~s" if largest >= LARGE else ",~r"


def is_rate(unit: str) -> bool:
    """Return whether numbers of this unit are shares of 0-1."""
    return unit in RATE_UNITS


def _number(value: float, unit: str) -> str:
    if is_rate(unit):
        return percent(value, 2)
    if unit == "ms":
        return duration_ms(value) if abs(value) >= 1000 else f"{value:,.0f}\u202fms"
    if unit == "credits":
        return f"{value:,.1f}{NARROW_SPACE}cr" if 1 <= abs(value) < LARGE else credits(value)
    if float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:,.{DIGITS}g}" if abs(value) < 1000 else f"{value:,.1f}"
