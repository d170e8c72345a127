"""Follow-ups that take a group or a number away: "drop the month", "without the count"."""

import re
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import measure_name
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import idea_of
from genai_session_analyzer.copilot.planning.words.tagging import Tagged

_OFF = (
    r"(?:drop|remove|without|leave out|get rid of|take (?:out|away|off)|omit|skip|delete|undo|no"
    r"|hide|forget|not)"
)
_WHAT = (
    r"(?:(?:the|any|that) )?(?:(?:break ?down|split|grouping|group|column)s? )?(?:by |per |of )?"
)
_DROPPED = re.compile(
    rf"\W*(?:(?:and|but|now|ok|please|then|just) )*{_OFF} {_WHAT}(?:the )?([\w-]+(?:"
    rf" [\w-]+){{0,3}}?)"
    r"(?: (?:column|split|break ?down|dimension|grouping|again|please))*\W*$"
)


def drops_column(tagged: Tagged, plan: QueryPlan) -> bool:
    """Return whether a follow-up takes away a group or a number that the plan shows."""
    found = _DROPPED.match(tagged.text)
    if found is None or plan.columns:
        return False
    if found[1] in (plan.grain, f"{plan.grain}s"):
        return True
    kinds = [piece.kind for piece in tagged.sentence.pieces if piece.kind in "FQVELv?n"]
    fields = {name.rpartition(".")[2] for name in plan.dimensions}
    if kinds == ["F"]:
        return _named(tagged, "F") in fields
    return kinds in (["Q"], ["V"], ["E"]) and len(plan.measures) > 1


def without_column(tagged: Tagged, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return the plan without the group or the number that is named.

    Raises:
        BindError: The plan does not show it, or would show nothing.
    """
    found = _DROPPED.match(tagged.text)
    changes: dict[str, Any] = {}
    if found and found[1] in (plan.grain, f"{plan.grain}s"):
        changes = {"grain": None}
    elif _named(tagged, "F"):
        name = _named(tagged, "F")
        kept = tuple(each for each in plan.dimensions if each.rpartition(".")[2] != name)
        changes = {"dimensions": kept}
    else:
        changes = {"measures": _other_measures(tagged, plan, catalogue)}
    left = plan.model_copy(update=changes)
    shown = {*left.dimensions, left.grain, *(use.name for use in left.measures)}
    order = tuple(each for each in plan.order if each.by in shown)
    is_cut = bool(order) and bool(left.dimensions or left.grain)
    changes |= {"order": order if is_cut else (), "limit": plan.limit if is_cut else None}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _other_measures(tagged: Tagged, plan: QueryPlan, catalogue: Catalogue) -> tuple[Any, ...]:
    piece = next(each for each in tagged.sentence.pieces if each.kind in "QVE")
    how = next((each.key for each in tagged.sentence.pieces if each.kind == "A"), None)
    idea = idea_of(piece, how) if how else idea_of(piece)
    name = measure_name(idea, plan.entity, catalogue)
    kept = tuple(use for use in plan.measures if use.name != name)
    if len(kept) == len(plan.measures) and how is None:
        column = str(name).partition("_")[2]
        kept = tuple(use for use in plan.measures if not use.name.endswith(f"_{column}"))
    if not kept or len(kept) != len(plan.measures) - 1:
        raise BindError("the question before does not show that once")
    return kept


def _named(tagged: Tagged, kind: str) -> str | None:
    return next((piece.key for piece in tagged.sentence.pieces if piece.kind == kind), None)
