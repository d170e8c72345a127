"""Parameters of the labeler that asks a language model."""

from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from genai_session_analyzer.pipelines.enrichment.labels.prompt_label import (
    Confidences,
)

LabelField = Literal[
    "domain",
    "art_style",
    "mood",
    "subject",
    "setting",
    "lighting",
    "complexity_score",
    "has_nsfw_intent",
]


_KEPT_BESIDE_A_SMALL_MODEL: dict[LabelField, float] = {
    "domain": 0.0,
    "art_style": 0.5,
    "mood": 0.0,
    "complexity_score": 0.0,
    "has_nsfw_intent": 0.0,
}
"""Where a model of 1.5 billion parameters is no better than labeler 1.

*Source*: Qwen2.5-Coder-1.5B-Instruct (Q4_K_M) on 100 labelled prompts, accuracy beside labeler
1's: domain 0.37 and 0.76 (0.24 and 0.38 on the 21 prompts where labeler 1 is below 0.5), art_style
0.55 and 0.84 (0.67 and 0.50 on 6), mood 0.24 and 0.54, complexity 0.33 and 0.84. A better model
deserves higher numbers: measure it first.
"""


class LanguageModelLabelParameters(BaseModel):
    """Which prompts a language model labels, how it is asked, and when its word counts."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    select: Literal["none", "sample", "unsure"] = "none"
    """none: nothing is asked. sample: prompts drawn by the hash of their id. unsure: those of whose
    label labeler 1 is least sure."""
    max_prompts: int = Field(default=500, ge=1)
    """Most prompts asked about, those labelled in earlier runs among them."""
    unsure_below: float = Field(default=0.5, ge=0, le=1)
    """`unsure` takes prompts where labeler 1's confidence in one of `unsure_fields` is lower."""
    unsure_fields: tuple[LabelField, ...] = Field(default=("domain", "art_style"), min_length=1)
    sample_seed: int = 0
    """Another number draws another sample."""
    batch_size: int = Field(default=8, ge=1, le=1000)
    """Prompts kept together: as many a kill may lose."""
    concurrency: int = Field(default=4, ge=1, le=64)
    """Requests under way at once. A local model answers one after the other all the same."""
    taxonomy: Path | None = None
    """A taxonomy of one's own; the shipped one where none is given."""
    max_tokens: int = Field(default=256, ge=32)
    """Of an answer; about 60 are needed."""
    max_prompt_chars: int = Field(default=2000, ge=100)
    """A longer prompt is cut off there."""
    price_per_million_prompt_tokens: float = Field(default=0.0, ge=0)
    """In whatever currency the endpoint charges; 0 for a local model."""
    price_per_million_completion_tokens: float = Field(default=0.0, ge=0)
    measured_accuracy: Confidences = Confidences()
    """Accuracy of this model per field on a labelled set (`make eval-labels`): becomes the
    confidence of its labels. Null, the default, where nobody has measured it."""
    keep_first_from: dict[LabelField, float] = Field(
        default_factory=lambda: dict(_KEPT_BESIDE_A_SMALL_MODEL)
    )
    """Per field, the confidence from which labeler 1 keeps its word although the language model
    answered: 0 always, above 1 never. Fields that are not named: never."""

    @model_validator(mode="after")
    def _batches_feed_the_threads(self) -> Self:
        if self.batch_size < self.concurrency:
            raise ValueError(
                f"batch_size ({self.batch_size}) must be at least concurrency ({self.concurrency})"
            )
        return self
