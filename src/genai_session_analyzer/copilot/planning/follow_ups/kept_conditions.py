"""What a follow-up silently keeps of the question before, said to the reader."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.wording.conditions import filter_words
from genai_session_analyzer.copilot.wording.times import range_words


def kept_notes(plan: QueryPlan, previous: QueryPlan, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the conditions and the time that both plans have, as one sentence; none: nothing.

    "Still only: region europe, in january (January 2024)."
    """
    kept = [
        filter_words(plan, each, catalogue) for each in plan.filters if each in previous.filters
    ]
    if plan.time is not None and plan.time == previous.time:
        kept.append(range_words(plan.time))
    return (f"Still only: {', '.join(kept)}.",) if kept else ()
