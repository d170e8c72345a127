"""What a calibration reaches on labelled prompts that it was not fitted to."""

from collections.abc import Mapping

import numpy as np

from genai_session_analyzer.insights.label_scores import calibration_error, quadratic_kappa
from genai_session_analyzer.pipelines.enrichment.labels.calibration import LabelCalibration
from genai_session_analyzer.pipelines.enrichment.labels.complexity import LEVELS
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.scoring import softmax
from genai_session_analyzer.pipelines.label_training.calibrating import GoldSample


def out_of_fold_scores(
    sample: GoldSample, calibration: LabelCalibration, held_out: Mapping[str, Array]
) -> dict[str, float]:
    """Return accuracy, calibration error (ECE) and coverage per field, and complexity's kappa.

    Args:
        sample: The labelled prompts.
        calibration: Whose temperatures and thresholds are applied.
        held_out: Probabilities at temperature 1 by `cross_validate`.
    """
    scores = {}
    for field, weights in calibration.fields.items():
        part = sample.fields[field]
        logs = np.log(np.maximum(held_out[field], 1e-12))
        chosen, confidences = weights.decide(softmax(logs / weights.temperature), part.labels)
        rights = part.targets[np.arange(len(chosen)), chosen]
        scores[f"{field}.accuracy"] = float(rights.mean())
        scores[f"{field}.ece"] = calibration_error(confidences, rights)
        if "unknown" in part.labels:
            scores[f"{field}.coverage"] = float((chosen != part.labels.index("unknown")).mean())
    levels, _ = calibration.complexity.decide(held_out["complexity_score"])
    return scores | {"complexity_kappa": _kappa(levels.tolist(), sample.levels)}


def _kappa(levels: list[int], shares: Array) -> float:
    """Quadratic kappa with the annotators' levels; their lower and their higher, the mean."""
    sides = np.where(shares > 0, np.arange(1, LEVELS + 1), 0)
    higher = sides.max(axis=1)
    lower = np.where(sides > 0, sides, LEVELS + 1).min(axis=1)
    kappas = [quadratic_kappa(levels, side.tolist()) for side in (lower, higher)]
    return float(np.mean(kappas))
