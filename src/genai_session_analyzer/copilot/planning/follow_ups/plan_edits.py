"""Changes to a plan, each from what a follow-up says."""

import re
from collections.abc import Iterator
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.failures_by_status import only_failures
from genai_session_analyzer.copilot.planning.binding.scales import in_unit
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.compared_values import beside_before
from genai_session_analyzer.copilot.planning.follow_ups.counted_kinds import (
    counted_anew,
    parts_anew,
)
from genai_session_analyzer.copilot.planning.follow_ups.doubtful import refuse_unlike
from genai_session_analyzer.copilot.planning.follow_ups.filter_edits import changed_filters
from genai_session_analyzer.copilot.planning.follow_ups.group_edits import changed_groups
from genai_session_analyzer.copilot.planning.follow_ups.list_edits import list_changes
from genai_session_analyzer.copilot.planning.follow_ups.listed_rows import listed
from genai_session_analyzer.copilot.planning.follow_ups.measure_edits import changed_measures
from genai_session_analyzer.copilot.planning.follow_ups.ranking_edits import (
    order_by_new,
    ranking_changes,
)
from genai_session_analyzer.copilot.planning.follow_ups.time_edits import changed_times
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import (
    active_then,
    as_part,
    asks_for_whole,
    part_of,
    shared_within,
    whole,
)

_EACH = re.compile(r"\b(?:within|of|in|inside) (?:each|every)\b")
PART_OF_THEM = re.compile(
    r"\b(?:what|which) (?:share|percentage|percent|fraction|proportion|part) of"
    r" (?:those|them|these)\b"
)
THEM = r"\bhow many (?:of|among) (?:those|them|these)\b"


def edit_plan(
    draft: Draft, plan: QueryPlan, catalogue: Catalogue, as_share: bool
) -> Iterator[QueryPlan]:
    """Yield the changed plan; two where a new group may replace the old one or be added to it.

    Raises:
        BindError: The plan's entity does not have what is asked for.
    """
    if re.search(THEM, draft.tagged.text) and not _asks_for_active(draft, plan):
        plan = _counting_them(plan, catalogue)
    made = _of_them(draft, plan, catalogue) or _made_anew(draft, plan, catalogue, as_share)
    if made:
        yield made
        return
    changes: dict[str, Any] = {}
    changes |= changed_measures(draft, plan, catalogue, as_share)
    changes |= changed_filters(draft, plan, catalogue)
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
        edited = QueryPlan.model_validate(changed)
        refuse_unlike(edited, plan, draft, catalogue)
        yield only_failures(in_unit(edited, draft.unit, catalogue))


def _made_anew(
    draft: Draft, plan: QueryPlan, catalogue: Catalogue, as_share: bool
) -> QueryPlan | None:
    """The plan that a follow-up makes of the whole of the plan before; None: it changes parts."""
    text = draft.tagged.text
    if asks_for_whole(text, plan):
        return whole(plan, text)
    if as_share and not (plan.dimensions or plan.grain):
        return as_part(plan, catalogue)
    if (as_share or draft.has_share) and _EACH.search(text):
        return shared_within(draft, plan, catalogue)
    if draft.rank and not (plan.dimensions or plan.grain or plan.columns):
        return _first_listed(draft, plan, catalogue)
    return _list_changed(draft, plan, catalogue) if plan.columns else None


def _of_them(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan | None:
    """The plan about the rows before: "how many of them", "what share of them"."""
    if _asks_for_active(draft, plan) and draft.tagged.times.range:
        return active_then(plan, draft.tagged.times.range, catalogue)
    if PART_OF_THEM.search(draft.tagged.text) and (draft.keeps or draft.conditions):
        return _part_of_them(draft, plan, catalogue)
    return None


def _asks_for_active(draft: Draft, plan: QueryPlan) -> bool:
    """`How many of them were active in March`, of users that were counted."""
    asks = re.search(THEM, draft.tagged.text) is not None and draft.sentence.has("a")
    return plan.entity == "users" and asks and draft.tagged.times.range is not None


def _list_changed(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan | None:
    changes = list_changes(draft, plan, catalogue)
    if not changes:
        return None
    changes |= changed_filters(draft, plan, catalogue) | changed_times(draft, plan)
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _first_listed(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """`Show me ten of them`, of what was counted."""
    if draft.rank is None or draft.rank.idea or not draft.rank.limit:
        raise BindError("the question before has no rows to rank")
    return listed(plan, catalogue).model_copy(update={"limit": draft.rank.limit})


def _part_of_them(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """`What share of them came from mobile`: of the rows that the question before counted."""
    found = changed_filters(draft, plan, catalogue)
    added = [each for each in found.get("filters", ()) if each not in plan.filters]
    is_count = plan.columns or all(
        catalogue.measure(plan.entity, use.name).kind in ("count", "distinct")
        and not use.only
        and use.transform == "value"
        for use in plan.measures
    )
    is_other = any(idea.kind != "count" for idea in draft.ideas) or bool(draft.groups)
    if len(added) != 1 or "having" in found or is_other or not is_count:
        raise BindError("a share of what was asked before")
    if plan.limit or plan.comparison or plan.over_groups or draft.tagged.times.range:
        raise BindError("a share of what was asked before")
    name = plan.measures[0].name if plan.measures else catalogue.entity(plan.entity).count_measure
    changes = {"measures": (MeasureUse(name=name),), "columns": (), "order": ()}
    return part_of(plan.model_copy(update=changes), added[0], catalogue)


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
