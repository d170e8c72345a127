"""SQL by a language model, without plans, as an answerer."""

from genai_session_analyzer.copilot.evaluation.answerers import Predicted, Stopwatch
from genai_session_analyzer.copilot.model_planning.model_sql import ModelSql
from genai_session_analyzer.copilot.model_planning.routes import RunsSql


class SqlAnswerer:
    """Answers with the SQL a model writes; declines where that does not run."""

    def __init__(self, writer: ModelSql, runs: RunsSql, name: str) -> None:
        """Ask nothing yet.

        Args:
            writer: Asks the model for SQL.
            runs: Runs what it writes.
            name: What tables call it.
        """
        self._writer = writer
        self._runs = runs
        self._name = name

    @property
    def name(self) -> str:
        """What tables call it."""
        return self._name

    def answer(self, question: str, first_question: str | None) -> Predicted:
        """Return what the model wrote; the first question is told in front of a follow-up.

        Raises:
            ModelError: The model does not answer.
        """
        watch = Stopwatch()
        asked = question if first_question is None else f"{first_question} Then: {question}"
        written = self._writer.written(asked, self._runs).ran
        if written.result is None:
            said = f"{written.problem} {written.sql}"
            return Predicted(outcome="declined", seconds=watch.seconds, route=self._name, said=said)
        return Predicted(
            outcome="answered", seconds=watch.seconds, sql=written.sql, route=self._name
        )

    def close(self) -> None:
        """There is nothing to end."""
