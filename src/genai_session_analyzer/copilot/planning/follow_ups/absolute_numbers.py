"""Follow-ups that ask for numbers in place of shares: "how many is that in absolute numbers?"."""

import re
from typing import Any

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.words.lexicon import entries

_ABSOLUTE = re.compile(
    r"\W*(?:(?:and|but|now|ok|show|give|me|it|them|that|the|those|these|as|in|what|is|are|how many"
    r"|how much|please|about|only|just|same|to|back) )*"
    r"(?:absolute (?:numbers?|terms|counts?|values?|figures?)|(?:raw |plain |actual )?(?:counts"
    r"|numbers)"
    r"|how many (?:is|are|was|were) (?:that|it|this|they|those|these))"
    r"(?: (?:instead|please|then|not (?:shares|percentages?|percent)|in absolute"
    r" (?:numbers?|terms|counts?|figures?)"
    r"|(?:instead of|rather than) (?:the )?(?:shares?|percentages?|percent|rates?)))*\W*$"
)


def asks_for_numbers(text: str) -> bool:
    """Return whether a lower-case follow-up asks for numbers in place of shares."""
    return bool(_ABSOLUTE.match(text))


def in_numbers(plan: QueryPlan, catalogue: Catalogue) -> QueryPlan:
    """Return the plan with how many there are of what it shows the share of.

    Raises:
        BindError: It shows no share.
    """
    uses = tuple(_number(use, plan, catalogue) for use in plan.measures)
    if not uses or uses == plan.measures:
        raise BindError("the question before has no shares")
    shown = {use.name: new.name for use, new in zip(plan.measures, uses, strict=True)}
    order = tuple(
        each.model_copy(update={"by": shown.get(each.by, each.by)}) for each in plan.order
    )
    changes: dict[str, Any] = {"measures": uses, "order": order}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _number(use: MeasureUse, plan: QueryPlan, catalogue: Catalogue) -> MeasureUse:
    if use.transform in ("share_of_total", "share_where"):
        return use.model_copy(update={"transform": "value", "within": None})
    events = entries("lexicon")["events"].values()
    count = next((each["count"] for each in events if each.get("rate") == use.name
                  and "count" in each), None)  # fmt: skip
    if count is None or count not in catalogue.entity(plan.entity).measures:
        raise BindError(f"there is no count of {use.name.replace('_', ' ')}")
    return use.model_copy(update={"name": count})
