"""What a language model is; whoever has these members is one."""

import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal, Protocol, runtime_checkable

Speaker = Literal["system", "user", "assistant"]
FinishReason = Literal["stop", "length"]
"""`length`: the reply was cut off at `max_tokens`."""


@dataclass(frozen=True)
class Message:
    """One turn of a conversation."""

    role: Speaker
    content: str


@dataclass(frozen=True)
class Request:
    """What a model is asked.

    Attributes:
        messages: The conversation, the question last.
        max_tokens: Length at which the reply is cut off.
        temperature: 0 for the likeliest reply, the same every time.
        seed: Of the sampling, where the temperature is above 0.
        json_schema: The reply is to be JSON of this JSON Schema. Enforced only where the model's
            `capabilities` say so: validate the reply in any case.
        stop: Texts before which the reply ends.
    """

    messages: tuple[Message, ...]
    max_tokens: int = 512
    temperature: float = 0.0
    seed: int = 0
    json_schema: Mapping[str, Any] | None = None
    stop: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reply:
    """What a model answered: the text, what it took in tokens and seconds, why it ended."""

    text: str
    prompt_tokens: int
    completion_tokens: int
    seconds: float
    finish_reason: FinishReason


@dataclass(frozen=True)
class Capabilities:
    """What a model can do: `enforces_json_schema` where invalid JSON cannot come out of it."""

    enforces_json_schema: bool
    streams: bool


@runtime_checkable
class LanguageModel(Protocol):
    """Answers conversations; may be used by several threads at once. Loaded at the first use."""

    @property
    def name(self) -> str:
        """Name of the model."""

    @property
    def revision(self) -> str:
        """What tells this model from another one of the same name."""

    @property
    def capabilities(self) -> Capabilities:
        """What it can do; asking loads nothing."""

    def generate(self, request: Request) -> Reply:
        """Return the whole reply.

        Raises:
            ModelError: The model is missing, damaged, does not answer or not in time; one line
                with the remedy.
        """

    def stream(self, request: Request, cancelled: threading.Event) -> Iterator[str]:
        """Yield the reply's text piece by piece.

        Once `cancelled` is set no further piece comes, and the model stops working on it.

        Raises:
            ModelError: As for `generate`.
        """
