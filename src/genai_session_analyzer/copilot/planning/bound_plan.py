"""A draft bound to the columns of one entity."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.averaging import averaged
from genai_session_analyzer.copilot.planning.binder import Binder
from genai_session_analyzer.copilot.planning.bound_filters import (
    BindError,
    signup_filters,
    weekday_filters,
)
from genai_session_analyzer.copilot.planning.bound_order import listed, ranked
from genai_session_analyzer.copilot.planning.bound_rows import bounds_of, counted_groups, part_of
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.naming import KEYS


def bind_to(draft: Draft, entity: str, catalogue: Catalogue) -> QueryPlan:
    """Return the draft as a plan of an entity.

    Raises:
        BindError: The entity lacks what the draft speaks of.
    """
    if draft.tagged.times.hours:
        raise BindError("rows cannot be kept by the hour of the day")
    binder = Binder(draft, entity, catalogue)
    if draft.rows_of:
        return listed(binder)
    groups = _groups(binder)
    ideas, over, groups = averaged(binder, list(draft.ideas), groups)
    placed, having = bounds_of(binder, groups)
    outer = [*signup_filters(draft, entity), *weekday_filters(draft, entity)]
    part, filters = part_of(draft, placed, outer)
    measures = _measures(binder, ideas, part, groups)
    over = over or draft.over
    counted = counted_groups(binder, having, groups)
    if counted:
        groups, over, measures = counted
    plan = QueryPlan.model_validate({
        "entity": entity, "measures": measures, "dimensions": groups, "filters": tuple(filters),
        "grain": draft.tagged.times.grain, "time": binder.time,
        "comparison": draft.tagged.times.comparison, "having": having, "over_groups": over,
    })  # fmt: skip
    return ranked(binder, plan)


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
    fields = tuple(dict.fromkeys(binder.field(name) for name in names))
    if "generation_id" in fields:
        raise BindError("a number for each generation")
    if binder.draft.tagged.times.grain and "cohort_week" in fields:
        raise BindError("a signup week and a period of time at once")
    return fields


def _measures(
    binder: Binder, ideas: list[Idea], part: PlanFilter | None, groups: tuple[str, ...]
) -> tuple[MeasureUse, ...]:
    draft = binder.draft
    if not ideas:
        ideas = _implied(draft, groups)
    if draft.has_share and part is not None:
        name = binder.measure(ideas[0])
        return (MeasureUse(name=name, only=(part,), transform="share_where"),)
    if draft.has_share and draft.rank and draft.rank.idea:
        raise BindError("a share ranked by another number")
    transform = "share_of_total" if draft.has_share else draft.transform
    names = dict.fromkeys(binder.measure(idea) for idea in ideas)
    return tuple(MeasureUse(name=name, transform=transform) for name in names)


def _implied(draft: Draft, groups: tuple[str, ...]) -> list[Idea]:
    """What is shown where no number is asked for: what ranks the groups, or bounds them."""
    if draft.rank and draft.rank.idea:
        return [draft.rank.idea]
    if draft.conditions and (draft.subject or groups or draft.tagged.times.grain):
        return [draft.conditions[0].idea]
    return []
