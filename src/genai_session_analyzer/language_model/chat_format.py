"""The parts of the chat format that servers, llama.cpp and MLX share."""

import json

from genai_session_analyzer.language_model.roles import FinishReason, Message, Request


def chat_messages(request: Request, schema_in_words: bool = False) -> list[dict[str, str]]:
    """Return the messages as the chat format has them.

    Args:
        request: What is asked.
        schema_in_words: Says the JSON Schema in the first system message too, for models that no
            grammar holds to it. First, so that it is part of what stays the same between requests.
    """
    messages = list(request.messages)
    if schema_in_words and request.json_schema is not None:
        schema = json.dumps(request.json_schema, ensure_ascii=False)
        words = f"Answer with one JSON object and nothing else. Its JSON Schema:\n{schema}"
        if messages and messages[0].role == "system":
            words = f"{messages.pop(0).content}\n\n{words}"
        messages.insert(0, Message("system", words))
    return [{"role": each.role, "content": each.content} for each in messages]


def finish_reason(said: object) -> FinishReason:
    """Return `length` where the reply was cut off; anything else a server says is `stop`."""
    return "length" if said in ("length", "max_tokens") else "stop"
