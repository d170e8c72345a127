"""A draft bound to the columns of one entity."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import (
    Grain,
    Having,
    MeasureUse,
    Order,
    PlanFilter,
    QueryPlan,
    Reduction,
)
from genai_session_analyzer.copilot.planning.binding.binder import Binder
from genai_session_analyzer.copilot.planning.binding.bound_filters import (
    BindError,
    check_contradiction,
    check_statuses,
    clock_filters,
    signup_filters,
)
from genai_session_analyzer.copilot.planning.binding.bound_order import listed, ranked
from genai_session_analyzer.copilot.planning.binding.bound_rows import (
    bounds_of,
    counted_groups,
    part_of,
)
from genai_session_analyzer.copilot.planning.binding.bound_scale import scaled
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, measure_name
from genai_session_analyzer.copilot.planning.binding.sided_measures import sided
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.rules.active_signups import (
    active_signups,
    is_of_signups,
)
from genai_session_analyzer.copilot.planning.rules.active_twice import active_twice
from genai_session_analyzer.copilot.planning.rules.averaging import REDUCTIONS, averaged
from genai_session_analyzer.copilot.planning.rules.time_shares import parted_by_time

_Bounds = tuple[tuple[PlanFilter, ...], tuple[Having, ...]]
"""The conditions that make the part of a share, and those on groups."""


def bind_to(draft: Draft, entity: str, catalogue: Catalogue) -> QueryPlan:
    """Return the draft as a plan of an entity.

    Raises:
        BindError: The entity lacks what the draft speaks of.
    """
    binder = Binder(draft, entity, catalogue)
    is_of_each = bool(draft.tagged.times.other or draft.each_of)
    if draft.rows_of and not is_of_each:
        return listed(binder)
    groups = _groups(binder)
    if entity == "users" and is_of_signups(draft):
        return active_signups(binder, groups)
    if draft.tagged.times.other or draft.each_of:
        return active_twice(binder, groups)
    is_of_groups = draft.over == "share" and draft.tagged.times.grain is None
    kept = () if draft.over == "sum" or is_of_groups else groups
    ideas, over, groups = averaged(binder, _averaged_ideas(draft), groups)
    placed, having = bounds_of(binder, groups)
    outer = [*signup_filters(draft, entity), *clock_filters(draft, entity)]
    if draft.time_part:
        part, filters = parted_by_time(binder, [*(each for _, _, each in placed), *outer])
    else:
        part, filters = part_of(draft, placed, outer)
    check_contradiction(filters)
    measures = sided(binder, _measures(binder, ideas, (part, having), groups))
    check_statuses(measures, filters)
    over = over or draft.over
    counted = counted_groups(binder, having, groups)
    if counted:
        groups, over, measures = counted
    grain = _period(draft, over)
    if over not in (None, "count") and grain in CYCLES:
        kept, groups, grain = (*kept, str(grain)), (*groups, str(grain)), CYCLES[grain]
    if over and kept and draft.rank and (draft.ideas or draft.skip):
        raise BindError("a rank of groups by what is put together")
    plan = QueryPlan.model_validate({
        "entity": entity, "measures": measures, "dimensions": groups, "filters": tuple(filters),
        "over_by": kept if over else (),
        "grain": grain, "time": binder.time,
        "comparison": draft.tagged.times.comparison, "having": having, "over_groups": over,
    })  # fmt: skip
    return ranked(binder, scaled(binder, _by_period(binder, plan)))


def _period(draft: Draft, over: Reduction | None) -> Grain | None:
    """The periods to group by; "per hour" on average is each hour, not the hours of a day."""
    grain = draft.tagged.times.grain
    is_put_together = over not in (None, "count")
    if is_put_together and grain == "hour_of_day" and _PER_HOUR.search(draft.tagged.text):
        return "hour"
    return grain


def _averaged_ideas(draft: Draft) -> list[Idea]:
    """What is asked for; where only a rank is, by an average over periods, what that is of."""
    rank, grain = draft.rank, draft.tagged.times.grain
    ranks_average = rank and rank.idea and rank.idea.how in REDUCTIONS and grain and not draft.ideas
    return [rank.idea] if ranks_average and rank and rank.idea else list(draft.ideas)


def _groups(binder: Binder) -> tuple[str, ...]:
    names: list[str] = []
    for name in binder.draft.groups:
        if name in KEYS:
            names.append(KEYS[name])
        elif name == "image_size":
            names += ["width", "height"]
        else:
            names.append(name)
    if binder.draft.subject and (binder.draft.rank or not binder.draft.ideas):
        names.append(KEYS[binder.draft.subject])
    if binder.draft.tagged.times.is_split:
        names.append("week_part")
    fields = tuple(dict.fromkeys(binder.field(name) for name in names))
    if any(name.endswith("generation_id") for name in fields):
        raise BindError("a number for each generation")
    if any(name.endswith(("first_generation_at", "last_generation_at")) for name in fields):
        raise BindError("a number for each moment")
    if binder.draft.tagged.times.grain and "cohort_week" in fields:
        raise BindError("a signup week and a period of time at once")
    return fields


CYCLES: dict[Grain, Grain] = {"weekday": "day", "hour_of_day": "hour"}
"""What is put together where an average by a period that comes again is asked for."""

_PER_HOUR = re.compile(r"\b(?:per|each|every) (?:single )?hour\b(?! of)")
_SIGNUP_GRAINS: dict[str, Grain] = {
    "signup_month": "month", "signup_quarter": "quarter", "signup_year": "year",
}  # fmt: skip


def _by_period(binder: Binder, plan: QueryPlan) -> QueryPlan:
    """Periods of signup in the order of time; of users they are periods of their own time."""
    signup = [name for name in plan.dimensions if name.rpartition(".")[2] in _SIGNUP_GRAINS]
    if not signup:
        return plan
    if plan.entity == "users" and plan.grain is None and plan.over_groups is None:
        rest = tuple(name for name in plan.dimensions if name != signup[0])
        return plan.model_copy(update={"grain": _SIGNUP_GRAINS[signup[0]], "dimensions": rest})
    if binder.draft.rank or not plan.measures or plan.over_groups:
        return plan
    return plan.model_copy(update={"order": (Order(by=signup[0], descending=False),)})


def _measures(
    binder: Binder, ideas: list[Idea], bounds: _Bounds, groups: tuple[str, ...]
) -> tuple[MeasureUse, ...]:
    draft, grain = binder.draft, binder.draft.tagged.times.grain
    part, having = bounds
    if not ideas:
        ideas = _implied(binder, groups, having)
    ranks_other = part and draft.rank and not draft.ranks_share
    if draft.has_share and (ranks_other or draft.tagged.times.is_split):
        raise BindError("a share of ranked groups, or of weekends to weekdays")
    if draft.has_share and part:
        name = binder.measure(ideas[0])
        return (MeasureUse(name=name, only=part, transform="share_where"),)
    if draft.is_of_top and (len(groups) != 1 or not draft.rank or grain):
        raise BindError("a share of the first of each group")
    if draft.has_share and draft.rank and draft.rank.idea and not draft.is_of_top:
        raise BindError("a share ranked by another number")
    if draft.rank and draft.rank.idea and _are_added(draft):
        ideas = [draft.rank.idea, *ideas]
    transform = "share_of_total" if draft.has_share else draft.transform
    names = dict.fromkeys(binder.measure(idea) for idea in ideas)
    within: str | None = grain
    if draft.share_within:
        within = binder.field(draft.share_within)
    within = within if draft.has_share and groups else None
    return tuple(MeasureUse(name=name, transform=transform, within=within) for name in names)


def _are_added(draft: Draft) -> bool:
    """`Top 5 users by cost, and their latency`: shown beside what ranks."""
    if not draft.places or draft.has_share or draft.transform != "value":
        return False
    before = draft.sentence.pieces[max(0, draft.places[0] - 3) : draft.places[0]]
    return draft.places[0] > 0 and any(piece.kind == "D" or piece.key == "with" for piece in before)


def _implied(binder: Binder, groups: tuple[str, ...], having: tuple[Having, ...]) -> list[Idea]:
    """What is shown where no number is asked for: what ranks the groups, or bounds them."""
    draft = binder.draft
    if draft.rank and draft.rank.idea:
        return [draft.rank.idea]
    if draft.conditions and (draft.subject or groups or draft.tagged.times.grain):
        ordered = sorted(draft.conditions, key=lambda each: each.position)
        bounded = {each.measure.name for each in having}
        ideas = dict.fromkeys(each.idea for each in ordered)
        shown = [each for each in ideas
                 if measure_name(each, binder.entity, binder.catalogue) in bounded]  # fmt: skip
        return shown or [ordered[0].idea]
    return []
