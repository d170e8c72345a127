"""Follow-ups that take conditions away again: "drop the filter", "go back to all tiers"."""

import re

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_LEAD = r"\W*(?:(?:and|but|now|ok|okay|please|then|just|again|what about|how about|show|for) )*"
_OFF = (
    r"(?:drop|remove|clear|lift|undo|forget|ignore|without|no|reset|take (?:off|away|out)|delete"
    r"|cancel|get rid of|skip|leave out|turn off|disregard|discard)"
)
_FILTER = r"(?:filters?|conditions?|restrictions?|constraints?|limitations?|limits?|narrowing)"
_NAMED = re.compile(
    rf"{_LEAD}{_OFF}(?: (?:the|all|any|that|those|these|my|every|both|last))*"
    rf"(?: [\w-]+){{0,3}}? {_FILTER}(?: (?:on|for|by|about|again|please|[\w-]+))*\W*$"
)
_EVERY = re.compile(
    rf"{_LEAD}(?:(?:go |switch |get )?back )?(?:(?:to|for|over|across|in|with|on|of) )?"
    r"(?:all|every|any)(?: (?:of )?(?:the|our|kinds? of|types? of))?"
    r" [\w-]+(?: [\w-]+)?(?: (?:again|please|then|together|instead))*\W*$"
)
_NO_MATTER = re.compile(
    rf"{_LEAD}(?:regardless of|irrespective of|no matter|independent of|whatever)"
    r"(?: (?:the|which|what|their))? [\w-]+(?: [\w-]+)?\W*$"
)
_EVERYWHERE = re.compile(
    rf"{_LEAD}(?:(?:go )?back )?(?:to )?(?:world-?wide|globally|anywhere|everywhere"
    r"|(?:all )?(?:over|around|across) the (?:world|globe))(?: again)?\W*$"
)
_EVERYONE = re.compile(
    rf"{_LEAD}(?:(?:go )?back )?(?:(?:to|for|of|with|over|across) )?"
    r"(?:everyone|everybody|all (?:users|customers|people|of them))(?: again)?\W*$"
)


def takes_away(tagged: Tagged) -> bool:
    """Return whether a follow-up takes a condition away: "regardless of region"."""
    if any(each.match(tagged.text) for each in (_NAMED, _EVERYONE, _EVERYWHERE)):
        return True
    every = _EVERY.match(tagged.text) or _NO_MATTER.match(tagged.text)
    return bool(every) and [p.kind for p in tagged.sentence.pieces if p.kind in "FLQVvES"] == ["F"]


def without_filters(tagged: Tagged, plan: QueryPlan) -> QueryPlan:
    """Return the plan without the conditions that a follow-up names, or without any.

    Raises:
        BindError: It has none of those.
    """
    fields = {piece.key for piece in tagged.sentence.pieces if piece.kind == "F"}
    fields |= {"region"} if _EVERYWHERE.match(tagged.text) else set()
    fields |= {name for p in tagged.sentence.pieces if p.kind == "L" for name in p.fields}
    of_time = re.search(r"\b(?:date|time|period|month|week|day)\b", tagged.text)
    if of_time and not fields and plan.time and not plan.comparison:
        return plan.model_copy(update={"time": None})
    kept = tuple(
        each for each in plan.filters if fields and each.field.rpartition(".")[2] not in fields
    )
    if len(kept) == len(plan.filters):
        raise BindError("the question before has no such condition")
    return plan.model_copy(update={"filters": kept})
