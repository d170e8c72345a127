"""Numbers for people: 9.8 k, 24.1 %, 1.2 s."""

from datetime import date, datetime

NOTHING = "\u2013"
SMALL_GROUP = 30
"""Groups with fewer members are marked: their numbers move a lot by chance."""

NARROW_SPACE = "\u202f"


def compact(value: float | None, digits: int = 1) -> str:
    """Return 9.8 k, 1.2 M; whole numbers below 1,000 as they are; a dash for None."""
    if value is None:
        return NOTHING
    for limit, unit in ((1e9, "G"), (1e6, "M"), (1e3, "k")):
        if abs(value) >= limit * 0.99995:
            return f"{value / limit:.{digits}f}{NARROW_SPACE}{unit}"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.{digits}f}"


def percent(share: float | None, digits: int = 1) -> str:
    """Return a share of 0-1 as 24.1 %; a dash for None."""
    return NOTHING if share is None else f"{share * 100:.{digits}f}{NARROW_SPACE}%"


def duration_ms(milliseconds: float | None) -> str:
    """Return 350 ms, 1.2 s, 2.5 min or 3.1 h; a dash for None."""
    if milliseconds is None:
        return NOTHING
    if milliseconds < 999.5:
        return f"{milliseconds:.0f}{NARROW_SPACE}ms"
    seconds = milliseconds / 1000
    for limit, size, unit in ((60, 1, "s"), (3600, 60, "min")):
        if seconds < limit:
            return f"{seconds / size:.1f}{NARROW_SPACE}{unit}"
    return f"{seconds / 3600:.1f}{NARROW_SPACE}h"


def credits(amount: float | None) -> str:  # noqa: A001
    """Return an amount of credits as 12.3 k cr; a dash for None."""
    return NOTHING if amount is None else f"{compact(round(amount, 2))}{NARROW_SPACE}cr"


def points(score: float | None) -> str:
    """Return a score of 0-100 with one decimal; a dash for None."""
    return NOTHING if score is None else f"{score:.1f}"


def day(value: date | datetime | None) -> str:
    """Return 3 Jan 2024; a dash for None."""
    return NOTHING if value is None else f"{value.day} {value:%b %Y}"


def words(name: object) -> str:
    """Return a coded value as words: `safety_violation` as `safety violation`."""
    return "unknown" if name is None else str(name).replace("_", " ")


def group_size(n: int) -> str:
    """Return n as `n = 412`, with a mark where the group is small."""
    return f"n = {compact(n)}{small_group_mark(n)}"


def small_group_mark(n: int) -> str:
    """Return ` *` where n < 30, else nothing; charts explain the star."""
    return " *" if n < SMALL_GROUP else ""
