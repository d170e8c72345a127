"""Follow-ups that count the groups of before: "how many days is that?"."""

import re

from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError

_COUNTED = re.compile(
    r"\W*(?:(?:and|so) )*how many (\w+?)s? (?:is|are|was|were)"
    r" (?:that|those|these|they|it|there)\W*$"
)


def counts_groups(text: str, plan: QueryPlan) -> bool:
    """Return whether a follow-up asks how many of a plan's groups there are."""
    found = _COUNTED.match(text)
    groups = (plan.grain, *plan.dimensions)
    return found is not None and plan.having != () and found[1] in _words(groups)


def groups_counted(plan: QueryPlan) -> QueryPlan:
    """Return the number of a plan's groups.

    Raises:
        BindError: They are groups of two kinds, or only the first of them were asked for.
    """
    if len(plan.dimensions) + bool(plan.grain) != 1 or plan.limit or plan.over_groups:
        raise BindError("the number of what was not said")
    return plan.model_copy(update={"over_groups": "count", "order": ()})


def _words(groups: tuple[str | None, ...]) -> set[str]:
    return {name.rpartition(".")[2].split("_")[0] for name in groups if name}
