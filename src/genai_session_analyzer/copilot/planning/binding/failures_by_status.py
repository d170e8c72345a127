"""Failures by status: success is none of the rows."""

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.words.lexicon import entries


def only_failures(plan: QueryPlan) -> QueryPlan:
    """Return a plan that counts failures by status without the row of successes, which is 0."""
    counts = {use.name for use in plan.measures} == {"failure_count"}
    is_kept = any(each.field == "status" for each in plan.filters)
    is_plain = not plan.comparison and all(
        use.transform in ("value", "share_of_total") for use in plan.measures
    )
    if plan.entity != "generations" or "status" not in plan.dimensions or not counts:
        return plan
    if is_kept or not is_plain:
        return plan
    statuses = entries("lexicon")["events"]["failure"]["filter"]["generations"]["values"]
    failed = PlanFilter(field="status", values=tuple(statuses))
    return plan.model_copy(update={"filters": (*plan.filters, failed)})
