"""Follow-ups on a list of rows: how many, in which order, with which columns, what on average."""

import re
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import (
    KEYS,
    column_name,
    field_name,
    measure_name,
)
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_LEAD = r"\W*(?:(?:and|but|now|so|ok|okay|please|then) )*"
_COUNTED = re.compile(
    rf"{_LEAD}(?:how many(?: (?:are|were|is|was) (?:there|they|those|these|that|it"
    r"|in the list))?"
    r"(?: in (?:total|all))?|count (?:them|those|these|it)|how many of (?:them|those|these)"
    r" (?:are|were) there|(?:just |only )?(?:the |their )?(?:count|number)(?: only| instead)?)\W*$"
)
_UP = r"shortest|fastest|quickest|lowest|fewest|least|smallest|cheapest|bottom|narrowest|lightest"
_DOWN = (
    r"longest|slowest|highest|most|largest|biggest|greatest|most expensive|dearest|costliest|top"
    r"|worst|priciest"
)
_END = re.compile(
    rf"{_LEAD}(?:show |give |list |what about |how about )?(?:me )?(?:the )?(?:(\d+|five|ten|twenty"
    rf"|three) )?(?:(?:very )?({_UP})|({_DOWN}))(?: ones?)?(?: (?:instead|then|please))*\W*$"
)
_BESIDE = re.compile(
    r"^\W*(?:(?:and|now|please|then) )*(?:also|with|add|plus|include|show|and|their|its|together)\b"
    r"|\b(?:too|as well|also|their|its|beside|alongside)\b"
)
_UNLISTED: dict[str, Any] = {"columns": (), "order": ()}
_NUMBERS = {"three": 3, "five": 5, "ten": 10, "twenty": 20}


def counts_rows(text: str) -> bool:
    """Return whether a lower-case question asks how many "they" are, and names nothing else."""
    return bool(_COUNTED.match(text))


def counts_list(tagged: Tagged, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks how many rows a list has."""
    return bool(plan.columns) and _COUNTED.match(tagged.text) is not None


def counted(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return how many rows a list has.

    Raises:
        BindError: It is cut to a number that was said.
    """
    if plan.limit:
        raise BindError("the rows before are as many as were asked for")
    use = MeasureUse(name=catalogue.entity(plan.entity).count_measure)
    return plan.model_copy(update={"measures": (use,), **_UNLISTED})


def takes_other_end(tagged: Tagged, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks for the other end of a sorted list, or more of this one."""
    return bool(plan.columns and plan.order) and _END.match(tagged.text) is not None


def other_end(tagged: Tagged, plan: QueryPlan) -> QueryPlan:
    """Return the list from the end that is named: "the shortest", of the ten longest.

    Raises:
        BindError: What sorts it has no such end.
    """
    found = _END.match(tagged.text)
    first = plan.order[0]
    if found is None or first.by.endswith(("_at", "_date")):
        raise BindError("the rows before are sorted by time")
    limit = _NUMBERS.get(found[1]) or int(found[1]) if found[1] else plan.limit
    order = (first.model_copy(update={"descending": found[2] is None}),)
    return plan.model_copy(update={"order": order, "limit": limit, "skip": 0})


def list_changes(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> dict[str, Any]:
    """Return the changes of a list's order, its columns, or the numbers it is put together to.

    Raises:
        BindError: One of its rows has no such number.
    """
    if draft.rank and draft.rank.idea and not draft.ideas:
        column = _column(draft.rank.idea, plan)
        order = (Order(by=column, descending=draft.rank.descending),)
        return {"order": order, "columns": _beside(plan, column), "limit": _limit(draft, plan)}
    is_beside = _BESIDE.search(draft.tagged.text) is not None
    if draft.ideas and is_beside and all(idea.how is None for idea in draft.ideas):
        return {"columns": _beside(plan, *(_column(idea, plan) for idea in draft.ideas))}
    if draft.groups and is_beside and not draft.ideas:
        names = [field_name(KEYS.get(n, n), plan.entity, catalogue) for n in draft.groups]
        if None in names:
            raise BindError(f"{plan.entity} have no such field")
        return {"columns": _beside(plan, *(str(name) for name in names))}
    if draft.ideas and not draft.groups and not draft.tagged.times.grain:
        return _measured(plan, draft, catalogue)
    return {}


def _measured(plan: QueryPlan, draft: Draft, catalogue: Catalogue) -> dict[str, Any]:
    """The list's rows put together: "their average duration"."""
    if plan.limit or any(idea.kind == "count" for idea in draft.ideas):
        raise BindError("a number over the rows that were listed")
    names = [measure_name(idea, plan.entity, catalogue) for idea in draft.ideas]
    if None in names:
        raise BindError(f"{plan.entity} have no {draft.ideas[0].key.replace('_', ' ')}")
    return {"measures": tuple(MeasureUse(name=str(name)) for name in names), **_UNLISTED}


def _limit(draft: Draft, plan: QueryPlan) -> int | None:
    return (draft.rank.limit if draft.rank else None) or plan.limit


def _beside(plan: QueryPlan, *names: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*plan.columns, *names)))


def _column(idea: Idea, plan: QueryPlan) -> str:
    found = column_name(idea, plan.entity)
    if found is None:
        raise BindError(f"one of the {plan.entity} has no {idea.key.replace('_', ' ')}")
    return found
