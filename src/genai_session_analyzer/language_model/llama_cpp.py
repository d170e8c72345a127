"""A GGUF file under llama.cpp, in this process, through the package `xllamacpp`.

The JSON Schema is enforced by a grammar. The part of a conversation that the request before began
with too is not computed again: put what never changes first.
"""

import math
import threading
import time
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model.chat_format import finish_reason
from genai_session_analyzer.language_model.fingerprint import sampled_digest
from genai_session_analyzer.language_model.llama_cpp_chat import (
    LlamaReading,
    llama_request,
    opening_of,
)
from genai_session_analyzer.language_model.llama_cpp_engine import (
    EngineSize,
    default_thread_count,
    load_engine,
    missing_model,
)
from genai_session_analyzer.language_model.openings import Openings
from genai_session_analyzer.language_model.pieces import pieces
from genai_session_analyzer.language_model.refusal import RequestRefusedError
from genai_session_analyzer.language_model.roles import Capabilities, Reply, Request

_PLACES = 3
"""Conversations whose beginnings stay computed; 28 kB a token of a 1.5B model each."""


class LlamaCppModel:
    """One GGUF file, loaded at its first request; requests of several threads wait their turn."""

    capabilities = Capabilities(enforces_json_schema=True, streams=True)

    def __init__(
        self,
        path: Path,
        threads: int | None = None,
        context_tokens: int = 4096,
        timeout_s: float = 120.0,
    ) -> None:
        """Note what is wanted; nothing is loaded before the first request.

        Args:
            path: The GGUF file.
            threads: Cores it keeps busy while it answers; `default_thread_count` by default.
            context_tokens: Most tokens of a conversation with its reply.
            timeout_s: A reply that takes longer is given up.
        """
        self.path = path
        self._size = EngineSize(
            threads=threads or default_thread_count(),
            context_tokens=context_tokens,
            places=_PLACES,
        )
        self._timeout_s = timeout_s
        self._asking = threading.Lock()
        self._loading = threading.Lock()
        self._loaded: Any = None
        self._openings = Openings(_PLACES)

    @property
    def name(self) -> str:
        """The file's name without its suffix."""
        return self.path.stem

    @cached_property
    def revision(self) -> str:
        """Sampled digest of the file.

        Raises:
            ModelError: There is no such file.
        """
        try:
            return sampled_digest([self.path])
        except OSError as problem:
            raise missing_model(self.path) from problem

    def generate(self, request: Request) -> Reply:
        """Return the whole reply.

        Raises:
            RequestRefusedError: The conversation is longer than the context, or not valid.
            ModelError: No package, no file, a damaged one, or no reply within `timeout_s`.
        """
        reading = LlamaReading(self._timeout_s)
        self._ask(request, reading)
        if reading.is_late:
            raise ModelError(
                f"{self.name} did not finish within {self._timeout_s:g} s. Raise timeout_s, lower "
                "max_tokens, or give it more threads."
            )
        usage = reading.usage
        return Reply(
            text="".join(reading.texts),
            prompt_tokens=int(usage.get("prompt_tokens", 0)),
            completion_tokens=int(usage.get("completion_tokens", 0)),
            seconds=time.perf_counter() - reading.started,
            finish_reason=finish_reason(reading.finish),
        )

    def stream(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        """Yield the reply's text piece by piece; a cancelled one stops within a few tokens.

        Raises:
            ModelError: As for `generate`, without the time limit.
        """
        return pieces(lambda emit: self._ask(request, LlamaReading(math.inf, emit)), cancelled)

    def _ask(self, request: Request, reading: LlamaReading) -> None:
        server = self._server()
        with self._asking:
            reading.started = time.perf_counter()
            try:
                answer = self._answered(server, request, reading)
            except (RuntimeError, ValueError) as problem:
                raise self._refusal(problem) from problem
        refusal = reading.error or (answer or {}).get("error")
        if refusal:
            raise self._refusal(refusal.get("message", refusal))

    def _answered(self, server: Any, request: Request, reading: LlamaReading) -> Any:
        """Compute what precedes the question, then the question upon it.

        How tokens are cut into batches shows in the last digits of what is computed. So a question
        is always computed upon the same state: all before it, from the first token on or unchanged
        since. Else its reply would depend on the question before, now and then (1 of 8 measured).
        """
        opening = request.messages[:-1]
        place, is_kept = self._openings.place_for(opening)
        if opening:
            before = llama_request(opening_of(request)) | {
                "cache_prompt": is_kept,
                "id_slot": place,
            }
            server.handle_chat_completions(before, reading.watch)
            if reading.is_late:
                return None
        asked = llama_request(request) | {"cache_prompt": bool(opening), "id_slot": place}
        answer = server.handle_chat_completions(asked, reading)
        self._openings.keep(place, opening)
        return answer

    def _server(self) -> Any:
        with self._loading:
            if self._loaded is None:
                self._loaded = load_engine(self.path, self._size)
            return self._loaded

    def _refusal(self, problem: object) -> RequestRefusedError:
        line = " ".join(str(problem).split())
        return RequestRefusedError(
            f"{self.name} refused the request: {line}. Its context_tokens are "
            f"{self._size.context_tokens}."
        )
