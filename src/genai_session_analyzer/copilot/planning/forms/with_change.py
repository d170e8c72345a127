"""A number of each period beside its change: "weekly users, and the change from week to week"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan, Transform
from genai_session_analyzer.copilot.planning.forms.form import Form

_GRAINS = {"daily": "day", "weekly": "week", "monthly": "month"}
_UNIT = r"(?:day|week|month|period|one)"
_CHANGE = (
    r"(?P<change>(?:(?:relative|percentage|percent|absolute) )?(?:change|difference|delta|growth"
    r"|increase|move|movement|shift|jump|swing|gain or loss))s?"
)
_BEFORE = (
    r"(?:from|to|against|over|on|versus|vs|compared (?:to|with)|relative to|since|with) (?:the )?"
    rf"(?:{_UNIT} (?:before|prior|earlier)|(?:previous|prior|preceding|last) {_UNIT})"
)
_OVER = r"(?:day|week|month)[ -](?:over|on|to)[ -](?:day|week|month)"
_LEAD = (
    r"^\W*(?:(?:please|show|list|give|me|us|what|are|is|the|our)\W+)*"
    r"(?:(?P<grain>daily|weekly|monthly) (?P<what>[a-z][\w -]*?)"
    r"|(?P<what2>[a-z][\w -]*?) (?:per|by|each|every) (?P<unit>day|week|month))"
)
_AND = (
    r"[\s,;:-]*(?:and|with|plus|along with|together with|including|showing|as well as|next to)"
    r"(?: also)? (?:the |its |their |each )*"
)
_PATTERNS = (
    re.compile(
        r"^\W*how (?:do|does|did|has|have) (?:the |our )?(?P<grain>daily|weekly|monthly)"
        r" (?P<what>[a-z][\w -]*?)(?P<what2>)(?P<unit>) (?:change|changed|move|moved|develop|differ"
        rf"|shift|compare|grow|grown|fall) {_BEFORE}\W*$"
    ),
    re.compile(
        r"^\W*(?:for|in|by|per) (?:each|every)? ?(?P<unit>day|week|month)[\s,:]+(?:show |give "
        r"|list |the )*"
        rf"(?P<grain>)(?P<what>[a-z][\w -]*?)(?P<what2>){_AND}{_CHANGE} {_BEFORE}\W*$"
    ),
    re.compile(rf"{_LEAD}{_AND}{_CHANGE} {_BEFORE}(?: each time| every time)?\W*$"),
    re.compile(rf"{_LEAD}{_AND}{_OVER} {_CHANGE}\W*$"),
    re.compile(
        rf"{_LEAD}{_AND}how (?:much )?(?:each|every|one|it|they|that) ?{_UNIT}? ?(?:differs?"
        rf"|changes?"
        rf"|moves?|compares?|changed|moved|differed) {_BEFORE}(?: it)?\W*$"
    ),
)


def read_with_change(text: str) -> Form | None:
    """Return "users per week" of such a question, completed by the change to the period before.

    Args:
        text: The question.
    """
    plain = text.lower().strip()
    match = next(filter(None, (each.match(plain) for each in _PATTERNS)), None)
    if match is None:
        return None
    change = match.groupdict().get("change") or ""
    relative = change.startswith(("relative", "percent", "growth"))
    transform: Transform = "relative_change" if relative else "change"
    unit = match["unit"] or _GRAINS[match["grain"]]
    return Form(
        text=f"{match['what'] or match['what2']} per {unit}",
        complete=lambda plan, words: _changed(plan, words, transform),
    )


def _changed(plan: QueryPlan, words: Catalogue, transform: Transform) -> QueryPlan | None:
    """The plan with the change beside its one number."""
    del words
    if len(plan.measures) != 1 or plan.grain is None or plan.over_groups or plan.comparison:
        return None
    use = plan.measures[0]
    if use.transform != "value":
        return None
    changed = use.model_copy(update={"transform": transform})
    return plan.model_copy(update={"measures": (use, changed)})
