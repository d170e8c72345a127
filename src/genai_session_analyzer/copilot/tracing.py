"""What an ask did and how long each part took; who keeps that is told by `TraceLog`."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, Protocol
from uuid import uuid4

from genai_session_analyzer.copilot.memory import Feedback

Detail = str | int | float | bool
Phase = Literal["plan", "retrieve", "generate", "validate", "execute"]
PHASES: tuple[Phase, ...] = ("plan", "retrieve", "generate", "validate", "execute")


@dataclass(frozen=True, kw_only=True)
class Span:
    """One part of an ask.

    Attributes:
        name: Which part.
        started_ns: Nanoseconds since 1970, UTC.
        ended_ns: The same.
        details: What is worth knowing: the planner, the SQL, how many rows.
        error: The sentence it failed with; None where it did not.
    """

    name: Phase
    started_ns: int
    ended_ns: int
    details: Mapping[str, Detail] = field(default_factory=dict)
    error: str | None = None

    @property
    def duration_ms(self) -> float:
        """How long it took."""
        return (self.ended_ns - self.started_ns) / 1e6


@dataclass(frozen=True, kw_only=True)
class AskTrace:
    """One ask: the question, how it ended, its parts in the order they began.

    Attributes:
        question: The words, or the edited SQL.
        outcome: answered, asked_back, declined, cancelled or failed.
        response: The answer's sentence; no rows.
        started_ns: Nanoseconds since 1970, UTC.
        ended_ns: The same.
        spans: The parts.
        tags: Short facts to search by: planner, model, build.
        prompt_tokens: That a language model read; 0 without one.
        completion_tokens: That it wrote.
        ask_id: What its answer knows it by; empty where nobody will judge it.
    """

    question: str
    outcome: str
    response: str
    started_ns: int
    ended_ns: int
    spans: tuple[Span, ...]
    tags: Mapping[str, str] = field(default_factory=dict)
    prompt_tokens: int = 0
    completion_tokens: int = 0
    ask_id: str = ""


class TraceLog(Protocol):
    """Keeps traces; may be used by several threads at once, returns at once, never raises."""

    def record(self, trace: AskTrace) -> None:
        """Keep a trace, or drop it where that is not possible."""

    def judge(self, ask_id: str, said: Feedback) -> None:
        """Add what a person said of an answer to the trace of its ask, where that is kept."""

    def close(self) -> None:
        """Wait until everything recorded is kept."""


class NoTraces:
    """Keeps nothing."""

    def record(self, trace: AskTrace) -> None:
        """Drop the trace."""

    def judge(self, ask_id: str, said: Feedback) -> None:
        """Drop the verdict: there is no trace to add it to."""

    def close(self) -> None:
        """There is nothing to wait for."""


class SpanRecorder:
    """Collects the spans of one ask, on the one thread that answers it."""

    def __init__(self) -> None:
        """Begin to count."""
        self.ask_id = uuid4().hex
        self.started_ns = time.time_ns()
        self._begun = time.perf_counter_ns()
        self._spans: list[Span] = []

    @property
    def spans(self) -> tuple[Span, ...]:
        """The parts that have ended, in the order they began."""
        return tuple(sorted(self._spans, key=lambda span: span.started_ns))

    @property
    def elapsed_ms(self) -> float:
        """Time since the ask began."""
        return (time.perf_counter_ns() - self._begun) / 1e6

    @contextmanager
    def span(self, name: Phase) -> Iterator[dict[str, Detail]]:
        """Time a part; what is put into the yielded dictionary becomes its details."""
        details: dict[str, Detail] = {}
        started, error = time.time_ns(), None
        begun = time.perf_counter_ns()
        try:
            yield details
        except BaseException as problem:
            error = str(problem) or type(problem).__name__
            raise
        finally:
            ended = started + time.perf_counter_ns() - begun
            self._spans.append(
                Span(name=name, started_ns=started, ended_ns=ended, details=details, error=error)
            )

    def add(self, span: Span) -> None:
        """Take over a part that was timed elsewhere."""
        self._spans.append(span)

    def milliseconds(self) -> dict[str, float]:
        """Return how long each phase took in all, in the order of `PHASES`."""
        taken = {
            phase: sum(span.duration_ms for span in self._spans if span.name == phase)
            for phase in PHASES
        }
        return {phase: spent for phase, spent in taken.items() if spent}
