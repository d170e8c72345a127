"""A language model's reply read as a label, or what is wrong with it."""

import json

from pydantic import ValidationError

from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import PromptLabel

_MOST_PROBLEMS = 4


class InvalidReplyError(ValueError):
    """The reply is no label; the message says why, in words a model can act on."""


def parse_reply(text: str) -> PromptLabel:
    """Return the label in a reply: its JSON object, with or without words or a fence around it.

    Nothing is guessed: a value that is not in the taxonomy, a missing or a further key is invalid.

    Raises:
        InvalidReplyError: It holds no such object.
    """
    start = text.find("{")
    if start < 0:
        raise InvalidReplyError("it holds no JSON object")
    try:
        answer, _ = json.JSONDecoder().raw_decode(text, start)
    except json.JSONDecodeError as problem:
        raise InvalidReplyError(f"the JSON breaks off or is malformed: {problem.msg}") from problem
    except RecursionError as problem:
        raise InvalidReplyError("the JSON is nested too deeply") from problem
    try:
        return PromptLabel.model_validate(answer, strict=True)
    except ValidationError as problem:
        raise InvalidReplyError(_in_words(problem)) from problem


def _in_words(problem: ValidationError) -> str:
    found = [
        f"{'.'.join(str(part) for part in each['loc']) or 'answer'}: {each['msg'].lower()}"
        for each in problem.errors(include_url=False, include_input=False)
    ]
    return "; ".join(found[:_MOST_PROBLEMS])
