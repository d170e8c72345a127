"""Ranks within periods: "which model had the highest error rate in each month"."""

import re

from genai_session_analyzer.copilot.plan import Order, QueryPlan
from genai_session_analyzer.copilot.planning.binding.bind_errors import BindError
from genai_session_analyzer.copilot.planning.drafts import Draft
from genai_session_analyzer.copilot.planning.rules.numbers.named_numbers import adds_up

_UNIT = r"(?:hours?|days?|weeks?|months?|quarters?|years?|weekdays?|dates?)"
_EACH = re.compile(
    rf"\b(?:each|every|by)(?: single| calendar| of the| hour of the)? {_UNIT}\b"
    rf"|\b(?:week|month|day) (?:by|for|after) (?:week|month|day)\b"
)
_PER = re.compile(
    rf"\b(?:per|a)(?: calendar)? {_UNIT}\b|\b(?:daily|weekly|monthly|quarterly|yearly|hourly)\b"
)

_RANKED_PERIOD = re.compile(
    rf"\b(?:{_UNIT} (?:with|that had|which had) the|(?:busiest|quietest|worst|best"
    rf"|slowest) {_UNIT})"
    r" .*\b(?:for|of|in|per) (?:each|every)\b"
)


def ranked_within_periods(draft: Draft, plan: QueryPlan, order: tuple[Order, ...]) -> QueryPlan:
    """Return the plan with the first groups of each period, or all of them in their order.

    Raises:
        BindError: What is ranked was not said, or whether within each period or over them.
    """
    rank, text = draft.rank, draft.tagged.text
    if rank is None or len(plan.dimensions) != 1 or draft.skip:
        raise BindError("a rank over periods and groups at once")
    says_within = _EACH.search(text) or (_PER.search(text) and not _is_pace(draft))
    if not says_within and _RANKED_PERIOD.search(text) and not draft.tagged.times.is_trend:
        within = {"order": order, "limit": rank.limit or 1, "limit_within": plan.dimensions[0]}
        return QueryPlan.model_validate(plan.model_dump() | within)
    if not says_within or draft.tagged.times.is_trend:
        raise BindError("a rank within each period, or of an average over them")
    by_period = Order(by=str(plan.grain), descending=False)
    limit = {"limit": rank.limit, "limit_within": plan.grain} if rank.limit else {}
    return QueryPlan.model_validate(plan.model_dump() | {"order": (by_period, *order)} | limit)


def first_of_each_period(draft: Draft, plan: QueryPlan, order: tuple[Order, ...]) -> QueryPlan:
    """Return the plan with the first periods of each longer one: "the busiest day of each week".

    Raises:
        BindError: Something else is ranked than its periods.
    """
    rank, within = draft.rank, draft.tagged.times.within
    if rank is None or plan.over_groups or plan.comparison or draft.skip:
        raise BindError(f"a rank within each {within}")
    by_period = Order(by=str(plan.grain), descending=False)
    changes = {"order": (by_period, *order), "limit": rank.limit or 1, "limit_within": within}
    return QueryPlan.model_validate(plan.model_dump() | changes)


def _is_pace(draft: Draft) -> bool:
    """Whether "per day" may belong to the number: "the model with the highest cost per day"."""
    idea = draft.rank.idea if draft.rank else None
    grows = idea is not None and (idea.kind in ("count", "event") or adds_up(idea))
    if not (grows and _follows_number(draft)):
        return False
    starts = re.match(rf"\W*(?:for |the )*(?:(?:per|a) {_UNIT}|\w+ly)\b", draft.tagged.text)
    return not starts and not re.search(rf"\bper {_UNIT} by\b", draft.tagged.text)


def _follows_number(draft: Draft) -> bool:
    """Whether the period is said right behind the number, not behind what is ranked by it."""
    period = _PER.search(draft.tagged.text)
    before = [each for each in draft.sentence.pieces if period and each.start < period.start()]
    if not before or (period and period[0].endswith("ly")):
        return True
    last = max(before, key=lambda each: each.start)
    return last.kind in "QVAE" and last.key != draft.subject
