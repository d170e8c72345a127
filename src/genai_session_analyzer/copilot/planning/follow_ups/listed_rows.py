"""Follow-ups that ask for the rows that were counted: "list them", "who are they?"."""

import re

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.binding.naming import KEYS

_LISTED = re.compile(
    r"\W*(?:(?:and|ok|now|please|then) )*(?:(?:list|show|name|display|give me|see|print) "
    r"(?:me )?(?:them|those|these)(?: all)?|who (?:are|were) (?:they|those|these)"
    r"|which (?:ones )?(?:are|were) (?:they|those|these|that))(?: please)?\W*$"
)


def asks_for_rows(text: str) -> bool:
    """Return whether a lower-case follow-up asks which rows were counted."""
    return bool(_LISTED.match(text))


def listed(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return the rows that a plan counts, by their ids.

    Raises:
        BindError: The plan does not count rows, or counts them in groups.
    """
    if [use.name for use in plan.measures] and plan.measures[0].name.startswith("distinct_"):
        return _values(plan, catalogue)
    count = catalogue.entity(plan.entity).count_measure
    is_count = [use.name for use in plan.measures] == [count]
    use = plan.measures[0] if plan.measures else None
    is_plain = use is not None and use.transform == "value" and not use.only
    if not is_count or not is_plain or plan.dimensions or plan.grain or plan.comparison:
        raise BindError("the question before does not count single rows")
    changes = {"measures": (), "columns": (KEYS[plan.entity],), "order": ()}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _values(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """The different values that were counted: "how many clusters are there?", "list them"."""
    name = plan.measures[0].name.removeprefix("distinct_")
    is_one = len(plan.measures) == 1 and not plan.measures[0].only
    is_plain = not (plan.dimensions or plan.grain or plan.comparison or plan.having)
    if not is_one or not is_plain or name not in catalogue.entity(plan.entity).fields:
        raise BindError("the question before does not count different values")
    return plan.model_copy(update={"measures": (), "dimensions": (name,), "order": ()})
