"""Conditions that can never be met together."""

from itertools import combinations

from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, Value
from genai_session_analyzer.copilot.planning.binding.bind_errors import (
    BindError,
    ContradictionError,
)
from genai_session_analyzer.copilot.planning.binding.naming import entities_of
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_CHOSEN = ("status", "in")


def check_contradiction(filters: list[PlanFilter]) -> None:
    """Raise ContradictionError where two conditions on one field can never be met together."""
    for one, other in combinations(filters, 2):
        if one.field == other.field and _exclude(one, other):
            raise ContradictionError(f"two values of {one.field.replace('_', ' ')} at once")


def _exclude(one: PlanFilter, other: PlanFilter) -> bool:
    """Whether no value passes both: "retried ones against those without retries"."""
    if one.negated or other.negated:
        return False
    kinds = {one.operator, other.operator}
    if kinds == {"is_known", "is_unknown"}:
        return True
    if kinds == {"in"}:
        return not set(one.values) & set(other.values)
    listed, rest = (one, other) if one.operator == "in" else (other, one)
    if listed.operator != "in":
        return False
    return all(_is_outside(value, rest) for value in listed.values)


def _is_outside(value: Value, rest: PlanFilter) -> bool:
    """Whether a value does not pass a filter; False where that cannot be told."""
    if rest.operator == "not_in":
        return value in rest.values
    bound = rest.values[0] if rest.values else None
    if not isinstance(bound, int | float) or not isinstance(value, int | float):
        return False
    passes = {"above": value > bound, "at_least": value >= bound,
              "below": value < bound, "at_most": value <= bound}  # fmt: skip
    return not passes.get(rest.operator, True)


def check_finer(draft: Draft, entity: str, groups: tuple[str, ...]) -> None:
    """Raise BindError for lifetime numbers of users, by what only some of their generations have.

    "Users, sessions and generations by model": a user's total is not that of one of the models.
    """
    own = [idea for idea in draft.ideas if idea.kind == "count" and idea.key == entity]
    others = [idea for idea in draft.ideas if idea not in own]
    is_finer = entity != "generations" and any(name.startswith("generations.") for name in groups)
    adds_up = any("generations" in entities_of(idea) for idea in others)
    if is_finer and own and adds_up and not draft.per:
        raise BindError(f"numbers of all that {entity} had, by some of it")


def check_statuses(measures: tuple[MeasureUse, ...], filters: list[PlanFilter]) -> None:
    """Raise ContradictionError for a number of one status among rows chosen by another.

    A rate of a status says nothing among rows that were chosen by theirs.
    """
    chosen = [set(each.values) for each in filters if (each.field, each.operator) == _CHOSEN]
    events = entries("lexicon")["events"].values()
    for event in events:
        spec = event["filter"].get("generations", {})
        if spec.get("field") != "status" or not chosen:
            continue
        names = {use.name for use in measures}
        is_other = any(not values & set(spec["values"]) for values in chosen)
        if event["rate"] in names or (event["count"] in names and is_other):
            raise ContradictionError("a number of one status among rows of another")
