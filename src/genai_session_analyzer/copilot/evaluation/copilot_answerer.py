"""The whole copilot as an answerer: as people ask it, guard and worker included."""

from genai_session_analyzer.copilot.answering.answer import Answer, Answered, AskedBack
from genai_session_analyzer.copilot.answering.copilot import Copilot
from genai_session_analyzer.copilot.answering.running import Ask
from genai_session_analyzer.copilot.evaluation.answerers import Predicted, Stopwatch
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.errors import AnalyzerError, ModelError, NoBuildError

_ASKER = "evaluation"


class CopilotAnswerer:
    """Asks a copilot; a follow-up after the answer to its first question."""

    def __init__(self, copilot: Copilot, name: str) -> None:
        """Ask nothing yet.

        Args:
            copilot: Answers.
            name: What tables call it.
        """
        self._copilot = copilot
        self._name = name

    @property
    def name(self) -> str:
        """What tables call it."""
        return self._name

    def answer(self, question: str, first_question: str | None) -> Predicted:
        """Return what the copilot answers.

        Raises:
            NoBuildError: There is no build.
            ModelError: The language model does not answer.
        """
        watch = Stopwatch()
        try:
            previous = None if first_question is None else self._plan_of(first_question)
            watch = Stopwatch()
            answer = self._copilot.ask(question, Ask(asker=_ASKER, previous=previous))
        except (ModelError, NoBuildError):
            raise
        except AnalyzerError as problem:
            return Predicted(outcome="failed", seconds=watch.seconds, said=str(problem))
        return _predicted(answer, watch.seconds)

    def close(self) -> None:
        """End the copilot's workers."""
        self._copilot.close()

    def _plan_of(self, question: str) -> QueryPlan | None:
        answer = self._copilot.ask(question, Ask(asker=_ASKER))
        return answer.plan if isinstance(answer, Answered) else None


def _predicted(answer: Answer, seconds: float) -> Predicted:
    if isinstance(answer, Answered):
        running_ms = answer.made.milliseconds.get("execute", 0.0)
        return Predicted(
            outcome="answered",
            seconds=seconds - running_ms / 1000,
            sql=answer.sql,
            route=answer.made.sentence,
            said=answer.sentence,
        )
    if isinstance(answer, AskedBack):
        return Predicted(outcome="asked", seconds=seconds, said=answer.sentence)
    return Predicted(outcome="declined", seconds=seconds, said=answer.reason)
