"""A planner alone as an answerer: question to plan to SQL."""

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.compiling import PlanError, plan_sql
from genai_session_analyzer.copilot.evaluation.answerers import Predicted, Stopwatch
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.roles import Ambiguous, Declined, Planner, Question


class PlannerAnswerer:
    """Answers with what a planner understands; its plan is compiled to SQL."""

    def __init__(self, planner: Planner, catalogue: Catalogue) -> None:
        """Plan nothing yet.

        Args:
            planner: Reads the questions.
            catalogue: The words of its plans.
        """
        self._planner = planner
        self._catalogue = catalogue

    @property
    def name(self) -> str:
        """The planner's name."""
        return self._planner.name

    def answer(self, question: str, first_question: str | None) -> Predicted:
        """Return the SQL of the plan, or that it declined or asked back.

        Of a follow-up, the first question is planned first; where that fails, the follow-up is
        asked on its own.
        """
        previous = None if first_question is None else self._previous(first_question)
        watch = Stopwatch()
        outcome = self._planner.plan(Question(text=question, previous=previous))
        if isinstance(outcome, Declined):
            said = outcome.reason
            return Predicted(outcome="declined", seconds=watch.seconds, route=self.name, said=said)
        if isinstance(outcome, Ambiguous):
            said = outcome.sentence
            return Predicted(outcome="asked", seconds=watch.seconds, route=self.name, said=said)
        return self._compiled(outcome.plan, watch)

    def close(self) -> None:
        """There is nothing to end."""

    def _previous(self, question: str) -> QueryPlan | None:
        outcome = self._planner.plan(Question(text=question))
        return None if isinstance(outcome, Ambiguous | Declined) else outcome.plan

    def _compiled(self, plan: QueryPlan, watch: Stopwatch) -> Predicted:
        try:
            sql = plan_sql(plan, self._catalogue)
        except PlanError as problem:
            said = str(problem)
            return Predicted(outcome="declined", seconds=watch.seconds, route=self.name, said=said)
        said = plan.model_dump_json(exclude_defaults=True)
        return Predicted(
            outcome="answered", seconds=watch.seconds, sql=sql, route=self.name, said=said
        )
