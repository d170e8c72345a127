"""Follow-ups that ask for a part of all rows: "what share of requests is that?"."""

import re
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.follow_ups.measure_edits import as_rate_of
from genai_session_analyzer.copilot.planning.follow_ups.whole_plans import as_part

_PART = re.compile(
    r"\W*(?:(?:and|so) )*(?:what|which) (?:share|percentage|percent|fraction|proportion|part) of"
    r" ((?:all |the |their |its |each (?:\w+) )*)([a-z]+s) (?:is|are|was|were)"
    r" (?:that|this|it|those|these|they)\W*$"
)
_ROWS = {
    "requests": "generations", "generations": "generations", "jobs": "generations",
    "sessions": "sessions", "users": "users", "prompts": "prompts",
}  # fmt: skip


def asks_for_part(text: str) -> bool:
    """Return whether a lower-case follow-up asks which part of all rows was counted before."""
    return _PART.match(text) is not None


def part_of_rows(text: str, plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return what the plan counts as a part of its rows, each group's of the group's own.

    Raises:
        BindError: It counts no part of those rows, or it is not clear of which rows.
    """
    found = _PART.match(text)
    if found is None or _ROWS.get(found[2]) != plan.entity or plan.comparison or plan.columns:
        raise BindError("a share of other rows than those asked about before")
    is_own = "their" in found[1] or "its" in found[1] or "each" in found[1]
    has_groups = bool(plan.dimensions or plan.grain)
    if has_groups and not is_own:
        raise BindError("a share of all rows, or of those of each group")
    if [use.name for use in plan.measures] == [catalogue.entity(plan.entity).count_measure]:
        return as_part(plan, catalogue)
    if plan.filters and not is_own:
        raise BindError("a share of all rows, or of those asked about before")
    uses = tuple(as_rate_of(use, plan, catalogue) for use in plan.measures)
    shown = {use.name: new.name for use, new in zip(plan.measures, uses, strict=True)}
    order = tuple(
        each.model_copy(update={"by": shown.get(each.by, each.by)}) for each in plan.order
    )
    changes: dict[str, Any] = {"measures": uses, "order": order}
    return QueryPlan.model_validate(plan.model_dump() | changes)
