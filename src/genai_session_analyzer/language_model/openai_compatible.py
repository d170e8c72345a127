"""A model behind a server of OpenAI's chat format.

vLLM, Ollama, llama.cpp, LM Studio, OpenAI, Anthropic and Groq have one. Prompts leave this process
for that server, and this machine where the address does.
"""

import threading
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any, TypeVar

from pydantic import SecretStr

from genai_session_analyzer.language_model.chat_dialect import Dialect, first_dialect
from genai_session_analyzer.language_model.chat_endpoint import ChatEndpoint
from genai_session_analyzer.language_model.chat_format import finish_reason
from genai_session_analyzer.language_model.hang_up import HangUp
from genai_session_analyzer.language_model.pieces import pieces
from genai_session_analyzer.language_model.refusal import RequestRefusedError
from genai_session_analyzer.language_model.retries import (
    GivenUpError,
    Limits,
    Retries,
    TransientError,
)
from genai_session_analyzer.language_model.roles import Capabilities, Reply, Request

Result = TypeVar("Result")


class OpenAICompatibleModel:
    """One model of one server; nothing is sent before the first request."""

    capabilities = Capabilities(enforces_json_schema=False, streams=True)
    """Many servers enforce a schema and it is asked of all; some pass over it without a word."""

    def __init__(
        self,
        base_url: str,
        model: str,
        api_key: SecretStr | None = None,
        given_revision: str | None = None,
        limits: Limits | None = None,
    ) -> None:
        """Check the address.

        Args:
            base_url: Up to and with `/v1`.
            model: Its name on that server.
            api_key: Sent as a bearer token; in no message, log or `repr`.
            given_revision: Tells versions of the model apart; the server's address by default.
            limits: Time limit and retries.

        Raises:
            ModelError: The address is none.
        """
        limits = limits or Limits()
        self.name = model
        self._endpoint = ChatEndpoint(base_url, api_key, limits.timeout_s)
        self.revision = given_revision or self._endpoint.place
        self._retries = Retries(limits)
        self._dialect = first_dialect(self._endpoint.host)

    def __repr__(self) -> str:
        return f"OpenAICompatibleModel({self.name!r} at {self._endpoint.place!r})"

    def close(self) -> None:
        """Let go of the connections."""
        self._endpoint.close()

    def generate(self, request: Request) -> Reply:
        """Return the whole reply; tokens are 0 where the server does not count them.

        Raises:
            RequestRefusedError: The server will not answer this request.
            ModelError: It cannot be reached, refuses the key or the model, or is too slow, after
                retries.
        """
        started = time.perf_counter()
        answer = self._asked(
            request,
            lambda dialect: self._endpoint.answer(dialect.body(self.name, request, False)),
            threading.Event().wait,
        )
        usage = answer.get("usage") or {}
        text, said = self._content(answer)
        return Reply(
            text=text,
            prompt_tokens=int(usage.get("prompt_tokens") or 0),
            completion_tokens=int(usage.get("completion_tokens") or 0),
            seconds=time.perf_counter() - started,
            finish_reason=finish_reason(said),
        )

    def stream(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        """Yield the reply's text piece by piece; a cancelled one hangs up, so the server stops.

        Raises:
            RequestRefusedError: As for `generate`.
            ModelError: As for `generate`; or the stream broke off.
        """
        hang_up = HangUp()

        def produce(emit: Callable[[str], bool]) -> None:
            """Ask the server; hand over what it streams."""
            self._asked(
                request,
                lambda dialect: self._streamed(dialect, request, emit, hang_up),
                hang_up.event.wait,
            )

        return pieces(produce, cancelled, hang_up)

    def _streamed(
        self, dialect: Dialect, request: Request, emit: Callable[[str], bool], hang_up: HangUp
    ) -> None:
        has_begun = False
        try:
            for event in self._endpoint.events(dialect.body(self.name, request, True), hang_up):
                text = _piece(event)
                has_begun = has_begun or bool(text)
                if emit(text):
                    return
        except TransientError as problem:
            if has_begun:  # what is shown cannot be taken back
                raise self._endpoint.failure(f"{problem}. Ask again") from problem
            raise

    def _asked(
        self,
        request: Request,
        ask: Callable[[Dialect], Result],
        wait: Callable[[float], object],
    ) -> Result:
        """What the server answers, in the first dialect it takes; that one is kept."""
        dialect = self._dialect
        while True:
            try:
                result = self._retries.until_done(partial(ask, dialect), wait)
            except GivenUpError as problem:
                said = f"{problem}. Check that it runs, then run again"
                raise self._endpoint.failure(said) from None
            except RequestRefusedError as refusal:
                adapted = dialect.adapted(str(refusal), request)
                if adapted is None:
                    raise
                dialect = adapted
            else:
                self._dialect = dialect
                return result

    def _content(self, answer: dict[str, Any]) -> tuple[str, object]:
        choices = answer.get("choices")
        if not isinstance(choices, list) or not choices or "message" not in choices[0]:
            raise self._endpoint.failure("answered without `choices`. Check its address")
        message, said = choices[0]["message"], choices[0].get("finish_reason")
        if message.get("refusal") or said == "content_filter":
            raise RequestRefusedError(
                f"The language model at {self._endpoint.place} filtered its answer to this request."
            )
        return message.get("content") or "", said


def _piece(event: dict[str, Any]) -> str:
    choices = event.get("choices") or [{}]
    return (choices[0].get("delta") or {}).get("content") or ""
