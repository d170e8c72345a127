"""What is evaluated: whoever turns a question into SQL, declines it, or asks back."""

import time
from dataclasses import dataclass
from typing import Literal, Protocol

Outcome = Literal["answered", "declined", "asked", "failed"]


@dataclass(frozen=True, kw_only=True)
class Predicted:
    """What came of a question.

    Attributes:
        outcome: `answered` with SQL; `declined`; `asked` back with several readings; `failed`:
            its SQL was refused or did not run.
        seconds: From the question to the SQL, without running it (but where running it is how
            the SQL is chosen).
        sql: The SELECT of the answer; None without one.
        route: How it was made, such as `lexicon`.
        said: The plan in a sentence, or why there is none.
    """

    outcome: Outcome
    seconds: float
    sql: str | None = None
    route: str = ""
    said: str = ""


class Answerer(Protocol):
    """Answers questions one at a time."""

    @property
    def name(self) -> str:
        """What tables call it."""

    def answer(self, question: str, first_question: str | None) -> Predicted:
        """Return what becomes of a question, or of one that follows up on the first.

        Raises:
            AnalyzerError: It cannot answer at all: no model, no build.
        """

    def close(self) -> None:
        """End what it runs."""


class Stopwatch:
    """Seconds since it was made."""

    def __init__(self) -> None:
        """Start it."""
        self._start = time.perf_counter()

    @property
    def seconds(self) -> float:
        """Seconds since it was made."""
        return time.perf_counter() - self._start
