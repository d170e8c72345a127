"""Changes to a plan, each from what a follow-up says."""

import re
from collections.abc import Iterator
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.failures_by_status import only_failures
from genai_session_analyzer.copilot.planning.binding.filters import (
    clock_filters,
    condition_filter,
    keep_filter,
    signup_filters,
)
from genai_session_analyzer.copilot.planning.binding.scales import in_unit
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.compared_values import beside_before
from genai_session_analyzer.copilot.planning.follow_ups.counted_kinds import (
    counted_anew,
    parts_anew,
)
from genai_session_analyzer.copilot.planning.follow_ups.group_bounds import group_bound
from genai_session_analyzer.copilot.planning.follow_ups.group_edits import changed_groups
from genai_session_analyzer.copilot.planning.follow_ups.measure_edits import changed_measures
from genai_session_analyzer.copilot.planning.follow_ups.ranking_edits import (
    order_by_new,
    ranking_changes,
)
from genai_session_analyzer.copilot.planning.follow_ups.time_edits import changed_times
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import (
    active_then,
    as_part,
    is_whole,
    whole,
)

THEM = r"\bhow many (?:of|among) (?:those|them|these)\b"


def edit_plan(
    draft: Draft, plan: QueryPlan, catalogue: Catalogue, as_share: bool
) -> Iterator[QueryPlan]:
    """Yield the changed plan; two where a new group may replace the old one or be added to it.

    Raises:
        BindError: The plan's entity does not have what is asked for.
    """
    if is_whole(draft.tagged.text):
        yield whole(plan, draft.tagged.text)
        return
    if re.search(THEM, draft.tagged.text):
        if plan.entity == "users" and draft.sentence.has("a") and draft.tagged.times.range:
            yield active_then(plan, draft.tagged.times.range, catalogue)
            return
        plan = _counting_them(plan, catalogue)
    if as_share and not (plan.dimensions or plan.grain):
        yield as_part(plan, catalogue)
        return
    changes: dict[str, Any] = {}
    changes |= changed_measures(draft, plan, catalogue, as_share)
    changes |= _filters(draft, plan, catalogue)
    compared = beside_before(draft, plan, changes.get("filters", ()))
    if compared:
        changes |= compared
    elif "filters" in changes and "measures" not in changes:
        changes |= _counted_by(changes["filters"], plan, catalogue)
    changes |= changed_times(draft, plan)
    changes |= ranking_changes(draft, plan, catalogue)
    changes |= order_by_new(plan, changes)
    pinned = _without_pinned(draft, plan, changes)
    left = plan.model_copy(update={"dimensions": pinned.get("dimensions", plan.dimensions)})
    for groups in changed_groups(draft, left, catalogue):
        changed = plan.model_dump() | pinned | groups
        changed["measures"] = changed.get("measures") or plan.measures
        yield only_failures(in_unit(QueryPlan.model_validate(changed), draft.unit, catalogue))


def _counted_by(
    filters: tuple[PlanFilter, ...], plan: QueryPlan, catalogue: Catalogue
) -> dict[str, Any]:
    """The numbers of before under new conditions, which some of them have in themselves."""
    added = tuple(each for each in filters if each not in plan.filters)
    uses, rest = parts_anew(counted_anew(plan, added, catalogue), added)
    kept = tuple(each for each in filters if each not in added or each in rest)
    return {"measures": uses, "filters": kept}


def _counting_them(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """`How many of those failed` counts the rows the question before was about."""
    terms = catalogue.entity(plan.entity)
    name = plan.measures[0].name if plan.measures else terms.count_measure
    is_count = terms.measures[name].kind in ("count", "distinct")
    use = MeasureUse(name=name if is_count else terms.count_measure)
    changes = {"measures": (use,), "dimensions": (), "order": (), "limit": None, "columns": ()}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _filters(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> dict[str, Any]:
    added = [keep_filter(keep, plan.entity, catalogue) for keep in draft.keeps]
    added += clock_filters(draft, plan.entity)
    added += signup_filters(draft, plan.entity)
    bounds: list[Having] = []
    for condition in draft.conditions:
        row = condition_filter(condition, plan.entity, catalogue)
        if row is None:
            bounds.append(group_bound(condition, plan, catalogue))
        else:
            added.append(row)
    having = {"having": (*plan.having, *bounds)} if bounds else {}
    if not added:
        return having
    left = [_left_of(each, plan.filters) for each in _together(added)]
    fields = {each.field for each in left}
    kept = [each for each in plan.filters if each.field not in fields]
    return {"filters": (*kept, *left)}


def _together(added: list[PlanFilter]) -> list[PlanFilter]:
    """`Pro? Free?` is about both: values of one field are alternatives."""
    found: dict[tuple[str, str, bool], PlanFilter] = {}
    for each in added:
        key = (each.field, each.operator, each.negated)
        if key in found and each.operator in ("in", "not_in"):
            values = dict.fromkeys((*found[key].values, *each.values))
            found[key] = each.model_copy(update={"values": tuple(values)})
        elif key in found:
            raise BindError(f"two bounds on {each.field}")
        else:
            found[key] = each
    return list(found.values())


def _left_of(added: PlanFilter, before: tuple[PlanFilter, ...]) -> PlanFilter:
    """`Exclude the rate limited ones`, of the failures: the other failures."""
    chosen = next((each for each in before if (each.field, each.operator) == (added.field, "in")),
                  None)  # fmt: skip
    if chosen is None or added.operator != "not_in":
        return added
    rest = tuple(value for value in chosen.values if value not in added.values)
    if not rest or len(rest) == len(chosen.values):
        return added
    return chosen.model_copy(update={"values": rest})


def _without_pinned(draft: Draft, plan: QueryPlan, changes: dict[str, Any]) -> dict[str, Any]:
    """A group that a follow-up narrows to one value tells nothing apart any more."""
    pinned = {
        each.field
        for each in changes.get("filters", ())
        if isinstance(each, PlanFilter) and each.operator == "in" and len(each.values) == 1
    }
    kept = tuple(name for name in plan.dimensions if name not in pinned)
    if kept == plan.dimensions:
        return changes
    order = tuple(each for each in plan.order if each.by not in pinned)
    limit = plan.limit if kept or plan.grain else None
    return {"dimensions": kept, "order": order if limit else (), "limit": limit} | changes
