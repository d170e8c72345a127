"""Conditions that a follow-up adds to a plan, or sets in the place of others."""

from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import Having, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.filters import (
    clock_filters,
    condition_filter,
    keep_filter,
    signup_filters,
)
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.added_values import with_added
from genai_session_analyzer.copilot.planning.follow_ups.group_bounds import group_bound


def changed_filters(draft: Draft, plan: QueryPlan, catalogue: Catalogue) -> dict[str, Any]:
    """Return the changes of the plan's conditions: of its rows, and of its groups.

    Raises:
        BindError: The plan's entity has no such field, or it is not clear what is added.
    """
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
    left = with_added(left, draft, plan)
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
