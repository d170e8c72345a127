"""A mean over periods, for each part of a longer rhythm: "sessions per day, for each weekday"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form

_MEAN = r"(?P<mean>average|mean|avg|median|typical)"
_PARTS = (
    r"(?P<part>weekday|day of (?:the )?week|day-of-week|hour of (?:the )?day|hour-of-day|week part)"
)
_EACH = r"(?:by|per|for each|for every|on each|on every|of each|of every|split by|grouped by)"
_SHAPES = (
    rf"{_MEAN} (?:daily )?(?P<what>[a-z][^,;?]*?) (?:per|a|each) (?P<unit>day|hour),? {_EACH}"
    rf" {_PARTS}",
    rf"{_MEAN} (?P<unit>daily|hourly) (?P<what>[a-z][^,;?]*?),? {_EACH} {_PARTS}",
    rf"{_EACH} {_PARTS}[\s,:]+(?:show |give |report |the |what is |how (?:many|much) )*{_MEAN}"
    rf" (?P<what>[a-z][^,;?]*?) (?:per|a|each) (?P<unit>day|hour)",
)
_LEAD = r"^\W*(?:(?:show|give|list|compute|calculate|what is|what are|report)(?: me)? )?(?:the )?"
_COMPILED = tuple(re.compile(rf"{_LEAD}{shape}(?P<rest> (?:in|for|on|since) .+?)?\W*$")
                  for shape in _SHAPES)  # fmt: skip


def read_typical_periods(text: str) -> Form | None:
    """Return "average sessions per day" of such a question, completed by the part of the rhythm.

    Args:
        text: The question.
    """
    plain = " ".join(text.lower().split())
    match = next(filter(None, (each.match(plain) for each in _COMPILED)), None)
    if match is None:
        return None
    part = match["part"].replace("-", " ").replace("the ", "")
    field = {"day of week": "weekday", "hour of day": "hour_of_day", "week part": "week_part"}
    unit = {"daily": "day", "hourly": "hour"}.get(match["unit"], match["unit"])
    name = field.get(part, part)
    what = re.sub(r"^(?:number|count) of ", "", match["what"])
    return Form(
        text=f"{match['mean']} number of {what} per {unit}{match['rest'] or ''}"
        if what != match["what"]
        else f"{match['mean']} {what} per {unit}{match['rest'] or ''}",
        complete=lambda plan, words: _for_each(plan, words, name),
    )


def _for_each(plan: QueryPlan, words: Catalogue, field: str) -> QueryPlan | None:
    """The plan with one mean for each value of the field."""
    if plan.grain is None or plan.over_groups is None or plan.dimensions:
        return None
    if field not in words.entity(plan.entity).fields:
        return None
    return plan.model_copy(update={"dimensions": (field,), "over_by": (field,)})
