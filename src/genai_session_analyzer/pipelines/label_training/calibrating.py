"""From labelled prompts to a calibration, and what it reaches on prompts it was not fitted to."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.labels.calibration import (
    DECIDED_FIELDS,
    LabelCalibration,
)
from genai_session_analyzer.pipelines.enrichment.labels.complexity import LEVELS, counts
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.gold import GoldLabels
from genai_session_analyzer.pipelines.enrichment.labels.labeler import LexiconLabeler
from genai_session_analyzer.pipelines.label_training.fitting import (
    fit_complexity,
    fit_field,
    fit_temperature,
)

COMPLEXITY_LEVELS = tuple(str(level) for level in range(1, LEVELS + 1))


@dataclass(frozen=True)
class FieldSample:
    """One field of labelled prompts: evidence, the annotators' shares, and the labels' order."""

    features: Array
    targets: Array
    labels: tuple[str, ...]


@dataclass(frozen=True)
class GoldSample:
    """Labelled prompts as what a calibration is fitted to."""

    fields: Mapping[str, FieldSample]
    counts: Array
    levels: Array

    def __len__(self) -> int:
        return len(self.levels)


def gold_sample(
    labeler: LexiconLabeler, gold: GoldLabels, embeddings: NDArray[np.float32]
) -> GoldSample:
    """Return the labelled prompts' evidence; the labeler's own calibration plays no part."""
    read = labeler.read(gold.prompts)
    fields: dict[str, FieldSample] = {}
    for field in DECIDED_FIELDS:
        labels = labeler.anchors.taxonomy.labels(field)
        features = labeler.features(read, embeddings, field)
        fields[field] = FieldSample(features, gold.shares(field, labels), labels)
    return GoldSample(
        fields,
        counts(read.words, read.mentions),
        gold.shares("complexity_score", COMPLEXITY_LEVELS),
    )


def fit_calibration(
    sample: GoldSample, start: LabelCalibration, rows: NDArray[np.bool_] | None = None
) -> LabelCalibration:
    """Return a calibration fitted to (these rows of) labelled prompts.

    Args:
        sample: The labelled prompts.
        start: Where the numbers that are not fitted come from: thresholds of `unknown`,
            temperatures, confidences of phrases, rules of intent.
        rows: True for the prompts to fit to; all by default.
    """
    chosen = np.ones(len(sample), dtype=bool) if rows is None else rows
    fields = {}
    for field in DECIDED_FIELDS:
        part, old = sample.fields[field], start.fields[field]
        fitted = fit_field(part.features[chosen], part.targets[chosen], part.labels)
        kept = {"temperature": old.temperature, "unknown_below": old.unknown_below}
        fields[field] = fitted.model_copy(update=kept)
    complexity = fit_complexity(sample.counts[chosen], sample.levels[chosen])
    return start.model_copy(update={"fields": fields, "complexity": complexity})


def fit_temperatures(
    sample: GoldSample, calibration: LabelCalibration, held_out: Mapping[str, Array]
) -> LabelCalibration:
    """Return the calibration with temperatures that suit prompts it was not fitted to.

    Args:
        sample: The labelled prompts.
        calibration: Fitted to them.
        held_out: Per field, probabilities at temperature 1 as `cross_validate` returns them.
    """
    fields = {
        field: fit_temperature(weights, held_out[field], sample.fields[field].targets)
        for field, weights in calibration.fields.items()
    }
    return calibration.model_copy(update={"fields": fields})


def cross_validate(
    sample: GoldSample, start: LabelCalibration, folds: NDArray[np.int64]
) -> dict[str, Array]:
    """Return, per field and `complexity_score`, each prompt's probabilities by the other folds.

    Args:
        sample: The labelled prompts.
        start: As for `fit_calibration`.
        folds: The fold of each prompt.
    """
    found = {field: np.zeros_like(part.targets) for field, part in sample.fields.items()}
    found["complexity_score"] = np.zeros_like(sample.levels)
    for fold in np.unique(folds):
        out = folds == fold
        fitted = fit_calibration(sample, start, ~out)
        for field, part in sample.fields.items():
            weights = fitted.fields[field]  # type: ignore[index]
            found[field][out] = weights.probabilities(part.features[out], part.labels)
        found["complexity_score"][out] = fitted.complexity.probabilities(sample.counts[out])
    return found


def assign_folds(prompt_count: int, fold_count: int, seed: int) -> NDArray[np.int64]:
    """Return a fold per prompt, of equal sizes give or take one."""
    order = np.random.default_rng(seed).permutation(prompt_count)
    folds = np.empty(prompt_count, dtype=np.int64)
    folds[order] = np.arange(prompt_count) % fold_count
    return folds
