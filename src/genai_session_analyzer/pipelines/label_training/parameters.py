"""Parameters of the training."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class CalibrationParameters(BaseModel):
    """How the numbers of labeler 1 are fitted."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    gold_labels: Path | None = None
    """Prompts labelled by two annotators: CSV, see `read_gold`."""
    fold_count: int = Field(default=10, ge=2)
    seed: int = Field(default=0, ge=0)
    """Of the folds."""


class NsfwParameters(BaseModel):
    """How the NSFW classifier is trained."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    flagged_prompts: Path | None = None
    """Parquet with prompt, user_hash and image_nsfw (null: not judged)."""
    held_out_share: float = Field(default=0.3, gt=0, lt=1)
    """Share of users whose prompts only measure the classifier."""
    mixing_share: float = Field(default=0.15, gt=0, lt=1)
    """Share of the other users whose prompts weigh the two models."""
    max_embedded: int = Field(default=50_000, ge=100)
    """Prompts of the training that are embedded, flagged ones first; some 200 a second."""
    max_held_out: int = Field(default=6_000, ge=100)
    """Prompts of held-out users that are embedded and scored."""
    hidden_units: int = Field(default=64, ge=1)
    bootstrap_rounds: int = Field(default=200, ge=10)
    seed: int = Field(default=0, ge=0)


class LabelTrainingParameters(BaseModel):
    """Both trainings."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    calibration: CalibrationParameters = CalibrationParameters()
    nsfw: NsfwParameters = NsfwParameters()
