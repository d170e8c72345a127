"""Whether what came of a question is right."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

import duckdb

from genai_session_analyzer.copilot.evaluation.answerers import Answerer, Predicted, Stopwatch
from genai_session_analyzer.copilot.evaluation.questions import GoldQuestion
from genai_session_analyzer.copilot.evaluation.references import GoldSqlError, expected_results
from genai_session_analyzer.copilot.evaluation.results import Result, matches
from genai_session_analyzer.errors import AnalyzerError, ModelError

Verdict = Literal["right", "wrong", "abstained", "declined_right", "declined_wrong", "unscored"]
"""`unscored`: the question's own SQL does not run; such questions count nowhere."""


@dataclass(frozen=True, kw_only=True)
class Scored:
    """One question, what came of it, and the verdict.

    Attributes:
        reason: Why a wrong answer is wrong, or why the question counts nowhere; else empty.
    """

    question: GoldQuestion
    predicted: Predicted
    verdict: Verdict
    reason: str = ""

    @property
    def is_right(self) -> bool:
        """Whether it was answered or declined as it should be."""
        return self.verdict in ("right", "declined_right")

    @property
    def is_wrong(self) -> bool:
        """Whether a wrong answer was given."""
        return self.verdict in ("wrong", "declined_wrong")


class SqlRunner(Protocol):
    """Runs the SQL of answers the way the copilot does."""

    def run(self, sql: str) -> Result:
        """Return the result.

        Raises:
            AnalyzerError: It is refused, fails or takes too long.
        """


@dataclass(frozen=True, kw_only=True)
class Judge:
    """Holds answers beside gold SQL.

    Attributes:
        gold: A hardened, read-only connection for gold SQL.
        runner: Runs the SQL of answers.
    """

    gold: duckdb.DuckDBPyConnection
    runner: SqlRunner

    def score(self, question: GoldQuestion, predicted: Predicted) -> Scored:
        """Return the verdict.

        Declining or asking back is right where the question must be declined and an abstention
        where it can be answered. An answer is right if its result equals that of any right SQL;
        SQL that is refused or fails is a wrong answer.
        """
        try:
            verdict, reason = self._verdict(question, predicted)
        except GoldSqlError as problem:
            verdict, reason = "unscored", str(problem)
        return Scored(question=question, predicted=predicted, verdict=verdict, reason=reason)

    def _verdict(self, question: GoldQuestion, predicted: Predicted) -> tuple[Verdict, str]:
        rights = expected_results(self.gold, question)
        if predicted.outcome in ("declined", "asked"):
            return ("declined_right" if question.gold_sql is None else "abstained"), ""
        if question.gold_sql is None:
            return "declined_wrong", f"answered although {question.why or 'it must be declined'}"
        if predicted.sql is None:
            return "wrong", predicted.said
        try:
            found = self.runner.run(predicted.sql)
        except AnalyzerError as problem:
            return "wrong", str(problem)
        if any(matches(right, found) for right in rights):
            return "right", ""
        return "wrong", _difference(rights[0].result, found)


def _difference(right: Result, found: Result) -> str:
    """What a reader sees first of the difference."""
    for what, wanted, given in (
        ("columns", right.column_count, found.column_count),
        ("rows", len(right.rows), len(found.rows)),
    ):
        if wanted != given:
            return f"{given} {what} instead of {wanted}"
    return "the same shape, other values"


def _predicted(answerer: Answerer, question: GoldQuestion) -> Predicted:
    watch = Stopwatch()
    try:
        return answerer.answer(question.asked, question.first_question)
    except ModelError as problem:
        return Predicted(outcome="declined", seconds=watch.seconds, said=str(problem))


def evaluate(
    questions: tuple[GoldQuestion, ...],
    answerer: Answerer,
    judge: Judge,
    on_scored: Callable[[Scored], None] = lambda _: None,
) -> tuple[Scored, ...]:
    """Return each question with its verdict, in the order given.

    A language model that does not answer in time leaves its question unanswered, no more.

    Args:
        questions: What to ask.
        answerer: Who answers.
        judge: Who holds the answers beside gold SQL.
        on_scored: Called after each question, to show progress.

    Raises:
        AnalyzerError: The answerer cannot answer at all.
    """
    scored = []
    for question in questions:
        scored.append(judge.score(question, _predicted(answerer, question)))
        on_scored(scored[-1])
    return tuple(scored)
