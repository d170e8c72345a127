"""Users by what each did and did not: active in two times, with two models, never with one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bounds import bounds_of
from genai_session_analyzer.copilot.planning.binding.filters import (
    clock_filters,
    keep_filter,
    signup_filters,
    time_filter,
)


def active_twice(binder: Binder, groups: tuple[str, ...]) -> QueryPlan:
    """Return the plan that counts users by what each of them did, and did not.

    Raises:
        BindError: Something else than users is counted.
    """
    draft = binder.draft
    if draft.has_share and binder.entity == "users":
        return _part_of_active(binder, groups)
    counts_users = [(idea.kind, idea.key) for idea in draft.ideas] == [("count", "users")]
    others = tuple(name for name in groups if name != "user_id")
    lists_users = draft.rows_of == "users" and not (draft.ideas or others or draft.columns)
    groups = others
    counts_users = counts_users or lists_users
    if not counts_users or binder.entity != "generations" or draft.has_share or draft.rank:
        raise BindError("what each of something else than users did")
    placed, having = bounds_of(binder, groups)
    if having or draft.tagged.times.grain:
        raise BindError("what each user did, and a bound or a period")
    return QueryPlan(
        entity="generations",
        dimensions=(*groups, "user_id"),
        over_groups=None if lists_users else "count",
        over_by=groups,
        having=tuple(_havings(binder)),
        time=None if draft.tagged.times.other else binder.time,
        filters=(
            *(each for _, _, each in placed),
            *signup_filters(draft, "generations"),
            *clock_filters(draft, "generations"),
        ),
    )


def _part_of_active(binder: Binder, groups: tuple[str, ...]) -> QueryPlan:
    """Of the users active in one time, the part that was active in another, or was not."""
    draft, times = binder.draft, binder.draft.tagged.times
    placed, having = bounds_of(binder, groups)
    says_users = re.search(r"\b(?:users?|people|customers?|accounts?)\b", draft.tagged.text)
    whole, part = (
        time_filter("generations.requested_at", each) for each in (times.range, times.other)
    )
    if having or draft.rank or times.grain or draft.each_of or not (whole and part and says_users):
        raise BindError("a part of the users of two times")
    part = part.model_copy(update={"negated": times.is_absent})
    use = MeasureUse(name="user_count", only=(part,), transform="share_where")
    filters = (whole, *(each for _, _, each in placed), *signup_filters(draft, "sessions"))
    return QueryPlan(entity="users", measures=(use,), dimensions=groups, filters=filters)


def _havings(binder: Binder) -> Iterator[Having]:
    times = binder.draft.tagged.times
    if times.range and times.other:
        yield _having(_within(times.range), is_absent=False)
        yield _having(_within(times.other), is_absent=times.is_absent)
    for keep in binder.draft.each_of:
        if keep.event:
            happened = keep_filter(replace(keep, is_negated=False), binder.entity, binder.catalogue)
            yield _having((happened,), is_absent=keep.is_negated)
            continue
        only = PlanFilter(field=binder.field(keep.field), values=keep.values)
        yield _having((only,), is_absent=keep.operator == "not_in")


def _having(only: tuple[PlanFilter, ...], *, is_absent: bool) -> Having:
    use = MeasureUse(name="generation_count", only=only)
    return Having(measure=use, operator="in" if is_absent else "above", value=0)


def _within(time: TimeRange) -> tuple[PlanFilter, ...]:
    bounds: list[PlanFilter] = []
    if time.start is not None:
        bounds.append(PlanFilter(field="requested_at", operator="at_least", values=(time.start,)))
    if time.end is not None:
        bounds.append(PlanFilter(field="requested_at", operator="below", values=(time.end,)))
    return tuple(bounds)
