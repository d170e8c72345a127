"""Conventions that a reader of an answer has to know."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.times.time_parts import DAYTIMES, HOURS_A_DAY


def _dayparts(draft: Draft) -> Iterator[tuple[str, str]]:
    """The part of the day that was said without its hours, and which hours those are."""
    said = draft.tagged.times.hours
    for part, hours in DAYTIMES.items():
        if said == hours and part in draft.tagged.text:
            yield part, f"{hours[0]}:00 to {(hours[-1] + 1) % HOURS_A_DAY}:00"


def notes_on(draft: Draft, plan: QueryPlan) -> tuple[str, ...]:
    """Return the conventions a plan relies on, each a sentence."""
    notes = [f"Read '{wrong}' as '{right}'." for wrong, right in draft.tagged.corrections]
    names = {use.name for use in plan.measures}
    if names & {"error_rate", "failure_count"}:
        notes.append("An error is any known status but success; unknown ones are left out.")
    if "active_users" in names:
        notes.append("Users are those with a generation.")
    if plan.time and plan.time.said and any(w in plan.time.said for w in ("week", "month", "day")):
        notes.append("Now is the newest time in the data; weeks run Monday to Sunday, UTC.")
    notes += [f"{part.capitalize()} is {hours} UTC." for part, hours in _dayparts(draft)]
    if plan.limit == 10 and draft.rank and not plan.over_groups:
        notes.append("The first 10 rows.")
    return tuple(notes)
