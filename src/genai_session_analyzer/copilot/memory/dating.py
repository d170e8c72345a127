"""Confirmed plans with the dates that their times have in one build."""

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.memory.verified import VerifiedQuery
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.planning.times.time_words import find_times


def dated(query: VerifiedQuery, facts: DataFacts) -> QueryPlan | None:
    """Return the plan of a query with the dates of its times, worked out from its question's words.

    None where it has no plan, or its words no longer stand for the times that the plan has.

    Args:
        query: A confirmed query.
        facts: Of the build that is asked.
    """
    if query.plan is None:
        return None
    times = find_times(query.question, facts.newest_at, facts.first_at)
    found = {"time": times.range, "comparison": times.comparison}
    if any((getattr(query.plan, name) is None) != (time is None) for name, time in found.items()):
        return None
    return query.plan.model_copy(update=found)
