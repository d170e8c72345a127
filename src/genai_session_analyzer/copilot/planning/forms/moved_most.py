"""The period in which a number moved most: "which week saw the biggest drop in success rate"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import output_columns
from genai_session_analyzer.copilot.plan import Order, QueryPlan, Transform
from genai_session_analyzer.copilot.planning.forms.form import Form

_UP = r"increases?|rises?|jumps?|growth|gains?|surges?|climbs?|improvements?"
_DOWN = r"decreases?|drops?|falls?|declines?|dips?|losses|loss|reductions?|slumps?|plunges?"
_MOVED_UP = r"increased?|rise|rose|jump|jumped|grow|grew|gain|gained|climb|climbed|go up|surged?"
_MOVED_DOWN = r"decreased?|drop|dropped|fall|fell|decline|declined|go down|sink|sank|shrink|shrank"
_UNIT = r"(?P<unit>hour|day|week|month|date)"
_N = r"(?:(?P<n>\d{1,2}|two|three|four|five|six|ten) )?"
_LARGEST = (
    r"(?:largest|biggest|greatest|highest|strongest|steepest|sharpest|most severe|worst|best)"
)
_HOW = r"(?P<how>(?:relative|percentage|percent|absolute) )?"
_OVER = r"(?:(?:hour|day|week|month)[- ](?:over|on|to|by)[- ](?:hour|day|week|month) )?"
_BEFORE = (
    r"(?:,? (?:compared (?:to|with)|over|from|relative to|against|versus|vs\.?|on) (?:the )?"
    r"(?:(?:hour|day|week|month|one) (?:before|earlier|prior)(?: it)?|(?:previous|prior|preceding)"
    r" (?:hour|day|week|month|one)))?"
)
_NOUN = rf"{_HOW}{_OVER}(?:(?P<up>{_UP})|(?P<down>{_DOWN})) (?:in|of) (?:the |our )?(?P<what>.+?)"
_VERB = rf"(?:(?P<up>{_MOVED_UP})|(?P<down>{_MOVED_DOWN})) (?:the )?(?:most|furthest|hardest)"
_SHOW = r"(?:(?:show|list|give|find|name|return|what (?:is|was|are|were))(?: me)? )?"
_HAD = r"(?:has|had|have|saw|sees|shows?|showed|brought|recorded|experienced|was there|is there)"
_PATTERNS = (
    rf"(?:in |on )?(?:which|what) {_N}{_UNIT}s? {_HAD} (?:the )?{_LARGEST} {_NOUN}{_BEFORE}",
    rf"{_SHOW}(?:the )?(?:top )?{_N}{_UNIT}s? (?:with|of|that had|which had) (?:the )?{_LARGEST}"
    rf" {_NOUN}{_BEFORE}",
    rf"(?:in |on )?(?:which|what) {_N}{_UNIT}s? did (?:the |our )?(?P<what>.+?) {_VERB}{_BEFORE}",
    rf"when (?:was|were) (?:the )?{_LARGEST} (?:(?P<daily>daily|weekly|monthly) )?{_NOUN}{_BEFORE}",
)
_COMPILED = tuple(re.compile(rf"^\W*{pattern}\W*$") for pattern in _PATTERNS)
_NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "ten": 10}


def read_moved_most(text: str) -> Form | None:
    """Return "success rate per week" of such a question, completed by the change and its rank.

    Args:
        text: The question.
    """
    plain = " ".join(text.lower().split())
    match = next(filter(None, (each.match(plain) for each in _COMPILED)), None)
    if match is None:
        return None
    said = match.groupdict()
    unit = said.get("unit") or _unit_of(plain)
    if unit is None:
        return None
    unit = unit.replace("date", "day")
    number = said.get("n") or "1"
    limit = _NUMBERS.get(number) or int(number)
    is_relative = (said.get("how") or "").startswith(("rel", "perc"))
    transform: Transform = "relative_change" if is_relative else "change"
    goes_up = said["up"] is not None
    return Form(
        text=f"{said['what']} per {unit}",
        complete=lambda plan, words: _ranked(plan, words, transform, goes_up, limit),
    )


def _unit_of(text: str) -> str | None:
    found = re.search(r"\b(?:(dai|week|month)ly|(hour|day|week|month)[- ](?:over|on|to|by|before)"
                      r"|(?:previous|prior) (hour|day|week|month))\b", text)  # fmt: skip
    if found is None:
        return None
    unit = found[1] or found[2] or found[3]
    return "day" if unit == "dai" else unit


def _ranked(
    plan: QueryPlan, words: Catalogue, transform: Transform, goes_up: bool, limit: int
) -> QueryPlan | None:
    """The periods by the change to the one before; None where the plan is of another shape."""
    is_plain = plan.grain is not None and not plan.dimensions and not plan.order
    if not is_plain or len(plan.measures) != 1 or plan.over_groups or plan.comparison:
        return None
    if plan.measures[0].transform != "value":
        return None
    use = plan.measures[0].model_copy(update={"transform": transform})
    changed = plan.model_copy(update={"measures": (use,)})
    order = (Order(by=output_columns(changed, words)[-1].name, descending=goes_up),)
    return changed.model_copy(update={"order": order, "limit": limit})
