"""What the person who waits sees, and how they stop it."""

import threading
from dataclasses import dataclass
from typing import Literal

from genai_session_analyzer.copilot.model_planning.asking import AskCancelledError
from genai_session_analyzer.copilot.model_planning.asking import Watch as ModelWatch

Stage = Literal["waiting", "plan", "retrieve", "generate", "validate", "execute"]
STAGE_WORDS: dict[Stage, str] = {
    "waiting": "Waiting for an answer before this one",
    "plan": "Reading the question",
    "retrieve": "Looking for confirmed questions like it",
    "generate": "The language model writes",
    "validate": "Checking the SQL",
    "execute": "Running the SQL",
}


@dataclass(frozen=True)
class Progress:
    """How far an ask is: its stage, and what a language model has written in it so far."""

    stage: Stage
    text: str = ""

    @property
    def sentence(self) -> str:
        """The stage in words."""
        return STAGE_WORDS[self.stage]


class Watch:
    """One ask as seen from outside; written by the thread that answers, read by any."""

    def __init__(self) -> None:
        """Watch an ask that waits."""
        self.cancelled = threading.Event()
        self._lock = threading.Lock()
        self._progress = Progress("waiting")

    @property
    def progress(self) -> Progress:
        """How far it is."""
        with self._lock:
            return self._progress

    def enter(self, stage: Stage) -> None:
        """Say that a stage begins.

        Raises:
            AskCancelledError: The person has stopped it.
        """
        if self.cancelled.is_set():
            raise AskCancelledError("Stopped. Ask again when you like.")
        with self._lock:
            self._progress = Progress(stage)

    def write(self, piece: str) -> None:
        """Add a piece of what a language model writes."""
        with self._lock:
            before = self._progress
            text = before.text if before.stage == "generate" else ""
            self._progress = Progress("generate", text + piece)

    def of_model(self) -> ModelWatch:
        """Return the same watch as language models know it."""
        return ModelWatch(cancelled=self.cancelled, on_piece=self.write)

    def cancel(self) -> None:
        """Stop it: the model stops writing, the query ends."""
        self.cancelled.set()
