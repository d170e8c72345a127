"""Of a share: which conditions make the part, and which hold for the whole."""

import re

from genai_session_analyzer.copilot.plan import PlanFilter
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bounds import Placed
from genai_session_analyzer.copilot.planning.binding.filters import (
    clock_filters,
    signup_filters,
    time_filter,
)
from genai_session_analyzer.copilot.planning.drafts import NO_PLACE, Draft
from genai_session_analyzer.copilot.planning.rules.shares.times_as_parts import (
    clock_belongs,
    clock_is_part,
)

PartAndWhole = tuple[tuple[PlanFilter, ...], list[PlanFilter]]
"""The conditions of the part, none where no share is asked for, and those of the whole."""

_CLOCK_FIELDS = ("weekday", "hour_of_day")


def part_and_whole(binder: Binder, placed: list[Placed]) -> PartAndWhole:
    """Return the conditions of the part and those of the whole.

    Args:
        binder: The question, and the plan's entity.
        placed: The filters by values, events and bounds, with their places in the question.

    Raises:
        BindError: It was not said what the share is of.
    """
    draft = binder.draft
    outer = [*signup_filters(draft, binder.entity), *clock_filters(draft, binder.entity)]
    if draft.time_part:
        return (_time_part(binder),), [*(each for _, _, each in placed), *outer]
    return _part_of(draft, placed, outer)


def _time_part(binder: Binder) -> PlanFilter:
    """The rows of the time that a share is of."""
    entity = binder.catalogue.entity(binder.entity)
    part = time_filter(entity.time_field, binder.draft.time_part)
    if part is None or binder.entity == "users":
        raise BindError("which part of all times is meant")
    return part


def _part_of(draft: Draft, filters: list[Placed], outer: list[PlanFilter]) -> PartAndWhole:
    """Part and whole by where the conditions stand; `outer`: weekdays, hours and signups."""
    rest = [each for _, _, each in filters]
    if not draft.has_share or draft.is_of_each or draft.is_of_top:
        return (), [*rest, *outer]
    if clock_belongs(draft):
        return _parted_by_clock([*rest, *outer])
    if draft.is_signup_part or (not filters and clock_is_part(draft)):
        return tuple(outer), rest
    events = [each for _, is_part, each in filters if is_part]
    is_grouped = bool(draft.groups or draft.tagged.times.grain)
    values = [(at, each) for at, is_part, each in filters if not is_part]
    early = [(at, each) for at, each in values if _is_of_part(draft, at)]
    if events:
        parts: tuple[PlanFilter, ...] = (events[-1],)
    elif is_grouped and not early:
        if draft.signup and re.match("[ZWopa]*R", draft.sentence.shape.replace("_", "R")):
            raise BindError("whether those who signed up then are the part or the whole")
        return (), [*rest, *outer]
    elif early or values:
        parts = _together(draft, early or values)
    elif outer:
        return tuple(outer), rest
    else:
        raise BindError("a share of what was not said")
    whole = [each for each in rest if each not in parts]
    _check_among(parts, whole)
    return parts, [*whole, *outer]


def _parted_by_clock(filters: list[PlanFilter]) -> PartAndWhole:
    """The filters by weekday or hour make the part."""
    part = tuple(each for each in filters if each.field.rpartition(".")[2] in _CLOCK_FIELDS)
    return part, [each for each in filters if each not in part]


def _is_of_part(draft: Draft, at: int) -> bool:
    """Whether a condition is said with the share, not with its groups or its whole."""
    if at < draft.share_at < NO_PLACE and _is_set_apart(draft, at):
        return False
    if draft.group_at < draft.share_at < NO_PLACE:
        return draft.share_at < at < draft.among_at
    return at < min(draft.group_at, draft.among_at)


def _is_set_apart(draft: Draft, at: int) -> bool:
    """`In Europe, the share of sessions by tier`: the whole is said first."""
    pieces = draft.sentence.pieces
    led = re.search("p[opa]*$", "".join(piece.kind for piece in pieces[:at]))
    return led is not None and any(piece.text == "," for piece in pieces[at : draft.share_at])


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


def _check_among(parts: tuple[PlanFilter, ...], whole: list[PlanFilter]) -> None:
    """Raise BindError where the whole does not have the values of the part."""
    for part in parts:
        for each in whole:
            if each.field == part.field and part.operator == "is_known" and each.operator == "in":
                raise BindError("which of both is the part and which the whole")
            has_part = each.operator == "is_known" or set(part.values) <= set(each.values)
            if each.field == part.field and not has_part:
                raise BindError("a share of rows that are not among the whole")
