"""Users by what each did and did not: active in two times, with two models, never with one."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bound_filters import (
    BindError,
    clock_filters,
    signup_filters,
)
from genai_session_analyzer.copilot.planning.binding.bound_rows import bounds_of


def active_twice(binder: Binder, groups: tuple[str, ...]) -> QueryPlan:
    """Return the plan that counts users by what each of them did, and did not.

    Raises:
        BindError: Something else than users is counted.
    """
    draft = binder.draft
    counts_users = [(idea.kind, idea.key) for idea in draft.ideas] == [("count", "users")]
    if not counts_users or binder.entity != "generations" or draft.has_share or draft.rank:
        raise BindError("what each of something else than users did")
    placed, having = bounds_of(binder, groups)
    if having or draft.tagged.times.grain:
        raise BindError("what each user did, and a bound or a period")
    return QueryPlan(
        entity="generations",
        dimensions=(*groups, "user_id"),
        over_groups="count",
        over_by=groups,
        having=tuple(_havings(binder)),
        time=None if draft.tagged.times.other else binder.time,
        filters=(
            *(each for _, _, each in placed),
            *signup_filters(draft, "generations"),
            *clock_filters(draft, "generations"),
        ),
    )


def _havings(binder: Binder) -> Iterator[Having]:
    times = binder.draft.tagged.times
    if times.range and times.other:
        yield _having(_within(times.range), is_absent=False)
        yield _having(_within(times.other), is_absent=times.is_absent)
    for keep in binder.draft.each_of:
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
