"""Follow-ups that set a value beside the one asked about before: "compared with free users"."""

import re
from typing import Any

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft

_BESIDE = re.compile(r"\W*(?:and )?(?:alongside|side by side|next to|beside|set against|against)\b")


def beside_before(
    draft: Draft, plan: QueryPlan, filters: tuple[PlanFilter, ...]
) -> dict[str, Any] | None:
    """Return the changes that show both values, each as a group; None where nothing is compared.

    Args:
        draft: The follow-up.
        plan: The plan before.
        filters: Its conditions as the follow-up changes them.

    Raises:
        BindError: The question before has no value to compare with.
    """
    added = [each for each in filters if each not in plan.filters]
    compares = draft.sentence.has("G") or _BESIDE.match(draft.tagged.text) is not None
    is_compared = compares and len(added) == 1 and len(added[0].values) == 1
    if not is_compared or draft.tagged.times.range or draft.groups or plan.comparison:
        return None
    new = added[0]
    old = next((each for each in plan.filters if each.field == new.field), None)
    if old is None or (old.operator, new.operator) != ("in", "in") or plan.columns:
        raise BindError("the question before has no value to compare with")
    both = new.model_copy(update={"values": tuple(dict.fromkeys((*old.values, *new.values)))})
    kept = tuple(each for each in filters if each is not new)
    return {"filters": (*kept, both), "dimensions": (*plan.dimensions, new.field)}
