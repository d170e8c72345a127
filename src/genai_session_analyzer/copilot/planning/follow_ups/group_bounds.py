"""Bounds that a follow-up sets on the groups before: "only those with more than 20 sessions"."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import Having, MeasureUse, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import measure_name
from genai_session_analyzer.copilot.planning.drafts import Condition


def group_bound(condition: Condition, plan: QueryPlan, catalogue: Catalogue) -> Having:
    """Return a bound as one on the groups of a plan.

    Raises:
        BindError: The plan has no groups, or its entity no such number.
    """
    name = measure_name(condition.idea, plan.entity, catalogue)
    if name is None or not (plan.dimensions or plan.grain) or plan.comparison:
        raise BindError(f"a bound on {condition.idea.key}")
    use = MeasureUse(name=name)
    return Having(measure=use, operator=condition.operator, value=condition.number)
