"""Numbers put together: per day, per user, per session."""

import re
from dataclasses import replace

from genai_session_analyzer.copilot.plan import Reduction
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name
from genai_session_analyzer.copilot.planning.drafts import Idea
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import (
    MEASURES_PER,
    adds_up,
)

REDUCTIONS: dict[str, Reduction] = {"mean": "mean", "median": "median", "min": "min", "max": "max"}
_UNIT = r"(?:hour|day|week|month)s?"
_PEOPLE = r"(?:active )?(?:users?|customers?|people|person|accounts?|clients?|members?|sessions?)"
_BOTH = re.compile(
    rf"\bper {_PEOPLE} (?:and|per|each|every|a)(?: per)? {_UNIT}\b"
    rf"|\bper {_UNIT} (?:and|per)(?: per)? {_PEOPLE}\b"
    rf"|\b(?:an?|one|each|any|single|the average) {_PEOPLE}\b.*"
    rf"\b(?:per|a|each|in a single|in one) {_UNIT}\b"
)
_PER = {**MEASURES_PER, ("generations", "prompts"): "uses_per_prompt"}


def averaged(
    binder: Binder, ideas: list[Idea], groups: tuple[str, ...]
) -> tuple[list[Idea], Reduction | None, tuple[str, ...]]:
    """Return what is computed, how it is put together, and the groups it is put together over.

    "Generations per day on average" is a mean over days, "cost per user" one over users.

    Raises:
        BindError: There is no such average, or only one over each group.
    """
    draft, times = binder.draft, binder.draft.tagged.times
    if draft.per:
        return _averaged_per(binder, ideas, groups)
    if len(ideas) != 1 or not times.grain or ideas[0].how not in REDUCTIONS:
        return ideas, None, groups
    idea = ideas[0]
    is_rhythm = times.grain in ("weekday", "hour_of_day")
    if idea.kind == "quantity" and (is_rhythm or not adds_up(idea)):
        return ideas, None, groups  # "average cost by weekday" is that of its generations
    return [replace(idea, how=_plain(idea))], REDUCTIONS[str(idea.how)], groups


def _plain(idea: Idea) -> str | None:
    return "total" if idea.kind == "quantity" else None


def _averaged_per(
    binder: Binder, ideas: list[Idea], groups: tuple[str, ...]
) -> tuple[list[Idea], Reduction | None, tuple[str, ...]]:
    per = str(binder.draft.per)
    if per == binder.entity and _is_of_rows(binder, ideas):
        return ideas, None, groups
    if len(ideas) > 1 and binder.entity == per:
        own = [idea.kind == "count" and idea.key == per and idea.how is None for idea in ideas]
        found = (idea if is_own else _of_rows(binder, idea, idea.how or "mean")
                 for idea, is_own in zip(ideas, own, strict=True))  # fmt: skip
        return list(found), None, groups
    if len(ideas) != 1:
        raise BindError(f"several numbers per {per}")
    idea = ideas[0]
    if idea.kind == "distinct" and idea.how in REDUCTIONS:
        keys = (*groups, binder.field(KEYS[per]))
        return [replace(idea, how=None)], REDUCTIONS[str(idea.how)], keys
    if idea.kind in ("rate", "distinct") or (
        idea.kind == "quantity" and not adds_up(idea) and binder.entity != per
    ):
        keys = groups if per == "generations" else (*groups, binder.field(KEYS[per]))
        return ideas, None, keys
    how = idea.how or "mean"
    if binder.entity == per:
        return [_of_rows(binder, idea, how)], None, groups
    if how not in REDUCTIONS or (binder.draft.tagged.times.grain and not _is_of_both(binder)):
        raise BindError(f"an average over {per} within each period")
    key = "prompt_id" if per == "prompts" else KEYS[per]
    return [replace(idea, how=_plain(idea))], REDUCTIONS[how], (*groups, binder.field(key))


def _is_of_rows(binder: Binder, ideas: list[Idea]) -> bool:
    """`The highest average cost per generation`: the rows are those that are counted anyway."""
    rank = binder.draft.rank
    ranked = [rank.idea] if rank and rank.idea and not ideas else []
    bounded = [each.idea for each in binder.draft.conditions if each.of_group and not ideas]
    asked = [*ideas, *ranked, *bounded]
    if not asked or not all(idea.kind == "quantity" and idea.how for idea in asked):
        return False
    return not ideas or binder.entity == "generations"


def _is_of_both(binder: Binder) -> bool:
    """Whether it is over users and periods alike: "generations per user per day"."""
    found = _BOTH.search(binder.draft.tagged.text)
    has_how = any(idea.how for idea in binder.draft.ideas)
    return found is not None and (has_how or found[0].startswith("per "))


def _of_rows(binder: Binder, idea: Idea, how: str) -> Idea:
    """The mean and so on of the column in which each row of the entity has the number."""
    known = _PER.get((idea.key, binder.entity))
    if how == "mean" and known:
        return Idea(kind="quantity", key=f"measure {known}")
    if idea.kind == "quantity" and binder.entity == "generations":
        return replace(idea, how=how)
    column = column_name(idea, binder.entity)
    if column is None:
        raise BindError(f"one of the {binder.entity} has no number of {idea.key}")
    name = f"{how}_{column}"
    if idea.kind == "quantity":
        return replace(idea, how=how)
    return Idea(kind="quantity", key=f"measure {name}")
