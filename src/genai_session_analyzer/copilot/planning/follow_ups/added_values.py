"""Values that a follow-up adds to those asked about before: "add v3.0", of v1.5 versus v2.0."""

import re

from genai_session_analyzer.copilot.plan import PlanFilter, QueryPlan
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.follow_ups.doubtful import DoubtfulError

_ADDS = re.compile(r"\W*(?:(?:and|now|then|please|ok|also) )*(?:add|plus|include|including)\b")


def with_added(added: list[PlanFilter], draft: Draft, plan: QueryPlan) -> list[PlanFilter]:
    """Return the conditions of a follow-up, an added value beside those that are shown apart.

    Raises:
        DoubtfulError: The plan does not show the values apart: they may be added up or compared.
    """
    if not _ADDS.match(draft.tagged.text) or draft.sentence.has("O"):
        return added
    return [_joined(each, plan) for each in added]


def _joined(added: PlanFilter, plan: QueryPlan) -> PlanFilter:
    before = [each for each in plan.filters if each.field == added.field]
    is_shown = added.field in plan.dimensions and len(before) == 1
    if not is_shown or {before[0].operator, added.operator} != {"in"}:
        raise DoubtfulError("adding rows that the question before does not show apart")
    values = dict.fromkeys((*before[0].values, *added.values))
    return before[0].model_copy(update={"values": tuple(values)})
