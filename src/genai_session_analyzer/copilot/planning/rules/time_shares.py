"""A range of time as the part of a share: "what share of all generations was made in February"."""

import re

from genai_session_analyzer.copilot.plan import PlanFilter
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bound_filters import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft

_HAPPENED = re.compile(
    r"\b(?:(?:is|are|was|were|been|got) (?:\w+(?:ed|en)|made|run|spent|sent|begun|from)"
    r"|(?:happen|occur|start|arriv|dat)\w*(?: from)?|came|comes?|comes? from|came from"
    r"|f[ae]lls?(?: into)?|fell into|took place|takes? place|began|is|are|was|were)\s+"
    r"(?:(?:back|only|alone|just) )?$"
)


def happens_then(draft: Draft) -> bool:
    """Return whether a verb of happening stands right before the range of time."""
    times = draft.tagged.times
    if times.range is None or times.comparison or times.other or times.grain or draft.is_follow_up:
        return False
    at = draft.tagged.text.find(times.range.said)
    is_said = at >= 0 and times.range.said != ""
    return is_said and _HAPPENED.search(draft.tagged.text[:at]) is not None


def take_time_part(draft: Draft) -> None:
    """Read the range of time as the part of a share, where it is said to have happened then."""
    if happens_then(draft):
        draft.time_part = draft.tagged.times.range
        draft.forget_range()


def parted_by_time(
    binder: Binder, whole: list[PlanFilter]
) -> tuple[tuple[PlanFilter, ...], list[PlanFilter]]:
    """Return the rows of that time, and the conditions of the whole.

    Raises:
        BindError: The time is open, or that of a user's signup.
    """
    time, entity = binder.draft.time_part, binder.catalogue.entity(binder.entity)
    if time is None or time.start is None or time.end is None or binder.entity == "users":
        raise BindError("which part of all times is meant")
    part = PlanFilter(field=entity.time_field, operator="within", values=(time.start, time.end))
    return (part,), whole
