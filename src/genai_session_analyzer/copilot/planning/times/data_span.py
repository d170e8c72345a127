"""Times in which there is no data at all."""

import re

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning.times.calendar_words import MONTH
from genai_session_analyzer.copilot.roles import Declined, Outcome, Understood

_NAMED_MONTH = re.compile(rf"^(?!.*\b20\d\d)(?=.*\b(?:{MONTH}|q[1-4])\b)")
"""A month or a quarter without its year."""


def within_data(outcome: Outcome, facts: DataFacts) -> Outcome:
    """Return the outcome, declined where a plan asks about a time without data.

    "In May" of data that ends in March would be a zero nobody measured; a time before the data that
    was said with its year is answered with that zero. Users may have signed up before the first
    generation: their times are left as they are.
    """
    if not isinstance(outcome, Understood):
        return outcome
    plan: QueryPlan = outcome.plan
    ranges = [each for each in (plan.time, plan.comparison) if each]
    if plan.entity == "users" or all(_overlaps(each, facts) for each in ranges):
        return outcome
    reason = f"the data covers {facts.first_at:%Y-%m-%d} to {facts.newest_at:%Y-%m-%d} only"
    return Declined(reason=reason, is_out_of_scope=True)


def _overlaps(time: TimeRange, facts: DataFacts) -> bool:
    if time.start is not None and time.start > facts.newest_at:
        return False
    is_meant = time.end is None or time.end > facts.first_at
    return is_meant or _NAMED_MONTH.search(time.said) is None
