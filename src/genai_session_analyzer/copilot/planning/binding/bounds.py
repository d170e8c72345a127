"""Which rows and which groups of an entity a draft keeps."""

from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, Reduction
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.filters import (
    condition_filter,
    keep_filter,
    plain_number,
)
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name
from genai_session_analyzer.copilot.planning.drafts import Condition
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import adds_up

Placed = tuple[int, bool, PlanFilter]
"""A filter with its place in the question, and whether it is the part that a share is of."""

Counted = tuple[tuple[str, ...], Reduction, tuple[MeasureUse, ...]]
"""The groups of a plan that counts groups, how they are put together, and its measures: none."""


def bounds_of(binder: Binder, groups: tuple[str, ...]) -> tuple[list[Placed], tuple[Having, ...]]:
    """Return the conditions on rows and those on groups."""
    draft = binder.draft
    filters = [
        (keep.position, keep.is_part, keep_filter(keep, binder.entity, binder.catalogue))
        for keep in draft.keeps
    ]
    having: list[Having] = []
    for condition in draft.conditions:
        of_counted = _is_of_coarser(binder, groups) and binder.entity == "generations"
        is_relative = condition.than_mean or condition.other is not None
        summed = condition.idea.kind == "quantity" and adds_up(condition.idea) and not is_relative
        summed = summed and not condition.of_rows
        if of_counted and summed and not binder.draft.sentence.has("E", "generations"):
            having.append(_having(binder, condition, groups))
            continue
        row = None if _is_of_groups(binder, condition, groups) else _row(binder, condition)
        row = row or _of_its_user(binder, condition, groups)
        if row is None:
            having.append(_having(binder, condition, groups))
        else:
            filters.append((condition.position, False, row))
    if binder.entity == "users" and _is_of_some(binder, filters):
        raise BindError("a bound on some of what a user did")
    return filters, tuple(having)


def _is_of_some(binder: Binder, filters: list[Placed]) -> bool:
    """Whether a bound on all that users did stands beside a condition on what it was.

    "More than 5 generations that failed" bounds the failed ones.
    """
    counted = [each for each in binder.draft.conditions if each.idea.kind == "count"]
    return bool(counted) and any("." in each.field for _, _, each in filters)


def _is_of_coarser(binder: Binder, groups: tuple[str, ...]) -> bool:
    """Whether users are counted or named: what "users who spent 50 credits" spent is a sum."""
    subject = binder.draft.subject
    return counted_key(binder) is not None or (subject == "users" and KEYS["users"] in groups)


def _is_of_groups(binder: Binder, condition: Condition, groups: tuple[str, ...]) -> bool:
    if condition.of_group:
        is_grouped = bool(groups) or binder.draft.tagged.times.grain is not None
        return is_grouped or counted_key(binder) is not None
    return False


def _row(binder: Binder, condition: Condition) -> PlanFilter | None:
    return condition_filter(condition, binder.entity, binder.catalogue)


def _of_its_user(
    binder: Binder, condition: Condition, groups: tuple[str, ...]
) -> PlanFilter | None:
    """`The duration of sessions of users with more than 10 sessions`: a number of the user."""
    column = column_name(condition.idea, "users")
    entity, times = binder.entity, binder.draft.tagged.times
    if column is None or entity not in ("generations", "sessions") or groups or times.range:
        return None
    if counted_key(binder) or times.grain or not binder.draft.sentence.has("E", "users"):
        return None
    counts_users = any(idea.key == "users" for idea in binder.draft.ideas)
    if column in binder.catalogue.entity(entity).fields or counts_users or binder.draft.has_share:
        return None
    name = f"users.{column}"
    return PlanFilter(
        field=name, operator=condition.operator, values=(plain_number(condition.number),)
    )


def counted_key(binder: Binder) -> str | None:
    """Return the key of what is counted, where groups of rows have to meet a condition."""
    counted = binder.draft.counted
    distinct = [idea for idea in binder.draft.ideas if idea.kind == "distinct"]
    if distinct and len(binder.draft.ideas) == 1:
        return distinct[0].key
    if counted and counted != binder.entity:
        return "prompt_id" if counted == "prompts" else KEYS[counted]
    return None


def _having(binder: Binder, condition: Condition, groups: tuple[str, ...]) -> Having:
    if not groups and not counted_key(binder) and not binder.draft.tagged.times.grain:
        raise BindError(f"a bound on {condition.idea.key} without groups")
    measure = MeasureUse(name=binder.measure(condition.idea))
    return Having(measure=measure, operator=condition.operator, value=condition.number,
                  than_overall=condition.than_mean)  # fmt: skip


def counted_groups(
    binder: Binder, having: tuple[Having, ...], groups: tuple[str, ...]
) -> Counted | None:
    """Return how groups that meet a condition are counted: "users with more than 5 timeouts"."""
    if not having:
        return None
    if counted_key(binder) and len(binder.draft.ideas) == 1:
        return (*groups, binder.field(str(counted_key(binder)))), "count", ()
    return None
