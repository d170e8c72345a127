"""What the combined planner is made of, and what it gives back."""

from collections.abc import Callable
from dataclasses import dataclass

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.memory import SimilarQueries
from genai_session_analyzer.copilot.model_planning.asking import Generated
from genai_session_analyzer.copilot.model_planning.model_planner import ModelPlanner
from genai_session_analyzer.copilot.model_planning.model_sql import ModelSql, WrittenSql
from genai_session_analyzer.copilot.model_planning.rewording import Rewording
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.roles import Outcome, Planner


@dataclass(frozen=True, kw_only=True)
class Combined:
    """An outcome and how it came about.

    Attributes:
        outcome: What to answer.
        by: Who is behind it, in words.
        is_verified: Two routes gave the same rows.
        sql: The fallback, where it was tried; shown to be looked at, never answered unasked.
        written: All that a language model wrote.
    """

    outcome: Outcome
    by: str
    is_verified: bool = False
    sql: WrittenSql | None = None
    written: tuple[Generated, ...] = ()

    @property
    def attempts(self) -> int:
        """Replies of a language model; 1 where there were none."""
        return max(1, len(self.written))


@dataclass(frozen=True, kw_only=True)
class Routes:
    """What can be tried, for one build.

    Attributes:
        lexicon: The planner without a language model.
        model: The planner with one.
        catalogue: Compiles plans.
        facts: Of the build.
        confirmed: A question asked before in the same words has its confirmed plan.
        sentence: A plan in words.
        rewording: Puts questions into the lexicon's words; None to do without.
        sql: The fallback, and a second opinion; None to do without.
        enough: Share of the question that a model's plan has to account for to be answered though
            nothing else bears it out; None for never: of such plans half were wrong in trials.
    """

    lexicon: Planner
    model: ModelPlanner
    catalogue: Catalogue
    facts: DataFacts
    confirmed: SimilarQueries
    sentence: Callable[[QueryPlan], str]
    rewording: Rewording | None = None
    sql: ModelSql | None = None
    enough: float | None = None
