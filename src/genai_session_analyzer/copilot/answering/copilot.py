"""The copilot: a question in, an answer with its proof out; every ask leaves a trace."""

import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from genai_session_analyzer.copilot.answering.answer import Answer, Answered, HowMade
from genai_session_analyzer.copilot.answering.assembling import (
    PlanToAnswer,
    answer_by_plan,
    answer_by_sql,
)
from genai_session_analyzer.copilot.answering.context import BuildContexts, Source
from genai_session_analyzer.copilot.answering.model_loading import ModelLoading, ModelState
from genai_session_analyzer.copilot.answering.question_answer import answer_question
from genai_session_analyzer.copilot.answering.reading import ReaderFor
from genai_session_analyzer.copilot.answering.running import Ask, Running, RunsSql
from genai_session_analyzer.copilot.answering.traced import traced
from genai_session_analyzer.copilot.memory import Feedback, VerifiedQuery, add_verified
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.tracing import NoTraces, TraceLog
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.language_model import LanguageModel

__all__ = ["Ask", "Copilot", "CopilotParts"]


@dataclass(frozen=True, kw_only=True)
class CopilotParts:
    """What a copilot works with.

    Attributes:
        source: The builds.
        workers: Run the SQL.
        reader_for: Makes the reader of questions of a build.
        model: The language model that the reader asks, loaded at the start; None without one.
        traces: Keep what each ask did.
        confirmed: File of the queries that people confirmed; None where none are kept.
    """

    source: Source
    workers: RunsSql
    reader_for: ReaderFor
    model: LanguageModel | None = None
    traces: TraceLog = field(default_factory=NoTraces)
    confirmed: Path | None = None


class Copilot:
    """Answers questions; may be used by several threads at once."""

    def __init__(self, parts: CopilotParts) -> None:
        """Open nothing yet."""
        self._parts = parts
        self._contexts = BuildContexts(parts.source, parts.reader_for, parts.confirmed)
        self._loading = ModelLoading(parts.model)

    def start(self) -> None:
        """Read the build, start the workers and load all models, in the background."""
        self._loading.start()
        threading.Thread(target=self._warm, name="copilot-start", daemon=True).start()

    @property
    def model_state(self) -> ModelState:
        """What is known of the language model."""
        return self._loading.state

    def ask(self, question: str, ask: Ask) -> Answer:
        """Return the answer to a question, the readings to choose from, or why there is none.

        Args:
            question: The words.
            ask: Who asks, after what.

        Raises:
            NoBuildError: Nothing has been published.
            ModelError: The language model does not answer.
            QueryError: The SQL was not run to its end.
            AskCancelledError: The person has stopped it.
        """
        return self._run(question, ask, lambda running: answer_question(question, running))

    def answer_plan(self, question: str, plan: QueryPlan, ask: Ask) -> Answer:
        """Return the answer of a reading that the person chose; raises as `ask` does."""
        made = HowMade(route="plan", planner="the reading you chose")
        asked = PlanToAnswer(question=question, plan=plan, conventions=(), made=made)
        return self._run(question, ask, lambda running: answer_by_plan(asked, running))

    def answer_fallback(self, question: str, sql: str, model: str, ask: Ask) -> Answer:
        """Return the rows of SQL that a model wrote and a person wants to see; raises as `ask`."""
        made = HowMade(route="sql", planner=f"{model}, without a plan; nothing bears it out")
        return self._run(question, ask, lambda running: answer_by_sql(question, sql, made, running))

    def run_sql(self, sql: str, ask: Ask, question: str = "") -> Answer:
        """Return the rows of SQL that the person wrote or edited.

        Args:
            sql: One SELECT.
            ask: Who asks.
            question: The question it is an answer to, if any.

        Raises:
            SqlRefusedError: It breaks a rule; the error says which and what to do.
            QueryError: It was not run to its end.
            AskCancelledError: The person has stopped it.
        """
        made = HowMade(route="edited", planner="you")
        return self._run(
            question or sql, ask, lambda running: answer_by_sql(question, sql, made, running)
        )

    def confirm(self, answer: Answered, by: str, day: date) -> Path:
        """Keep a question with its plan or SQL as right; return the file it is in.

        Args:
            answer: What was found right.
            by: Who says so.
            day: When.

        Raises:
            AnalyzerError: There is no question, or no file to keep it in, or it cannot be written.
        """
        path = self._parts.confirmed
        if path is None or not answer.question:
            raise AnalyzerError("Nothing to keep: ask a question first.")
        plan = None if answer.plan is None else undated(answer.plan)
        query = VerifiedQuery(
            question=answer.question,
            plan=plan,
            sql=answer.sql if plan is None else None,
            confirmed_by=by,
            confirmed_at=day,
            build=answer.origin.build,
        )
        add_verified(path, query)
        self._contexts.forget()
        return path

    def judge(self, answer: Answered, said: Feedback) -> None:
        """Add what a person said of an answer to its trace, where traces are kept."""
        self._parts.traces.judge(answer.made.ask_id, said)

    def close(self) -> None:
        """End the workers and wait until all traces are kept."""
        self._parts.workers.close()
        self._parts.traces.close()

    def _run(self, question: str, ask: Ask, work: Callable[[Running], Answer]) -> Answer:
        context = self._contexts.current()
        running = Running(context=context, workers=self._parts.workers, ask=ask)
        return traced(question, running, self._parts.traces, work)

    def _warm(self) -> None:
        with suppress(AnalyzerError):  # whoever asks is told
            context = self._contexts.current()
            self._parts.workers.start()
            context.reader.warm()


def undated(plan: QueryPlan) -> QueryPlan:
    """Return a plan whose times are only said: "last week" is another week later."""
    changes = {
        name: None if time is None else time.model_copy(update={"start": None, "end": None})
        for name, time in (("time", plan.time), ("comparison", plan.comparison))
    }
    return plan.model_copy(update=changes)
