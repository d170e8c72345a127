"""A server of the chat format: one request at a time limit, with a key that stays secret."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx2
from pydantic import SecretStr

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model.hang_up import HangUp
from genai_session_analyzer.language_model.refusal import RequestRefusedError
from genai_session_analyzer.language_model.retries import TransientError, asked_wait_s
from genai_session_analyzer.language_model.server_sent_events import event_data

_TRANSIENT = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
_OF_THIS_REQUEST = frozenset({400, 413, 422})
_REMEDIES = {
    401: "Set GSA_LLM_API_KEY to a valid key",
    403: "The key in GSA_LLM_API_KEY may not do this",
    404: "Check GSA_LLM_BASE_URL (up to /v1) and GSA_LLM_MODEL",
}
_CONNECT_S = 10.0
_MOST_BYTES = 16 << 20
_SHOWN_CHARS = 300
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


class ChatEndpoint:
    """`<base_url>/chat/completions`; may be used by several threads."""

    def __init__(self, base_url: str, api_key: SecretStr | None, timeout_s: float) -> None:
        """Check the address; open no connection.

        Raises:
            ModelError: The address is none.
        """
        self._url = _chat_url(base_url)
        port = "" if self._url.port is None else f":{self._url.port}"
        self.host = self._url.host
        self.place = f"{self.host}{port}{self._url.path.removesuffix('/chat/completions')}"
        self._key = _checked_key(api_key)
        self._timeout_s = timeout_s
        self._client: httpx2.Client | None = None
        self._opening = threading.Lock()

    def close(self) -> None:
        """Let go of the connections."""
        with self._opening:
            if self._client is not None:
                self._client.close()
            self._client = None

    def answer(self, body: dict[str, Any]) -> dict[str, Any]:
        """Return the JSON answer to a request.

        Raises:
            TransientError: It does not answer, or not in time: worth another attempt.
            RequestRefusedError: The server refuses this request.
            ModelError: It refuses every request.
        """
        deadline = time.perf_counter() + self._timeout_s
        content = bytearray()
        with self._response(body) as response:
            for chunk in response.iter_bytes():
                content += chunk
                if time.perf_counter() > deadline:
                    raise self._too_slow()
                if len(content) > _MOST_BYTES:
                    raise self.failure(f"answered more than {_MOST_BYTES >> 20} MB")
        return self._parsed(bytes(content))

    def events(self, body: dict[str, Any], hang_up: HangUp) -> Iterator[dict[str, Any]]:
        """Yield each event of a streamed answer.

        Raises:
            TransientError: As for `answer`; or the stream is malformed or breaks off.
            RequestRefusedError: As for `answer`.
            ModelError: As for `answer`.
        """
        with self._response(body) as response:
            hang_up.attach(response)
            for data in event_data(response.iter_lines()):
                if data == "[DONE]":
                    return
                yield self._parsed(data.encode())
        raise TransientError("broke the stream off before its end")

    def failure(self, said: str) -> ModelError:
        """Return an error about this endpoint, in one line and without the key.

        Args:
            said: What it did, and the remedy.
        """
        return ModelError(f"The language model at {self.place} {self._shown(said)}.")

    @contextmanager
    def _response(self, body: dict[str, Any]) -> Iterator[httpx2.Response]:
        try:
            with self._opened().stream("POST", self._url, json=body) as response:
                if response.status_code != httpx2.codes.OK:
                    response.read()
                    raise self._refusal(response)
                yield response
        except httpx2.TimeoutException as problem:
            raise self._too_slow() from problem
        except httpx2.TransportError as problem:
            raise TransientError(f"cannot be reached: {self._shown(problem)}") from problem

    def _opened(self) -> httpx2.Client:
        with self._opening:
            if self._client is None:
                self._client = httpx2.Client(
                    headers={"Authorization": f"Bearer {self._secret()}"} if self._key else {},
                    timeout=httpx2.Timeout(self._timeout_s, connect=_CONNECT_S),
                    trust_env=self.host not in _LOOPBACK,  # no proxy stands before this machine
                )
            return self._client

    def _refusal(self, response: httpx2.Response) -> Exception:
        status = response.status_code
        said = f"answered {status}: {self._shown(_message(response.text))}"
        if status in _TRANSIENT:
            return TransientError(said, asked_wait_s(response.headers))
        if status in _OF_THIS_REQUEST:
            return RequestRefusedError(f"The language model at {self.place} {said}")
        remedy = _REMEDIES.get(status, "Check GSA_LLM_BASE_URL: it must be a chat endpoint")
        return self.failure(f"{said}. {remedy}")

    def _parsed(self, content: bytes) -> dict[str, Any]:
        try:
            answer = json.loads(content)
        except (ValueError, RecursionError) as problem:
            raise TransientError("answered with malformed JSON") from problem
        if not isinstance(answer, dict):
            raise self.failure("answered with other JSON than the chat format's. Check its address")
        if answer.get("error"):
            said = _message(json.dumps(answer))
            raise TransientError(f"answered with an error: {self._shown(said)}")
        return answer

    def _too_slow(self) -> TransientError:
        return TransientError(
            f"did not answer within {self._timeout_s:g} s (raise timeout_s or lower max_tokens)",
            is_timeout=True,
        )

    def _secret(self) -> str:
        return self._key.get_secret_value() if self._key else ""

    def _shown(self, said: object) -> str:
        line = " ".join(str(said).split())
        if self._secret():
            line = line.replace(self._secret(), "***")
        return line if len(line) <= _SHOWN_CHARS else f"{line[:_SHOWN_CHARS]}..."


def _chat_url(base_url: str) -> httpx2.URL:
    try:
        url = httpx2.URL(base_url.rstrip("/") + "/chat/completions")
    except httpx2.InvalidURL:
        url = httpx2.URL("")
    if url.scheme not in ("http", "https") or not url.host:
        raise ModelError(
            "GSA_LLM_BASE_URL must be an http or https address up to /v1, such as "
            "http://127.0.0.1:11434/v1."
        )
    return url


def _checked_key(key: SecretStr | None) -> SecretStr | None:
    """The key without white space around it; one that no header can hold is told of here."""
    secret = key.get_secret_value().strip() if key else ""
    if not secret.isascii() or not secret.isprintable() or " " in secret:
        raise ModelError("GSA_LLM_API_KEY holds characters that no key has. Copy it again.")
    return SecretStr(secret) if secret else None


def _message(text: str) -> str:
    """What a server's error says: `error.message`, `error` or `message`, else all of it."""
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if isinstance(answer, list) and answer:
        answer = answer[0]
    if not isinstance(answer, dict):
        return text
    error = answer.get("error") or answer.get("message") or answer.get("detail") or text
    return str(error.get("message", error)) if isinstance(error, dict) else str(error)
