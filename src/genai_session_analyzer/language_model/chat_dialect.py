"""The chat format as one server wants it: found out by asking, from what it refuses.

Known differences: OpenAI's newer models want `max_completion_tokens` and their own temperature;
LM Studio knows no `json_object`; Groq knows `json_schema` for some models only; Anthropic's
compatible endpoint passes over `response_format` and `seed` without a word; vLLM, llama.cpp and
Ollama enforce `json_schema`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from genai_session_analyzer.language_model.chat_format import chat_messages
from genai_session_analyzer.language_model.roles import Request

SchemaMode = Literal["json_schema", "json_object", "words"]
_NEXT_MODE: dict[SchemaMode, SchemaMode] = {"json_schema": "json_object", "json_object": "words"}
_MAY_BE_LEFT_OUT = ("temperature", "seed", "stream_options", "stop")
_NOT_EVERYWHERE = frozenset({"minLength", "maxLength"})
_IGNORE_SCHEMAS = ("api.anthropic.com",)


@dataclass(frozen=True)
class Dialect:
    """How requests are written.

    Attributes:
        schema_mode: How the JSON Schema is said: enforced, as "some JSON object" with the schema in
            words, or in words alone.
        token_limit: Name of the field for `max_tokens`.
        left_out: Fields that the server does not take.
    """

    schema_mode: SchemaMode = "json_schema"
    token_limit: str = "max_tokens"  # noqa: S105  # no password
    left_out: frozenset[str] = frozenset()

    def body(self, model: str, request: Request, is_streamed: bool) -> dict[str, Any]:
        """Return the JSON body of a request."""
        has_schema = request.json_schema is not None
        body: dict[str, Any] = {
            "model": model,
            "messages": chat_messages(request, has_schema and self.schema_mode != "json_schema"),
            self.token_limit: request.max_tokens,
            "temperature": request.temperature,
            "seed": request.seed,
            "stream": is_streamed,
        }
        if is_streamed:
            body["stream_options"] = {"include_usage": True}
        if request.stop:
            body["stop"] = list(request.stop)
        if request.json_schema is not None and self.schema_mode != "words":
            body["response_format"] = _response_format(self.schema_mode, request.json_schema)
        return {key: value for key, value in body.items() if key not in self.left_out}

    def adapted(self, refusal: str, request: Request) -> "Dialect | None":
        """Return the dialect to try after a refusal, or None where nothing is left to change.

        Args:
            refusal: What the server said.
            request: What it refused.
        """
        if "max_completion_tokens" in refusal and self.token_limit == "max_tokens":  # noqa: S105
            return replace(self, token_limit="max_completion_tokens")  # noqa: S106
        for field in _MAY_BE_LEFT_OUT:
            if field not in self.left_out and re.search(rf"\b{field}\b", refusal):
                return replace(self, left_out=self.left_out | {field})
        if request.json_schema is not None and self.schema_mode in _NEXT_MODE:
            return replace(self, schema_mode=_NEXT_MODE[self.schema_mode])
        return None


def first_dialect(host: str) -> Dialect:
    """Return the dialect to begin with: what is known of a host, else everything enforced."""
    return Dialect(schema_mode="words" if host in _IGNORE_SCHEMAS else "json_schema")


def _response_format(mode: SchemaMode, schema: Mapping[str, Any]) -> dict[str, Any]:
    if mode == "json_object":
        return {"type": "json_object"}
    strict = {"name": "answer", "strict": True, "schema": _without_lengths(schema)}
    return {"type": "json_schema", "json_schema": strict}


def _without_lengths(schema: Any) -> Any:
    """The schema without the limits of text length, which OpenAI's strict mode refuses."""
    if isinstance(schema, Mapping):
        return {
            key: _without_lengths(value)
            for key, value in schema.items()
            if key not in _NOT_EVERYWHERE or isinstance(value, Mapping)
        }
    if isinstance(schema, list | tuple):
        return [_without_lengths(each) for each in schema]
    return schema
