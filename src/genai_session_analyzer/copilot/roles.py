"""What planners are given and give back; whoever has a planner's members is one."""

from dataclasses import dataclass
from typing import Protocol

from genai_session_analyzer.copilot.plan import QueryPlan


@dataclass(frozen=True, kw_only=True)
class Question:
    """What a person asks.

    Attributes:
        text: The words.
        previous: The plan that a follow-up ("and by region?") changes; None for a new question.
    """

    text: str
    previous: QueryPlan | None = None


@dataclass(frozen=True, kw_only=True)
class Understood:
    """A question with one reading.

    Attributes:
        plan: The reading.
        confidence: 0-1; how much of the question the plan accounts for.
        notes: Conventions used that a reader has to know, each a sentence.
    """

    plan: QueryPlan
    confidence: float
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One of several readings, in a sentence."""

    sentence: str
    plan: QueryPlan


@dataclass(frozen=True, kw_only=True)
class Ambiguous:
    """A question with several readings that would give different numbers: the person chooses."""

    sentence: str
    readings: tuple[Reading, ...]


@dataclass(frozen=True, kw_only=True)
class Declined:
    """A question that the data cannot answer, or that was not understood.

    Attributes:
        reason: One sentence: "there is no age of users".
        closest: What could be asked instead, each a question or a field's name in words.
        is_out_of_scope: The data has no such thing, so no other planner needs to try; False where
            only this planner did not understand.
    """

    reason: str
    closest: tuple[str, ...] = ()
    is_out_of_scope: bool = False


Outcome = Understood | Ambiguous | Declined


class Planner(Protocol):
    """Turns questions into plans; may be used by several threads at once."""

    @property
    def name(self) -> str:
        """What an answer calls it."""

    def plan(self, question: Question) -> Outcome:
        """Return the reading, the readings, or why there is none."""
