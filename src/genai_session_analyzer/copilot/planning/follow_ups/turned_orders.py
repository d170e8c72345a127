"""Follow-ups about the order of the rows before: "the other way round", "which one is worst?"."""

import re
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import field_name
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_LEAD = r"\W*(?:(?:and|but|now|ok|okay|please|then|just|sort|order|rank|show|do|it|them) )*"
_TURNED = re.compile(
    rf"{_LEAD}(?:(?:in |with |the )*(?:other way (?:a?round|about)|other direction|vice versa"
    r"|(?:reverse|opposite|inverse)(?:d)?(?: (?:order|sort\w*|direction|ranking|it|that|them"
    r"|the (?:order|sort\w*|ranking|list)))?)"
    r"|(?:flip|invert|turn)(?: (?:it|that|this|them|the (?:order|ranking|sort\w*|list)))?"
    r"(?: (?:around|over|upside down))?)\W*$"
)
_EXTREME = re.compile(r"[DopqWEkHO]*n?([MbT])n?[Eop]*|W(F)[op]*([Mb])[op]*|W([Mb])(F)[op]*")
_ONE_END = re.compile(
    r"\W*(?:(?:and|but|so|what about|how about) )*(which |what |who )?(?:one )?"
    r"(?:(?:is|was|are|were|has|had|took|takes) )?the"
    r" (?:(shortest|fastest|quickest)|longest|slowest)(?: one)?\W*$"
)
_LENGTHS = ("latency", "duration", "token_count")
_WHEN = re.compile(r"\bwhen\b|\bwhich day had the \w+ (?:it|this|that|they|those)\b")
_USERS = re.compile(r"\W*(?:and )?(?:who|whose|which (?:user|customer|person|account))\b")
_GOOD = ("success", "thumbs_up", "download", "feedback", "duration")


def turns_order(tagged: Tagged) -> bool:
    """Return whether a follow-up asks for the rows the other way round."""
    return bool(_TURNED.match(tagged.text))


def turned(plan: QueryPlan) -> QueryPlan:
    """Return the plan with its rows in the opposite order.

    Raises:
        BindError: It has no order.
    """
    if not plan.order and plan.dimensions and plan.measures and not plan.grain:
        return plan.model_copy(
            update={"order": (Order(by=plan.measures[0].name, descending=False),)}
        )
    if not plan.order:
        raise BindError("the question before is not sorted")
    order = tuple(each.model_copy(update={"descending": not each.descending})
                  for each in plan.order)  # fmt: skip
    return plan.model_copy(update={"order": order})


def picks_extreme(tagged: Tagged) -> bool:
    """Return whether a follow-up asks which of the rows before is the highest, or the worst."""
    match = _EXTREME.fullmatch(tagged.sentence.shape)
    times = tagged.times
    asks = times.grain is None or re.match(r"\W*(?:and )?(?:which|what|in which)\b", tagged.text)
    return match is not None and match[1] != "T" and not times.range and bool(asks)


def names_length(text: str) -> bool:
    """Return whether a lower-case follow-up names the longest or shortest alone."""
    return _ONE_END.match(text) is not None


def takes_other_extreme(tagged: Tagged, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks for the longest or shortest of groups of before."""
    has_groups = bool(plan.measures) and bool(plan.dimensions or plan.grain)
    return has_groups and names_length(tagged.text)


def other_extreme(tagged: Tagged, plan: QueryPlan) -> QueryPlan:
    """Return the plan cut to its longest or shortest group: "and the shortest?".

    Raises:
        BindError: It may be the group or the single row that is asked for, or it is no length.
    """
    found = _ONE_END.match(tagged.text)
    is_group = found is not None and (found[1] or (plan.order and plan.limit))
    name = plan.measures[0].name
    if found is None or not is_group or not any(word in name for word in _LENGTHS):
        raise BindError("the longest or shortest of what was not said")
    if plan.comparison or plan.over_groups or plan.limit_within:
        raise BindError("the question before has no groups with one number each")
    order = (Order(by=name, descending=found[2] is None),)
    limit = (None if found[1] else plan.limit) or 1
    return plan.model_copy(update={"order": order, "limit": limit, "skip": 0})


def extreme(tagged: Tagged, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return the plan cut to its highest, lowest, best or worst row.

    Raises:
        BindError: It has no numbers or no groups, or which end is good is not known.
    """
    if not plan.measures or plan.comparison or plan.over_groups:
        raise BindError("the question before has no groups with one number each")
    changes: dict[str, Any] = {}
    named = next((p.key for p in tagged.sentence.pieces if p.kind == "F"), None)
    if _USERS.match(tagged.text):
        named = "user_id"
    rows = re.match(r"[Dop]*W[op]*(E)", tagged.sentence.shape)
    if rows and named is None and tagged.sentence.pieces[rows.start(1)].key != plan.entity:
        raise BindError("the rows behind one of the groups")
    if named and named not in plan.dimensions:
        field = field_name(named, plan.entity, catalogue)
        if field is None:
            raise BindError(f"{plan.entity} have no {named.replace('_', ' ')}")
        changes |= {"dimensions": (field,), "grain": None}
    elif tagged.times.grain and not _is_said(plan.grain, tagged):
        changes |= {"dimensions": (), "grain": tagged.times.grain}
    elif not (plan.dimensions or plan.grain):
        raise BindError("the question before has no groups")
    name = plan.measures[0].name
    order = Order(by=name, descending=_is_descending(tagged, name))
    said = next((int(p.number) for p in tagged.sentence.pieces if p.kind == "n"), None)
    limit = said or (plan.limit if plan.order and plan.limit else 1)
    if said is None and plan.order == (order,) and limit == plan.limit:
        limit = 1  # "which one is highest", of the top ten
    changes |= {"order": (order,), "limit": limit, "skip": 0}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _is_said(grain: str | None, tagged: Tagged) -> bool:
    """Whether a period is the one the plan groups by: of weekdays "which day", "when" of any."""
    said = str(tagged.times.grain)
    is_when = grain is not None and _WHEN.search(tagged.text) is not None
    return is_when or str(grain).startswith(said) or (grain, said) == ("weekday", "day")


def _is_descending(tagged: Tagged, measure: str) -> bool:
    said = next(p.key for p in tagged.sentence.pieces if p.kind in "Mb")
    if said in ("descending", "ascending"):
        return said == "descending"
    return is_good(measure) == (said == "best")


def is_good(measure: str) -> bool:
    """Return whether more of a measure is better."""
    polarity = entries("polarity")["more_is_better"]
    return measure in polarity or any(word in measure for word in _GOOD)
