"""What a language model is told about labelling, and the requests made of it."""

import hashlib
import json
from collections.abc import Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.language_model import Message, Request
from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import (
    PromptLabel,
)
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import CODED_VALUES, Taxonomy

SHIPPED = files(__package__) / "llm_prompt.yml"
ANSWER_ORDER = (
    "subject",
    "setting",
    "domain",
    "art_style",
    "mood",
    "lighting",
    "complexity_score",
    "has_nsfw_intent",
)
"""Keys of the answer: what is read off the prompt first, what follows from it after."""


class WorkedExample(BaseModel):
    """A prompt with its label."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    prompt: str
    label: PromptLabel


class LabelTemplate(BaseModel):
    """The texts of `llm_prompt.yml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    system: str = Field(description="with {domain}, {art_style} and {mood}, filled by the taxonomy")
    examples: tuple[WorkedExample, ...] = ()
    question: str = Field(description="with {prompt}")
    repair: str = Field(description="with {problem}")


class LabelInstructions:
    """The template filled with a taxonomy: makes the requests, and names their version."""

    def __init__(
        self, template: LabelTemplate, taxonomy: Taxonomy, max_tokens: int, max_prompt_chars: int
    ) -> None:
        """Fills the template once; nothing of it depends on the prompt to be labelled.

        Args:
            template: The texts.
            taxonomy: Its labels and their descriptions are quoted.
            max_tokens: Of an answer.
            max_prompt_chars: A longer prompt is cut off there.
        """
        self.taxonomy_version = taxonomy.version
        self._template = template
        self._max_tokens = max_tokens
        self._max_prompt_chars = max_prompt_chars
        meanings = {field: _quoted(taxonomy, field) for field in CODED_VALUES}
        opening = [Message("system", template.system.format(**meanings).strip())]
        for example in template.examples:
            opening.append(self._question(example.prompt))
            opening.append(Message("assistant", answer_text(example.label)))
        self._opening = tuple(opening)

    @cached_property
    def version(self) -> str:
        """SHA-256 of everything a model is told besides the prompt, 64 hexadecimal digits."""
        told = {
            "opening": [(each.role, each.content) for each in self._opening],
            "question": self._template.question,
            "repair": self._template.repair,
            "schema": LABEL_SCHEMA,
            "limits": [self._max_tokens, self._max_prompt_chars],
        }
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()

    def request(self, prompt_text: str) -> Request:
        """Return the request for the label of one prompt; the prompt is its last message."""
        return self._asking((*self._opening, self._question(prompt_text)))

    def repair_request(self, request: Request, reply: str, problem: str) -> Request:
        """Return the request that follows an invalid reply and says what was wrong with it."""
        complaint = self._template.repair.format(problem=problem).strip()
        told = (Message("assistant", reply), Message("user", complaint))
        return self._asking((*request.messages, *told))

    def _question(self, prompt_text: str) -> Message:
        cut = prompt_text[: self._max_prompt_chars]
        return Message("user", self._template.question.format(prompt=cut).strip())

    def _asking(self, messages: tuple[Message, ...]) -> Request:
        return Request(messages, max_tokens=self._max_tokens, json_schema=LABEL_SCHEMA)


def load_template() -> LabelTemplate:
    """Read the shipped template."""
    return LabelTemplate.model_validate(yaml.safe_load(SHIPPED.read_text("utf-8")))


def answer_text(label: PromptLabel) -> str:
    """Return a label as the JSON a model is to answer with."""
    values = label.model_dump()
    return json.dumps({key: values[key] for key in ANSWER_ORDER}, ensure_ascii=False)


def label_schema() -> dict[str, Any]:
    """Return the JSON Schema of an answer, from `PromptLabel`: every key required, no other.

    Titles and descriptions are left out: the instructions say them once.
    """
    properties = PromptLabel.model_json_schema()["properties"]
    return {
        "type": "object",
        "properties": {key: _plain(properties[key]) for key in ANSWER_ORDER},
        "required": list(ANSWER_ORDER),
        "additionalProperties": False,
    }


def _plain(declared: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in declared.items() if key not in ("title", "description")}


def _quoted(taxonomy: Taxonomy, field: str) -> str:
    meanings = {str(name): labels for name, labels in taxonomy.fields.items()}[field]
    return "\n".join(f'- "{label}": {each.description}' for label, each in meanings.items())


LABEL_SCHEMA = label_schema()
