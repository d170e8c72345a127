"""Asks under way and the newest answers: kept here, for the page only knows their ids."""

import logging
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from genai_session_analyzer.copilot.answering.answer import Answer
from genai_session_analyzer.copilot.answering.watch import Progress, Watch
from genai_session_analyzer.errors import AnalyzerError

LOG = logging.getLogger(__name__)
REMEMBERED_JOBS = 100
RUNNING_JOBS = 8
"""More asks at once than this are refused; each holds a thread."""
STOPS_WITHIN_S = 2.0
"""A stopped ask lets go of its worker by then."""


class TooManyAsksError(AnalyzerError):
    """As many questions are being answered as this process answers at once."""


@dataclass(frozen=True)
class Job:
    """One ask.

    Attributes:
        id: Names it in the page; cannot be guessed.
        question: The words it began with; an edit of its SQL keeps them.
        watch: How far it is.
        done: Set once there is an answer or a problem.
    """

    id: str
    question: str
    watch: Watch = field(default_factory=Watch)
    done: threading.Event = field(default_factory=threading.Event)
    _outcome: list[Answer | str] = field(default_factory=list)

    @property
    def progress(self) -> Progress:
        """How far it is."""
        return self.watch.progress

    @property
    def answer(self) -> Answer | None:
        """The answer; None while there is none, and where there was a problem."""
        found = self._outcome[0] if self._outcome else None
        return None if isinstance(found, str) else found

    @property
    def problem(self) -> str | None:
        """Why there is no answer, as a sentence; None where there is one, or none yet."""
        found = self._outcome[0] if self._outcome else None
        return found if isinstance(found, str) else None

    def run(self, work: Callable[[Watch], Answer]) -> None:
        """Answer, on the calling thread; every end is kept, so that no page waits for ever."""
        outcome: Answer | str = "Something went wrong here; the log says what. Ask again."
        try:
            outcome = work(self.watch)
        except AnalyzerError as problem:
            outcome = str(problem)
        finally:
            self._outcome.append(outcome)
            self.done.set()


class Jobs:
    """The asks of one process; the oldest are forgotten."""

    def __init__(self, remembered: int = REMEMBERED_JOBS, running: int = RUNNING_JOBS) -> None:
        """Start nothing yet.

        Args:
            remembered: How many are kept.
            running: How many may run at once.
        """
        self._remembered, self._running = remembered, running
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, Job] = OrderedDict()

    def start(
        self, question: str, work: Callable[[Watch], Answer], instead_of: str | None = None
    ) -> Job:
        """Have a question answered by a thread of its own and return at once.

        Args:
            question: What the answer will be to.
            work: Answers; may raise an AnalyzerError.
            instead_of: Id of an ask that nobody waits for any more: it is stopped first.

        Raises:
            TooManyAsksError: Too many are being answered now.
        """
        job = Job(secrets.token_urlsafe(12), question)
        before = self.find(instead_of)

        def run() -> None:
            """Answer, once the ask before has let go."""
            if before is not None:
                before.watch.cancel()
                before.done.wait(STOPS_WITHIN_S)
            job.run(work)

        with self._lock:
            if sum(not each.done.is_set() for each in self._jobs.values()) >= self._running:
                raise TooManyAsksError("Too many questions at once. Ask again in a moment.")
            self._jobs[job.id] = job
            self._forget_oldest()
        threading.Thread(target=run, name="copilot-ask", daemon=True).start()
        return job

    def find(self, job_id: str | None) -> Job | None:
        """Return a job that is still remembered."""
        with self._lock:
            return self._jobs.get(job_id or "")

    def cancel(self, job_id: str | None) -> None:
        """Stop a job; one that is done stays as it is."""
        job = self.find(job_id)
        if job is not None:
            job.watch.cancel()

    def _forget_oldest(self) -> None:
        finished = [name for name, job in self._jobs.items() if job.done.is_set()]
        for name in finished[: max(0, len(self._jobs) - self._remembered)]:
            del self._jobs[name]
