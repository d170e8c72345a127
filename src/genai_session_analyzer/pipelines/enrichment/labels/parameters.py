"""Parameters of labeler 1."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field


class LabelParameters(BaseModel):
    """Which files decide the labels, and how prompts are worked through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    taxonomy: Path | None = None
    """A taxonomy of one's own; the shipped one where none is given."""
    calibration: Path | None = None
    """Numbers fitted by the pipeline `label_training`; the shipped ones where none are given."""
    nsfw_classifier: Path = Path("data/06_models/nsfw_classifier.npz")
    """Written by `label_training`; used where it is."""
    gold_labels: Path | None = None
    """Prompts labelled by two annotators; where given, each run scores itself on them."""
    batch_prompts: int = Field(default=2_000, ge=1, le=100_000)
    """Prompts per commit: what a kill may lose."""
    sample_rows: int = Field(default=200, ge=0)
    """Prompts of unknown domain or style that are kept with the run, to read."""
