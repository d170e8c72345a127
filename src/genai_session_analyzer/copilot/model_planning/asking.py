"""Asking a model so that a person can watch and stop it, and so that its cost is known."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model import LanguageModel, Request


class AskCancelledError(ModelError):
    """The person cancelled; nothing is wrong."""


@dataclass(frozen=True, kw_only=True)
class Watch:
    """Someone who waits for a model.

    Attributes:
        cancelled: Once set, the model stops within a few tokens.
        on_piece: Is handed each piece of the reply as it comes.
    """

    cancelled: threading.Event = field(default_factory=threading.Event)
    on_piece: Callable[[str], None] | None = None


@dataclass(frozen=True, kw_only=True)
class Generated:
    """What a model wrote.

    Attributes:
        purpose: What it was asked for: `plan`, `sql`, `repair`.
        text: The reply.
        prompt_tokens: That it read; None where it was streamed, which does not tell.
        completion_tokens: That it wrote; streamed, the pieces.
        seconds: How long it took.
    """

    purpose: str
    text: str
    prompt_tokens: int | None
    completion_tokens: int
    seconds: float


def generated(
    model: LanguageModel, request: Request, purpose: str, watch: Watch | None
) -> Generated:
    """Return the model's reply, streamed where somebody watches.

    Raises:
        ModelError: The model does not answer.
        AskCancelledError: It was cancelled; what it had written is lost.
    """
    if watch is not None:
        return _watched(model, request, purpose, watch)
    reply = model.generate(request)
    return Generated(
        purpose=purpose,
        text=reply.text,
        prompt_tokens=reply.prompt_tokens,
        completion_tokens=reply.completion_tokens,
        seconds=reply.seconds,
    )


def _watched(model: LanguageModel, request: Request, purpose: str, watch: Watch) -> Generated:
    started, written = time.perf_counter(), []
    for piece in model.stream(request, watch.cancelled):
        written.append(piece)
        if watch.on_piece is not None:
            watch.on_piece(piece)
    if watch.cancelled.is_set():
        raise AskCancelledError(f"{model.name} was cancelled. Ask again to start anew.")
    return Generated(
        purpose=purpose,
        text="".join(written),
        prompt_tokens=None,
        completion_tokens=len(written),
        seconds=time.perf_counter() - started,
    )
