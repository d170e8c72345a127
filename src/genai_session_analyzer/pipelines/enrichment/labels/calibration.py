"""The numbers by which labels are decided: fitted on labelled prompts, shipped as YAML."""

import hashlib
from importlib.resources import files
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.labels.complexity import ComplexityWeights
from genai_session_analyzer.pipelines.enrichment.labels.intent import IntentRules
from genai_session_analyzer.pipelines.enrichment.labels.phrases import PhraseConfidences
from genai_session_analyzer.pipelines.enrichment.labels.scoring import FieldWeights

DecidedField = Literal["domain", "art_style", "mood"]
DECIDED_FIELDS: tuple[DecidedField, ...] = ("domain", "art_style", "mood")
"""Fields that evidence decides."""
SHIPPED = files(__package__) / "calibration.yml"


class LabelCalibration(BaseModel):
    """All numbers of labeler 1; `digest` is the SHA-256 of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: dict[DecidedField, FieldWeights]
    complexity: ComplexityWeights
    subject: PhraseConfidences
    setting: PhraseConfidences
    lighting: PhraseConfidences
    intent: IntentRules = Field(description="of has_nsfw_intent")

    @property
    def digest(self) -> str:
        """SHA-256 of the numbers, 64 hexadecimal digits."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def to_yaml(self) -> str:
        """Return the calibration as YAML, as `load_calibration` reads it."""
        return yaml.safe_dump(self.model_dump(mode="json"), sort_keys=False)


def load_calibration(path: Path | None = None) -> LabelCalibration:
    """Read a calibration.

    Args:
        path: A YAML file, as the training pipeline writes it; the shipped one where none is given.

    Raises:
        SourceError: It cannot be read or is not valid; the message names file and problem.
    """
    name = str(path or "calibration.yml (shipped)")
    try:
        text = path.read_text("utf-8") if path else SHIPPED.read_text("utf-8")
        return LabelCalibration.model_validate(yaml.safe_load(text))
    except (OSError, UnicodeDecodeError, yaml.YAMLError, ValidationError) as problem:
        line = " ".join(str(problem).split())
        raise SourceError(f"Calibration {name}: {line}. Mend the file, or name none.") from problem
