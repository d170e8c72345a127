"""From evidence to probabilities: a conditional logit of a few dozen numbers per field."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.pipelines.enrichment.labels.evidence import FEATURES, Array
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import UNKNOWN


class FieldWeights(BaseModel):
    """How a field is decided; a feature or label that is not named weighs nothing.

    Attributes:
        features: Weight of each feature, the same for all labels.
        biases: Per label, how likely it is without any evidence.
        own: Per label, what its weights differ by.
        temperature: Scores are divided by it; above 1 where they were too sure of themselves.
        unknown_below: Where no label is as probable, the field is unknown, if it can be.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    features: Mapping[str, float] = Field(default_factory=dict)
    biases: Mapping[str, float] = Field(default_factory=dict)
    own: Mapping[str, Mapping[str, float]] = Field(default_factory=dict)
    temperature: float = Field(default=1.0, gt=0)
    unknown_below: float = Field(default=0.0, ge=0, le=1)

    def probabilities(self, features: Array, labels: Sequence[str]) -> Array:
        """Return each label's probability, shape (prompts, labels).

        Args:
            features: As `evidence` returns them.
            labels: In the order of their second axis.
        """
        weights = np.array([self._weights_of(label) for label in labels])
        biases = np.array([self.biases.get(label, 0.0) for label in labels])
        scores = np.einsum("nlf,lf->nl", features, weights) + biases
        return softmax(scores / self.temperature)

    def decide(
        self, probabilities: Array, labels: Sequence[str]
    ) -> tuple[NDArray[np.int64], Array]:
        """Return per prompt the label's position, and the probability that it is right."""
        chosen = probabilities.argmax(axis=1)
        if UNKNOWN in labels:
            is_unsure = probabilities.max(axis=1) < self.unknown_below
            chosen = np.where(is_unsure, list(labels).index(UNKNOWN), chosen)
        return chosen, probabilities[np.arange(len(chosen)), chosen]

    def _weights_of(self, label: str) -> list[float]:
        own = self.own.get(label, {})
        return [self.features.get(name, 0.0) + own.get(name, 0.0) for name in FEATURES]


def softmax(scores: Array) -> Array:
    """Return the scores' exponentials as shares of their sum over the last axis."""
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))
