"""Periods named by the one beside them: "the week before", "the following month"."""

import re

from genai_session_analyzer.copilot.planning.times.calendar_periods import Period
from genai_session_analyzer.copilot.planning.times.time_page import Found

BEFORE = re.compile(
    r"\b(?:the )?(?:(?:previous|prior|preceding) (?:period|day|week|month|quarter|year|one)"
    r"|(?P<n>\d+) (?P<unit>day|week)s before(?: that| those)?"
    r"|(?:day|week|month|quarter|year|period) before(?: that| it)?|(?:one )?before that)\b"
)
AFTER = re.compile(
    r"\b(?:in |during )?the (?:(?:following|next|subsequent) (?P<unit>day|week|month|quarter|year)"
    r"|(?P<unit2>day|week|month|quarter|year) (?:after|thereafter|afterwards)"
    r"(?: that| it)?)(?= *(?:$|\W| too| as well| again))"
)


def fits_before(before: re.Match[str], only: Found) -> bool:
    """Return whether a period is as long as the one said before it: "7 days before"."""
    if before["n"] is None:
        return True
    days = int(before["n"]) * (7 if before["unit"] == "week" else 1)
    return days == _days_in(only.period)


def fits_after(after: re.Match[str], only: Found) -> bool:
    """Return whether "the following week" stands after a week."""
    return (after["unit"] or after["unit2"]) == only.period.unit


def _days_in(period: Period) -> int:
    return (period.after - period.first).days if period.first and period.after else 0
