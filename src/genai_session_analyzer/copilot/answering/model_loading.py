"""Loading the language model in the background, once, so that no question waits for it."""

import threading
import time
from dataclasses import dataclass
from typing import Literal

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Message, Request

WITHOUT_MODEL = (
    "No language model: questions are read by rules and the glossary. "
    "Set GSA_LLM_BACKEND and GSA_LLM_MODEL for freer wording."
)


@dataclass(frozen=True)
class ModelState:
    """What is known of the language model.

    Attributes:
        kind: Whether there is one, and whether it can be asked.
        sentence: That in words, with the remedy where it failed.
    """

    kind: Literal["none", "loading", "ready", "failed"]
    sentence: str

    @property
    def is_final(self) -> bool:
        """Whether it will stay so."""
        return self.kind != "loading"


class ModelLoading:
    """Makes a model ready by a first short request, on a thread of its own."""

    def __init__(self, model: LanguageModel | None) -> None:
        """Load nothing yet.

        Args:
            model: None where there is none.
        """
        self._model = model
        self._lock = threading.Lock()
        self._started_at: float | None = None
        self._ended = threading.Event()
        self._took_s = 0.0
        self._problem: str | None = None

    def start(self) -> None:
        """Begin to load; a second call changes nothing."""
        with self._lock:
            if self._model is None or self._started_at is not None:
                return
            self._started_at = time.monotonic()
        threading.Thread(target=self._load, name="copilot-model", daemon=True).start()

    @property
    def state(self) -> ModelState:
        """How far it is."""
        if self._model is None:
            return ModelState("none", WITHOUT_MODEL)
        if self._problem is not None:
            return ModelState("failed", f"Answers come without a language model: {self._problem}")
        if self._ended.is_set():
            taken = f"loaded in {self._took_s:.1f} s"
            return ModelState("ready", f"Language model {self._model.name}, {taken}.")
        since = 0.0 if self._started_at is None else time.monotonic() - self._started_at
        return ModelState(
            "loading", f"Loading language model {self._model.name}: {since:.0f} s ..."
        )

    def wait(self, timeout_s: float) -> bool:
        """Return whether loading has ended, one way or the other, after at most so long."""
        return self._ended.wait(timeout_s)

    def _load(self) -> None:
        assert self._model is not None  # noqa: S101
        begun = time.monotonic()
        try:
            self._model.generate(Request((Message("user", "Say yes."),), max_tokens=1))
        except ModelError as problem:
            self._problem = str(problem)
        finally:
            self._took_s = time.monotonic() - begun
            self._ended.set()
