"""A language model that says what it was told to: for tests and the sample environment."""

import threading
from collections.abc import Callable, Iterator, Sequence

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.language_model.roles import Capabilities, Reply, Request

Script = Sequence[str | ModelError] | Callable[[Request], str]


class ScriptedModel:
    """Replies from a queue, one a request, or from a function of the request.

    Attributes:
        requests: What it was asked so far, in order.
    """

    def __init__(
        self,
        script: Script,
        name: str = "scripted",
        revision: str = "1",
        enforces_json_schema: bool = False,
    ) -> None:
        """Say nothing yet.

        Args:
            script: The replies in their order, an error to raise it; or what makes them.
            name: What answers call it.
            revision: What tells versions of it apart.
            enforces_json_schema: Whether it claims that its replies keep to a schema.
        """
        self.name = name
        self.revision = revision
        self.capabilities = Capabilities(enforces_json_schema, streams=True)
        self.requests: list[Request] = []
        self._script = script if callable(script) else iter(tuple(script))
        self._lock = threading.Lock()

    def generate(self, request: Request) -> Reply:
        """Return the next reply; its tokens are its words, its time is none.

        Raises:
            ModelError: It is the scripted reply, or no reply is left.
        """
        text = self._next(request)
        words = text.split()
        kept = words[: request.max_tokens]
        return Reply(
            text=text if len(kept) == len(words) else " ".join(kept),
            prompt_tokens=sum(len(each.content.split()) for each in request.messages),
            completion_tokens=len(kept),
            seconds=0.0,
            finish_reason="stop" if len(kept) == len(words) else "length",
        )

    def stream(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        """Yield the next reply word by word, until it ends or is cancelled.

        Raises:
            ModelError: As for `generate`.
        """
        words = self.generate(request).text.split(" ")
        for number, word in enumerate(words):
            if cancelled.is_set():
                return
            yield word if number == 0 else f" {word}"

    def _next(self, request: Request) -> str:
        with self._lock:
            self.requests.append(request)
            number = len(self.requests)
            reply = None if callable(self._script) else next(self._script, None)
        if callable(self._script):
            return self._script(request)
        if reply is None:
            raise ModelError(
                f"The scripted model {self.name!r} has no reply left after {number - 1}. "
                "Add replies to its script."
            )
        if isinstance(reply, ModelError):
            raise reply
        return reply
