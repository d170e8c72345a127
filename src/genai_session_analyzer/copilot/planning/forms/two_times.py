"""The two times between which something grew: "in February", "from January to March"."""

import re
from datetime import date, timedelta

from genai_session_analyzer.copilot.planning.times.calendar_words import MONTHS

_MONTH = rf"(?:{'|'.join(MONTHS)})(?: 20\d\d)?"
_BOTH = re.compile(
    rf"(?:from|between) (?P<first>{_MONTH}) (?:to|and|until) (?P<second>{_MONTH})$"
    rf"|(?:in|during) (?P<named>{_MONTH})$|(?P<last>(?:in |during |over )?(?:the )?last (?P<unit>"
    r"month|week))$|(?P<by>(?:month|week) (?:over|to|on|by) (?:month|week))$"
    rf"|(?:in|during) (?P<later>{_MONTH}) (?:compared (?:to|with)|vs|versus|over)"
    rf" (?P<former>{_MONTH})$"
)


def two_times(said: str, today: date) -> str | None:
    """Return two times to compare, in words; None where the words are not understood.

    Args:
        said: "from January to February", "last month"; empty for the last two complete months.
        today: The day of the newest timestamp in the data.
    """
    if not said:
        last = today.replace(day=1) - timedelta(days=1)
        if (today + timedelta(days=1)).day == 1:
            last = today
        return f"in {_month(last)} compared with {_month(last.replace(day=1) - timedelta(days=1))}"
    match = _BOTH.match(said)
    if match is None:
        return None
    for later, former in (("second", "first"), ("later", "former")):
        if match[later]:
            return f"in {match[later]} compared with {match[former]}"
    if match["named"]:
        return _month_before(match["named"], today)
    unit = match["unit"] or match["by"].split()[0]
    return f"last {unit} compared with the {unit} before"


def _month_before(named: str, today: date) -> str:
    """The month and the one before it, of the newest year in which it is not after the data."""
    name, _, year = named.partition(" ")
    number = MONTHS.index(name) + 1
    first = date(int(year) if year else today.year - (number > today.month), number, 1)
    return f"in {_month(first)} compared with {_month(first - timedelta(days=1))}"


def _month(day: date) -> str:
    return f"{day:%B %Y}".lower()
