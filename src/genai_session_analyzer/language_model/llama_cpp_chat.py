"""Requests as llama.cpp's engine takes them, and its events read into a reply."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from genai_session_analyzer.language_model.chat_format import chat_messages
from genai_session_analyzer.language_model.roles import Message, Request

_NO_QUESTION = "\u00b7"
"""Stands for a question while what precedes it is computed; few begin with it."""


@dataclass
class LlamaReading:
    """Collects the engine's events; returns True to stop it."""

    timeout_s: float
    emit: Callable[[str], bool] = lambda _: False
    texts: list[str] = field(default_factory=list)
    usage: dict[str, Any] = field(default_factory=dict)
    finish: str | None = None
    error: dict[str, Any] | None = None
    started: float = 0.0
    is_late: bool = False

    def watch(self, event: dict[str, Any]) -> bool:
        """Pass over an event; return whether the engine is to stop."""
        self.is_late = time.perf_counter() - self.started > self.timeout_s
        return self.emit("") or self.is_late

    def __call__(self, event: dict[str, Any]) -> bool:
        """Take an event; return whether the engine is to stop."""
        self.error = event.get("error", self.error)
        self.usage = event.get("usage", self.usage)
        text = ""
        for choice in event.get("choices", ()):
            text = choice["delta"].get("content") or ""
            self.finish = choice.get("finish_reason") or self.finish
        self.texts.append(text)
        self.is_late = not self.finish and time.perf_counter() - self.started > self.timeout_s
        return self.emit(text) or self.is_late


def opening_of(request: Request) -> Request:
    """Return the request that computes all of a conversation but its last message."""
    nothing = Message(request.messages[-1].role, _NO_QUESTION)
    return Request((*request.messages[:-1], nothing), max_tokens=0)


def llama_request(request: Request) -> dict[str, Any]:
    """Return the body of a streamed request."""
    body: dict[str, Any] = {
        "messages": chat_messages(request),
        "max_tokens": request.max_tokens,
        "temperature": request.temperature,
        "seed": request.seed,
        "stream": True,
        "stream_options": {"include_usage": True},
        "return_progress": True,  # an event per chunk of the prompt: cancelling works there too
    }
    if request.stop:
        body["stop"] = list(request.stop)
    if request.json_schema is not None:
        body["json_schema"] = dict(request.json_schema)
    return body
