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
    if named and named not in plan.dimensions:
        field = field_name(named, plan.entity, catalogue)
        if field is None:
            raise BindError(f"{plan.entity} have no {named.replace('_', ' ')}")
        changes |= {"dimensions": (field,), "grain": None}
    elif tagged.times.grain and not str(plan.grain).startswith(tagged.times.grain):
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


def _is_descending(tagged: Tagged, measure: str) -> bool:
    said = next(p.key for p in tagged.sentence.pieces if p.kind in "Mb")
    if said in ("descending", "ascending"):
        return said == "descending"
    return is_good(measure) == (said == "best")


def is_good(measure: str) -> bool:
    """Return whether more of a measure is better."""
    polarity = entries("polarity")["more_is_better"]
    return measure in polarity or any(word in measure for word in _GOOD)
