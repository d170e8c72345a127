"""Which rows and which groups of an entity a draft keeps."""

from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, Reduction
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bound_filters import (
    BindError,
    condition_filter,
    keep_filter,
)
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, column_name
from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Condition, Draft
from genai_session_analyzer.copilot.planning.rules.averaging import adds_up
from genai_session_analyzer.copilot.planning.rules.clock_shares import (
    clock_belongs,
    clock_is_part,
    parted_by_clock,
)

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
    number = condition.number
    value = int(number) if float(number).is_integer() else number
    return PlanFilter(field=f"users.{column}", operator=condition.operator, values=(value,))


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
) -> tuple[tuple[str, ...], Reduction, tuple[MeasureUse, ...]] | None:
    """Return how groups that meet a condition are counted: "users with more than 5 timeouts"."""
    if not having:
        return None
    if counted_key(binder) and len(binder.draft.ideas) == 1:
        return (*groups, binder.field(str(counted_key(binder)))), "count", ()
    return None


def part_of(
    draft: Draft, filters: list[Placed], outer: list[PlanFilter]
) -> tuple[tuple[PlanFilter, ...], list[PlanFilter]]:
    """Return, of a share, the conditions that make the part, and those that hold for the whole.

    `outer` are those of when it was, and of when users signed up.
    """
    rest = [each for _, _, each in filters]
    if not draft.has_share or draft.is_of_each or draft.is_of_top:
        return (), [*rest, *outer]
    if clock_belongs(draft):
        return parted_by_clock([*rest, *outer])
    if draft.is_signup_part or (not filters and clock_is_part(draft)):
        return tuple(outer), rest
    events = [each for _, is_part, each in filters if is_part]
    is_grouped = bool(draft.groups or draft.tagged.times.grain)
    values = [(at, each) for at, is_part, each in filters if not is_part]
    early = [(at, each) for at, each in values if _is_of_part(draft, at)]
    if events:
        parts: tuple[PlanFilter, ...] = (events[-1],)
    elif is_grouped and not early:
        return (), [*rest, *outer]
    elif early or values:
        parts = _together(draft, early or values)
    elif outer:
        return tuple(outer), rest
    else:
        raise BindError("a share of what was not said")
    whole = [each for each in rest if each not in parts]
    pairs = ((part, each) for part in parts for each in whole if each.field == part.field)
    if not all(each.operator == "is_known" or set(part.values) <= set(each.values)
               for part, each in pairs):  # fmt: skip
        raise BindError("a share of rows that are not among the whole")
    return parts, [*whole, *outer]


def _is_of_part(draft: Draft, at: int) -> bool:
    """Whether a condition is said with the share, not with its groups or its whole."""
    if draft.group_at < draft.share_at < NO_PLACE:
        return draft.share_at < at < draft.among_at
    return at < min(draft.group_at, draft.among_at)


def _together(draft: Draft, values: list[tuple[int, PlanFilter]]) -> tuple[PlanFilter, ...]:
    """The last condition, with those that "and" joins to it: "in Asia and on mobile"."""
    ordered = sorted(values, key=lambda pair: pair[0])
    parts = [ordered[-1]]
    for at, each in reversed(ordered[:-1]):
        if at == parts[0][0]:
            parts.insert(0, (at, each))  # the width and the height of one size
            continue
        between = draft.sentence.pieces[at + 1 : parts[0][0]]
        kinds = {piece.kind for piece in between}
        if "D" not in kinds or not kinds <= set("Dopa"):
            break
        parts.insert(0, (at, each))
    return tuple(each for _, each in parts)
