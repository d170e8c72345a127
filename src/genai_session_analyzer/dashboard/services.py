"""Everything the pages need, handed to them: they open nothing themselves."""

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from genai_session_analyzer.dashboard.quiet import Quiet
from genai_session_analyzer.insights.views import View
from genai_session_analyzer.semantic.friction import FrictionParameters
from genai_session_analyzer.semantic.view_filters import ViewFilters
from genai_session_analyzer.warehouse.reader import BuildReader

if TYPE_CHECKING:
    from genai_session_analyzer.dashboard.pages.copilot_desk import CopilotDesk
    from genai_session_analyzer.retrieval import PromptSearch

Answer = TypeVar("Answer")
REMEMBERED_ANSWERS = 512
HELD_ANSWERS = 6


class AnswerCache:
    """The newest answers, a bounded number of them, for any number of threads."""

    def __init__(self, size: int = REMEMBERED_ANSWERS) -> None:
        """Remember nothing yet; at most `size` answers later."""
        self._size = size
        self._lock = threading.Lock()
        self._answers: OrderedDict[Hashable, Any] = OrderedDict()
        self._asked: dict[Hashable, threading.Lock] = {}

    def get(self, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return what `compute` gave for this key; threads that ask at once wait for one of them.

        `compute` may ask for other keys, never for its own.
        """
        with self._lock:
            if key in self._answers:
                self._answers.move_to_end(key)
                known: Answer = self._answers[key]
                return known
            asked = self._asked.setdefault(key, threading.Lock())
        with asked:
            with self._lock:
                if key in self._answers:
                    found: Answer = self._answers[key]
                    return found
            try:
                answer = compute()
                self._keep(key, answer)
            finally:
                with self._lock:
                    self._asked.pop(key, None)
        return answer

    def _keep(self, key: Hashable, answer: object) -> None:
        with self._lock:
            self._answers[key] = answer
            while len(self._answers) > self._size:
                self._answers.popitem(last=False)


@dataclass(frozen=True)
class Services:
    """What pages read from.

    Attributes:
        reader: The published builds.
        search: Search over prompts and pictures; None where it is not available.
        mlflow_store: The SQLite file of MLflow's tracking store; None where there is none.
        images: Folder of the thumbnails.
        friction: The parameters friction was computed with, for the glossary.
        mlflow_url: Where the MLflow UI is served.
        copilot: Answers questions in words; None where it is not available.
        quiet: Knows when nobody waits for a page.
    """

    reader: BuildReader
    search: "PromptSearch | None"
    mlflow_store: Path | None
    images: Path
    friction: FrictionParameters = field(default_factory=FrictionParameters)
    mlflow_url: str = "http://127.0.0.1:5000"
    copilot: "CopilotDesk | None" = None
    quiet: Quiet = field(default_factory=Quiet)
    _cache: AnswerCache = field(default_factory=AnswerCache, repr=False, compare=False)
    _held: AnswerCache = field(
        default_factory=lambda: AnswerCache(HELD_ANSWERS), repr=False, compare=False
    )

    def view(self, filters: ViewFilters) -> View:
        """Return what is in view of the current build, for this thread.

        Raises:
            NoBuildError: Nothing has been published.
        """
        return View(self.reader.ibis(), filters, self.reader.kept())

    def close(self) -> None:
        """End the processes that run queries, and keep what was traced."""
        if self.copilot is not None:
            self.copilot.copilot.close()

    def remember(self, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return `compute()`, from memory where it was asked before of this build.

        The answer is shared between threads: never change it. A new build starts afresh.

        Args:
            key: What tells questions apart, for example ("overview", filters, dimension).
            compute: Asks the build; an error is raised and not remembered.

        Raises:
            NoBuildError: Nothing has been published.
        """
        return self._cache.get((self.reader.build.id, key), compute)

    def hold(self, key: Hashable, compute: Callable[[], Answer]) -> Answer:
        """Return `compute()` as `remember` does, however much else is asked meanwhile.

        For the few large things of a build that many answers are made from.

        Raises:
            NoBuildError: Nothing has been published.
        """
        return self._held.get((self.reader.build.id, key), compute)
