"""Which rows and which groups of an entity a draft keeps."""

from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, Reduction
from genai_session_analyzer.copilot.planning.averaging import adds_up
from genai_session_analyzer.copilot.planning.binder import Binder
from genai_session_analyzer.copilot.planning.bound_filters import (
    BindError,
    condition_filter,
    keep_filter,
)
from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Condition, Draft
from genai_session_analyzer.copilot.planning.naming import KEYS

Placed = tuple[int, bool, PlanFilter]
"""A filter with its place in the question, and whether it is the part that a share is of."""

Counted = tuple[tuple[str, ...], Reduction, tuple[MeasureUse, ...]]


def bounds_of(binder: Binder, groups: tuple[str, ...]) -> tuple[list[Placed], tuple[Having, ...]]:
    """Return the conditions on rows and those on groups."""
    draft = binder.draft
    filters = [
        (keep.position, keep.is_part, keep_filter(keep, binder.entity, binder.catalogue))
        for keep in draft.keeps
    ]
    having: list[Having] = []
    for condition in draft.conditions:
        of_counted = counted_key(binder) and binder.entity == "generations"
        summed = condition.idea.kind == "quantity" and adds_up(condition.idea)
        if of_counted and summed and not binder.draft.sentence.has("E", "generations"):
            having.append(_having(binder, condition, groups))
            continue
        row = None if _is_of_groups(binder, condition, groups) else _row(binder, condition)
        if row is None:
            having.append(_having(binder, condition, groups))
        else:
            filters.append((NO_PLACE - 1, False, row))
    return filters, tuple(having)


def _is_of_groups(binder: Binder, condition: Condition, groups: tuple[str, ...]) -> bool:
    if condition.of_group:
        return bool(groups) or counted_key(binder) is not None
    return False


def _row(binder: Binder, condition: Condition) -> PlanFilter | None:
    return condition_filter(condition, binder.entity, binder.catalogue)


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
    return Having(measure=measure, operator=condition.operator, value=condition.number)


def counted_groups(
    binder: Binder, having: tuple[Having, ...], groups: tuple[str, ...]
) -> tuple[tuple[str, ...], Reduction, tuple[MeasureUse, ...]] | None:
    """Return how groups that meet a condition are counted: "users with more than 5 timeouts"."""
    if not having:
        return None
    if counted_key(binder) and not groups and len(binder.draft.ideas) == 1:
        return (binder.field(str(counted_key(binder))),), "count", ()
    return None


def part_of(
    draft: Draft, filters: list[Placed], signup: list[PlanFilter]
) -> tuple[PlanFilter | None, list[PlanFilter]]:
    """Return, of a share, the condition that makes the part, and those that hold for the whole."""
    rest = [each for _, _, each in filters]
    if not draft.has_share:
        return None, [*rest, *signup]
    events = [each for _, is_part, each in filters if is_part]
    is_grouped = bool(draft.groups or draft.tagged.times.grain)
    values = [(at, each) for at, is_part, each in filters if not is_part]
    early = [(at, each) for at, each in values if at < draft.group_at]
    if events:
        part = events[-1]
    elif is_grouped and not early:
        return None, [*rest, *signup]
    elif early or values:
        part = max(early or values, key=lambda pair: pair[0])[1]
    else:
        raise BindError("a share of what was not said")
    others = (each for each in rest if each is not part and each.field == part.field)
    if not all(set(part.values) <= set(each.values) for each in others):
        raise BindError("a share of rows that are not among the whole")
    return part, [*(each for each in rest if each is not part), *signup]
