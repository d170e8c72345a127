"""How near a prompt's embedding is to what each label means."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.pipelines.enrichment.labels.calibration import DECIDED_FIELDS
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import Taxonomy

SCALE = 10.0
"""Cosines are multiplied by it, so that their weights are as large as those of counts."""
_NEAREST = 3


@dataclass(frozen=True)
class LabelAnchors:
    """The taxonomy's descriptions and examples as vectors, encoded when first asked for."""

    taxonomy: Taxonomy
    encoder: TextEncoder

    def similarities(self, embeddings: NDArray[np.float32], field: str) -> Array:
        """Return two numbers per prompt and label, shape (prompts, labels, 2).

        The cosine to the label's description, and the mean cosine to its two nearest examples, both
        times `SCALE`; an example's absence is 0.

        Args:
            embeddings: Unit vectors of the prompts.
            field: One that evidence decides.
        """
        anchors = self._vectors[field]
        both = np.zeros((len(embeddings), len(anchors), 2))
        for position, vectors in enumerate(anchors):
            cosines = embeddings @ vectors.T
            both[:, position, 0] = cosines[:, 0]
            if len(vectors) > 1:
                both[:, position, 1] = np.sort(cosines[:, 1:], axis=1)[:, -_NEAREST:].mean(axis=1)
        return both * SCALE

    @cached_property
    def _vectors(self) -> Mapping[str, Sequence[NDArray[np.float32]]]:
        """Per field and label: the description's vector, then the examples'."""
        texts = {
            field: [
                (each.description, *each.examples) for each in self.taxonomy.fields[field].values()
            ]
            for field in DECIDED_FIELDS
        }
        everything = [text for labels in texts.values() for label in labels for text in label]
        vectors = iter(self.encoder.encode(everything))
        return {
            field: [np.stack([next(vectors) for _ in label]) for label in labels]
            for field, labels in texts.items()
        }
