"""Which route answers: the lexicon where it is sure, else a model's plan that is borne out.

A wrong number is the worst answer. So what the lexicon understands is answered at once, and what
the data does not have is declined at once, and so is what says nothing that is known. Only the rest
of what it did not understand goes to the model:

1. The model rewords the question, up to three times; the lexicon reads each rewording as strictly
   as any question, and only those that keep what it knows of the question's words. A plan that two
   of them lead to is the answer; so is that of one where all words of the question were known and
   it has no others.
2. Else the model makes a plan itself. It is answered where something made another way gives the
   same rows: a rewording's plan, or SQL.
3. Else the plan is shown as a reading to confirm.
"""

from dataclasses import dataclass, field

from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.memory.dating import dated
from genai_session_analyzer.copilot.model_planning.asking import Generated, Watch
from genai_session_analyzer.copilot.model_planning.combined import Combined, Routes
from genai_session_analyzer.copilot.model_planning.model_sql import WrittenSql
from genai_session_analyzer.copilot.model_planning.rewording import Reworded, settled
from genai_session_analyzer.copilot.model_planning.routes import Ran, RunsSql, agree, ran
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.roles import (
    Ambiguous,
    Declined,
    Outcome,
    Question,
    Reading,
    Understood,
)

__all__ = ["VERIFIED", "Combined", "CombinedPlanner", "Routes"]
VERIFIED = "Verified by two routes that were taken apart and gave the same rows."
REWORDED_CONFIDENCE = 0.85
"""Most that is claimed for a question that a model reworded."""


class CombinedPlanner:
    """Answers by the safest route that there is; may be used by several threads at once."""

    def __init__(self, routes: Routes) -> None:
        """Load nothing yet."""
        self._routes = routes

    def combined(self, question: Question, runs: RunsSql, watch: Watch | None = None) -> Combined:
        """Return the outcome of a question.

        Args:
            question: The words, and the plan before.
            runs: Runs the statements whose rows are compared.
            watch: Someone who waits for the model.

        Raises:
            ModelError: The model does not answer.
            AskCancelledError: It was cancelled.
        """
        remembered = self._remembered(question)
        if remembered is not None:
            return remembered
        read = self._routes.lexicon.plan(question)
        if not isinstance(read, Declined) or read.is_out_of_scope or self._is_vain(question):
            return Combined(outcome=read, by=self._routes.lexicon.name)
        trying = _Trying(question, runs, watch)
        return self._by_rewording(trying) or self._by_model(read, trying)

    def _is_vain(self, question: Question) -> bool:
        """Whether a model could only make up what is meant."""
        rewording = self._routes.rewording
        return (
            question.previous is None
            and rewording is not None
            and not rewording.may_help(question.text)
        )

    def _remembered(self, question: Question) -> Combined | None:
        query = None if question.previous else self._routes.confirmed.exact(question.text)
        plan = None if query is None else dated(query, self._routes.facts)
        if query is None or plan is None:
            return None
        note = f"This question was confirmed by {query.confirmed_by} on {query.confirmed_at}."
        outcome = Understood(plan=plan, confidence=1.0, notes=(note,))
        return Combined(outcome=outcome, by="a confirmed question")

    def _by_rewording(self, trying: "_Trying") -> Combined | None:
        """The answer where rewordings lead to one; None where only a model's plan may help."""
        if self._routes.rewording is None or trying.question.previous is not None:
            return None
        found = self._routes.rewording.reworded(trying.question.text, trying.watch)
        trying.written += [each.written for each in found]
        trying.plans = _plans(found)
        by = settled(found)
        if by is None or not isinstance(by.outcome, Understood):
            return None
        return self._done(_as_reworded(by.text, by.outcome), self._reworder, trying)

    def _by_model(self, read: Declined, trying: "_Trying") -> Combined:
        planned = self._routes.model.planned(trying.question, trying.watch)
        trying.written += planned.written
        found = planned.outcome
        if isinstance(found, Understood):
            return self._compared(found, trying)
        if trying.plans:
            return self._done(self._choices(trying.plans), self._reworder, trying)
        return self._done(read, self._routes.lexicon.name, trying)

    def _compared(self, found: Understood, trying: "_Trying") -> Combined:
        """A model's plan beside the rows of a plan or of SQL that was made another way."""
        by = self._routes.model.name
        first = self._ran(found.plan, trying)
        sql = None
        if not any(agree(first, self._ran(each, trying)) for each in trying.plans):
            sql = self._second_opinion(trying)
            if sql is None or not agree(first, sql.ran):
                return self._done(self._alone(found, trying.plans), by, trying, sql=sql)
        sure = Understood(plan=found.plan, confidence=1.0, notes=(*found.notes, VERIFIED))
        return self._done(sure, by, trying, sql=sql, is_verified=True)

    def _second_opinion(self, trying: "_Trying") -> WrittenSql | None:
        if self._routes.sql is None or trying.question.previous is not None:
            return None
        written = self._routes.sql.written(trying.question.text, trying.runs, trying.watch)
        trying.written += written.written
        return written

    def _ran(self, plan: QueryPlan, trying: "_Trying") -> Ran:
        return ran(plan_sql(plan, self._routes.catalogue), trying.runs)

    def _alone(self, found: Understood, others: tuple[QueryPlan, ...]) -> Outcome:
        """A plan that nothing else bears out."""
        enough = self._routes.enough
        if enough is not None and found.confidence >= enough and not others:
            return found
        return self._choices((found.plan, *others))

    def _choices(self, plans: tuple[QueryPlan, ...]) -> Ambiguous:
        readings = tuple(Reading(sentence=self._routes.sentence(each), plan=each) for each in plans)
        sentence = "I am not sure that I understood this. Did you mean:"
        return Ambiguous(sentence=sentence, readings=readings)

    @property
    def _reworder(self) -> str:
        return f"{self._routes.lexicon.name}, reworded by {self._routes.model.name}"

    def _done(
        self,
        outcome: Outcome,
        by: str,
        trying: "_Trying",
        sql: WrittenSql | None = None,
        is_verified: bool = False,
    ) -> Combined:
        written = tuple(trying.written)
        return Combined(outcome=outcome, by=by, is_verified=is_verified, sql=sql, written=written)


@dataclass
class _Trying:
    """One ask: what it is done with, what the model has written, plans of its rewordings."""

    question: Question
    runs: RunsSql
    watch: Watch | None
    written: list[Generated] = field(default_factory=list)
    plans: tuple[QueryPlan, ...] = ()


def _plans(found: tuple[Reworded, ...]) -> tuple[QueryPlan, ...]:
    """The different plans that rewordings were read as."""
    plans = [each.outcome.plan for each in found if isinstance(each.outcome, Understood)]
    return tuple(plan for place, plan in enumerate(plans) if plan not in plans[:place])


def _as_reworded(text: str, outcome: Understood) -> Understood:
    return Understood(
        plan=outcome.plan,
        confidence=min(outcome.confidence, REWORDED_CONFIDENCE),
        notes=(*outcome.notes, f"The question was read as: {text}."),
    )
