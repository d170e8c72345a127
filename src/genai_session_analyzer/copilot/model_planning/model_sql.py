"""SQL by a language model: the fallback for what no plan can say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.model_planning.asking import Generated, Watch, generated
from genai_session_analyzer.copilot.model_planning.routes import Ran, RunsSql, agree, ran
from genai_session_analyzer.copilot.model_planning.sql_prompt import (
    SqlWords,
    repair_messages,
    sql_in,
    sql_messages,
)
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.language_model import LanguageModel, Request

_MOST_TOKENS = 300
_VARIETY = 0.7


@dataclass(frozen=True, kw_only=True)
class SqlEffort:
    """How hard to try.

    Attributes:
        repairs: Most attempts to mend a statement that does not run, 0 or 1.
        candidates: Statements to draw; of several, the rows that most of them have are taken.
    """

    repairs: int = 1
    candidates: int = 1


@dataclass(frozen=True, kw_only=True)
class WrittenSql:
    """What came of it.

    Attributes:
        ran: The statement with its rows, or with why it does not run.
        votes: Candidates that have the same rows, itself included; 0 where it does not run.
        candidates: Statements that were drawn.
        written: All that the model wrote.
    """

    ran: Ran
    votes: int
    candidates: int
    written: tuple[Generated, ...]

    @property
    def attempts(self) -> int:
        """Replies of the model, repairs included."""
        return len(self.written)


class ModelSql:
    """Writes SQL for questions; may be used by several threads, which wait their turn."""

    def __init__(
        self, model: LanguageModel, words: SqlWords, effort: SqlEffort | None = None
    ) -> None:
        """Load nothing yet.

        Args:
            model: Writes.
            words: What it is shown.
            effort: One statement with one repair by default.
        """
        self._model = model
        self._words = words
        self._effort = effort or SqlEffort()

    @property
    def name(self) -> str:
        """What an answer calls it; says that it is the fallback."""
        return f"language model {self._model.name}, SQL without a plan"

    def written(self, question: str, runs: RunsSql, watch: Watch | None = None) -> WrittenSql:
        """Return the statement that most candidates agree with, run.

        Args:
            question: The words.
            runs: Checks and runs each statement.
            watch: Someone who waits.

        Raises:
            ModelError: The model does not answer.
            AskCancelledError: It was cancelled.
        """
        request = Request(sql_messages(question, self._words), max_tokens=_MOST_TOKENS)
        replies: list[Generated] = []
        found = []
        for number in range(self._effort.candidates):
            varied = replace(request, temperature=_VARIETY if number else 0.0, seed=number)
            found.append(self._candidate(varied, runs, replies, watch))
        best, votes = _most_agreed(found)
        return WrittenSql(ran=best, votes=votes, candidates=len(found), written=tuple(replies))

    def _candidate(
        self, request: Request, runs: RunsSql, replies: list[Generated], watch: Watch | None
    ) -> Ran:
        """One statement; where it does not run, what the model makes of the message."""
        reply = generated(self._model, request, "sql", watch)
        replies.append(reply)
        tried = _tried(sql_in(reply.text), runs)
        for _ in range(self._effort.repairs):
            if tried.result is not None:
                break
            messages = repair_messages(request.messages, tried.sql, tried.problem)
            reply = generated(self._model, replace(request, messages=messages), "repair", watch)
            replies.append(reply)
            tried = _tried(sql_in(reply.text), runs)
        return tried


def _tried(sql: str, runs: RunsSql) -> Ran:
    try:
        runs.explain(sql)
    except AnalyzerError as problem:
        return Ran(sql=sql, problem=str(problem))
    return ran(sql, runs)


def _most_agreed(found: Sequence[Ran]) -> tuple[Ran, int]:
    """The one with which most agree, the first of equals, and their number."""
    votes = [
        sum(one is other or agree(one, other) for other in found) if one.result else 0
        for one in found
    ]
    best = votes.index(max(votes))
    return found[best], votes[best]
