"""Parts of the day against each other: "mornings versus evenings", "is it slower at night"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.forms.form import Form

_PART = (
    r"(?:(?:in|at|during|on|for|over) )?(?:the )?(?P<{}>morning|afternoon|evening|night)(?:s|time)?"
)
_AGAINST = r",? (?:and|vs\.?|versus|or|to|than|against|compared (?:to|with))(?: that)? (?:of )?"
_SEVERAL = re.compile(
    rf"\b{_PART.format('a')}(?:, {_PART.format('c')})?(?:, {_PART.format('d')})?"
    rf"{_AGAINST}{_PART.format('b')}\b(?! (?:light|scene|sky))"
)
_WORSE = r"(?:much )?(?:higher|lower|larger|greater|smaller|worse|better|different)"
_IS = re.compile(
    rf"^\W*(?:is|are|was|were) (?P<what>(?:the |our )?[\w .-]+?) {_WORSE} {_PART.format('b')}\W*$"
)
_IS_WEEKEND = re.compile(
    rf"^\W*(?:is|are|was|were) (?P<what>(?:the |our )?[\w .-]+?) {_WORSE} (?:on|at|over|during) "
    r"(?:the )?week[- ]?ends?(?: than (?:on |during )?(?:the )?week ?days)?\W*$"
)
_FRAME = re.compile(
    rf"^\W*(?:(?:is|are|was|were|compare|comparison of|how (?:do|does|did)|what is|show(?: me)?"
    rf"|there|more|fewer|less)\W+)+"
    rf"|\W(?:compare|differ|differs)(?=\W|$)|\b{_WORSE}\b|\b(?:by|in terms of) (?=number)"
)


def read_parts_of_day(text: str) -> Form | None:
    """Return "error rate by day part" of "is the failure rate higher in the evening"."""
    plain = text.lower().strip().rstrip("?.! ")
    weekend = _IS_WEEKEND.match(plain)
    if weekend:
        return Form(f"{weekend['what']} on weekdays vs weekends", lambda plan, _: plan)
    asked = _IS.match(plain)
    if asked:
        return Form(f"{asked['what']} by day_part", lambda plan, _: plan)
    several = _SEVERAL.search(plain)
    if several is None:
        return None
    named = tuple(dict.fromkeys(several[each] for each in "acdb" if several[each]))
    rest = plain[: several.start()] + " " + plain[several.end() :]
    rest = " ".join(re.sub(r"\b(?:by|for|between)\s*$", " ", _FRAME.sub(" ", rest)).split())
    rest = re.sub(r"^(?:by|of|for|in) ", "", rest)
    if len(named) < 2 or not rest:
        return None
    return Form(f"{rest} by day_part", lambda plan, words: _only(plan, words, named))


def _only(plan: QueryPlan, words: Catalogue, named: tuple[str, ...]) -> QueryPlan | None:
    if plan.dimensions[:1] != ("day_part",) or "day_part" not in words.entity(plan.entity).fields:
        return None
    kept = PlanFilter(field="day_part", values=named)
    return plan.model_copy(update={"filters": (*plan.filters, kept)})
