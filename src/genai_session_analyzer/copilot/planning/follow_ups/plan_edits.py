"""Changes to a plan, each from what a follow-up says."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bound_filters import (
    BindError,
    clock_filters,
    condition_filter,
    keep_filter,
    signup_filters,
)
from genai_session_analyzer.copilot.planning.binding.bound_scale import in_unit
from genai_session_analyzer.copilot.planning.binding.naming import KEYS, field_name, measure_name
from genai_session_analyzer.copilot.planning.drafts import Draft, Idea
from genai_session_analyzer.copilot.planning.follow_ups.ranking_edits import HOWS, ranking_changes
from genai_session_analyzer.copilot.planning.follow_ups.time_edits import changed_times
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import (
    active_then,
    as_part,
    is_whole,
    whole,
)
from genai_session_analyzer.copilot.planning.words.lexicon import entries

THEM = r"\bhow many (?:of|among) (?:those|them|these)\b"
_FURTHER = ("also", "split", "break", "further", "too", "additionally", "as well", "add")


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
    changes |= _measures(draft, plan, catalogue, as_share)
    changes |= _filters(draft, plan, catalogue)
    changes |= changed_times(draft, plan)
    changes |= ranking_changes(draft, plan, catalogue)
    for groups in _groups(draft, plan, catalogue):
        changed = plan.model_dump() | _without_pinned(draft, plan, changes) | groups
        changed["measures"] = changed.get("measures") or plan.measures
        yield in_unit(QueryPlan.model_validate(changed), draft.unit, catalogue)


def _counting_them(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """`How many of those failed` counts the rows the question before was about."""
    terms = catalogue.entity(plan.entity)
    name = plan.measures[0].name if plan.measures else terms.count_measure
    is_count = terms.measures[name].kind in ("count", "distinct")
    use = MeasureUse(name=name if is_count else terms.count_measure)
    changes = {"measures": (use,), "dimensions": (), "order": (), "limit": None, "columns": ()}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _measures(
    draft: Draft, plan: QueryPlan, catalogue: Catalogue, as_share: bool
) -> dict[str, Any]:
    hows = [p.key for p in draft.sentence.pieces if p.kind == "A"]
    if len(hows) > 1 and not draft.ideas and len(plan.measures) == 1:
        uses = (_otherwise(plan.measures[0], how, plan, catalogue) for how in hows)
        return {"measures": tuple(dict.fromkeys(uses))}
    how = hows[0] if hows else None
    if draft.ideas:
        return {"measures": _named(draft, plan, catalogue), "over_groups": None}
    if as_share or draft.has_share:
        uses = (use.model_copy(update={"transform": "share_of_total"}) for use in plan.measures)
        return {"measures": tuple(uses)}
    if draft.transform != "value":
        uses = (use.model_copy(update={"transform": draft.transform}) for use in plan.measures)
        return {"measures": tuple(uses)}
    if how and plan.measures:
        others = tuple(_otherwise(use, how, plan, catalogue) for use in plan.measures)
        is_added = any(p.kind == "q" and p.key == "also" for p in draft.sentence.pieces)
        return {"measures": (*plan.measures, *others) if is_added else others}
    return {}


def _named(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> tuple[MeasureUse, ...]:
    ideas = [_as_rate(idea, draft, plan, catalogue) for idea in draft.ideas]
    names = [measure_name(idea, plan.entity, catalogue) for idea in ideas]
    if any(name is None for name in names):
        raise BindError(f"{plan.entity} have no {draft.ideas[0].key.replace('_', ' ')}")
    added = tuple(MeasureUse(name=str(name)) for name in names)
    if any(p.kind == "q" and p.key == "also" for p in draft.sentence.pieces):
        return (*plan.measures, *added)
    return added


def _as_rate(idea: Idea, draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> Idea:
    """`Only timeouts` of an error rate is their rate."""
    rates = [catalogue.measure(plan.entity, use.name).kind == "ratio" for use in plan.measures]
    is_rate = idea.kind == "event" and draft.sentence.has("O") and all(rates)
    return replace(idea, kind="rate") if is_rate else idea


def _otherwise(use: MeasureUse, how: str, plan: QueryPlan, catalogue: Catalogue) -> MeasureUse:
    """The same number put together another way: the median instead of the mean."""
    for key, spec in entries("lexicon")["quantities"].items():
        if "fixed" in spec:
            continue
        ideas = [Idea(kind="quantity", key=key, how=each) for each in HOWS]
        if use.name in {measure_name(idea, plan.entity, catalogue) for idea in ideas}:
            name = measure_name(replace(ideas[0], how=how), plan.entity, catalogue)
            if name:
                return MeasureUse(name=name, only=use.only)
    raise BindError(f"there is no {how} of {use.name.replace('_', ' ')}")


def _filters(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> dict[str, Any]:
    added = [keep_filter(keep, plan.entity, catalogue) for keep in draft.keeps]
    added += clock_filters(draft, plan.entity)
    added += signup_filters(draft, plan.entity)
    for condition in draft.conditions:
        row = condition_filter(condition, plan.entity, catalogue)
        if row is None:
            raise BindError(f"a bound on {condition.idea.key}")
        added.append(row)
    if not added:
        return {}
    fields = {each.field for each in added}
    kept = [each for each in plan.filters if each.field not in fields]
    return {"filters": (*kept, *added)}


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


def _groups(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> Iterator[dict[str, Any]]:
    if draft.per or "generations" in draft.groups:
        raise BindError("an average of what was asked before")
    pinned = {each.field for each in plan.filters if each.operator == "in"}
    if pinned & set(draft.groups) and not draft.keeps:
        raise BindError("a group of what the question before kept only one of")
    names = [KEYS.get(name, name) for name in draft.groups]
    fields = tuple(_field(name, plan, catalogue) for name in names)
    grain = draft.tagged.times.grain
    if not fields and not grain:
        yield {}
        return
    instead = any(p.kind == "i" for p in draft.sentence.pieces)
    further = any(word in draft.tagged.text.split() for word in _FURTHER)
    over = {"over_groups": None} if plan.over_groups else {}
    if grain and not fields:
        if plan.dimensions and not plan.grain and not (instead or further):
            yield {"grain": grain, **over, "order": (), "limit": None}
        dimensions = () if instead and not plan.grain else plan.dimensions
        if not plan.dimensions or plan.grain or instead or further:
            yield {"grain": grain, "dimensions": dimensions, **over}
        elif plan.dimensions:
            yield {"grain": grain, "dimensions": (), **over, "order": (), "limit": None}
        return
    if further:
        both = tuple(dict.fromkeys((*plan.dimensions, *fields)))
        yield {"dimensions": both, "grain": grain or plan.grain, **over}
        return
    if plan.grain and not instead and not grain:
        yield {"dimensions": (*plan.dimensions, *fields), "grain": plan.grain, **over}
        yield {"dimensions": fields, "grain": None, **over, "order": ()}
        return
    yield {"dimensions": fields, "grain": grain, **over}


def _field(name: str, plan: QueryPlan, catalogue: Catalogue) -> str:
    found = field_name(name, plan.entity, catalogue)
    if found is None:
        raise BindError(f"{plan.entity} have no {name.replace('_', ' ')}")
    return found
