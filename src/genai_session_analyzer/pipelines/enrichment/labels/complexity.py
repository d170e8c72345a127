"""How much a prompt asks for, from counts: an ordered logit with four thresholds."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import Mention
from genai_session_analyzer.pipelines.enrichment.labels.words import PromptWords

COUNTS: tuple[str, ...] = ("words", "clauses", "styles", "artists", "scenery")
"""What is counted, in the order of `counts`; each as log(1 + count)."""
_SCENERY = frozenset(("setting", "lighting", "mood"))
LEVELS = 5


class ComplexityWeights(BaseModel):
    """Weights of the counts, and the four thresholds between the levels 1 to 5."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: dict[str, float]
    thresholds: tuple[float, float, float, float] = Field(description="ascending")

    def probabilities(self, counts: Array) -> Array:
        """Return each level's probability, shape (prompts, 5), of counts as `counts` gives them."""
        scores = counts @ np.array([self.counts.get(name, 0.0) for name in COUNTS])
        return level_probabilities(scores, np.array(self.thresholds))

    def decide(self, probabilities: Array) -> tuple[NDArray[np.int64], Array]:
        """Return per prompt the median level, 1 to 5, and its probability."""
        levels = 1 + (probabilities.cumsum(axis=1) < 0.5).sum(axis=1)
        levels = np.minimum(levels, LEVELS)
        return levels, probabilities[np.arange(len(levels)), levels - 1]


def level_probabilities(scores: Array, thresholds: Array) -> Array:
    """Return the levels' probabilities of an ordered logit, shape (prompts, 5).

    *Source*: the proportional-odds model of McCullagh, 1980.
    """
    at_most = 1 / (1 + np.exp(np.clip(scores[:, np.newaxis] - thresholds, -50, 50)))
    edges = np.pad(at_most, ((0, 0), (1, 1)), constant_values=(0.0, 1.0))
    edges[:, 0] = 0.0
    return np.asarray(np.diff(edges, axis=1))


def counts(prompts: Sequence[PromptWords], mentions: Sequence[Sequence[Mention]]) -> Array:
    """Return what complexity depends on, shape (prompts, COUNTS)."""
    rows = np.zeros((len(prompts), len(COUNTS)))
    for row, prompt, found in zip(rows, prompts, mentions, strict=True):
        kinds = [(each.meaning.field, each.meaning.kind) for each in found]
        row[:] = (
            len(prompt.words),
            prompt.clauses[-1] + 1 if prompt.clauses else 0,
            sum(field == "art_style" and kind != "artist" for field, kind in kinds),
            sum(kind == "artist" for _, kind in kinds),
            sum(field in _SCENERY for field, _ in kinds),
        )
    return np.asarray(np.log1p(rows))
