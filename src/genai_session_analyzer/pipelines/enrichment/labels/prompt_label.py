"""What a labeler says about one prompt, and the record of it that the store keeps."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.schema.values import ArtStyle, Domain, Mood

ParseStatus = Literal["ok", "repaired", "failed"]
LABEL_FIELDS: tuple[str, ...] = (
    "domain",
    "art_style",
    "mood",
    "subject",
    "setting",
    "lighting",
    "complexity_score",
    "has_nsfw_intent",
)
"""The fields of a label, in the table's order."""
PARSE_STATUSES: Sequence[ParseStatus] = ("ok", "repaired", "failed")


class PromptLabel(BaseModel):
    """What a prompt asks for, as a careful art director would read it; one value per field."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    domain: Domain = Field(description="what the picture is mainly of")
    art_style: ArtStyle = Field(description="the style asked for; unknown where none is")
    mood: Mood = Field(description="the feeling the picture is to give; neutral where none is")
    subject: str = Field(min_length=1, max_length=200, description="the main subject, a few words")
    setting: str = Field(min_length=1, max_length=100, description="where it is; unknown if unsaid")
    lighting: str = Field(min_length=1, max_length=100, description="the light; unknown if unsaid")
    complexity_score: int = Field(ge=1, le=5, description="1 a few words, 5 very detailed")
    has_nsfw_intent: bool = Field(description="whether it seeks sexual, gory or hateful content")


class Confidences(BaseModel):
    """Per field, the probability that its value is right; null where nobody knows."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    domain: float | None = Field(default=None, ge=0, le=1)
    art_style: float | None = Field(default=None, ge=0, le=1)
    mood: float | None = Field(default=None, ge=0, le=1)
    subject: float | None = Field(default=None, ge=0, le=1)
    setting: float | None = Field(default=None, ge=0, le=1)
    lighting: float | None = Field(default=None, ge=0, le=1)
    complexity_score: float | None = Field(default=None, ge=0, le=1)
    has_nsfw_intent: float | None = Field(default=None, ge=0, le=1)


class LabelRecord(BaseModel):
    """A prompt's label with where it comes from; no label where `parse_status` is failed."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    label: PromptLabel | None
    confidences: Confidences = Confidences()
    labeler: str = Field(min_length=1, description="lexicon or language_model")
    model: str
    revision: str
    prompt_version: str = Field(description="digest of what the labeler was told")
    parse_status: ParseStatus = "ok"

    def to_payload(self) -> bytes:
        """Return the record as JSON, for the store."""
        return self.model_dump_json().encode()

    @classmethod
    def from_payload(cls, payload: bytes) -> "LabelRecord":
        """Return the record a payload holds.

        Raises:
            ResultStoreError: It holds none.
        """
        try:
            return cls.model_validate_json(payload)
        except ValidationError as problem:
            raise ResultStoreError(
                f"A stored label cannot be read: {payload[:80]!r}. Move the store of model results "
                "away and run again."
            ) from problem
