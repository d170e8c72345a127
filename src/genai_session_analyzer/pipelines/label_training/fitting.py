"""Fits the numbers of a calibration to labelled prompts; ridges keep them few-sample safe."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np

from genai_session_analyzer.pipelines.enrichment.labels.complexity import (
    COUNTS,
    LEVELS,
    ComplexityWeights,
    level_probabilities,
)
from genai_session_analyzer.pipelines.enrichment.labels.context_evidence import CONTEXT
from genai_session_analyzer.pipelines.enrichment.labels.evidence import FEATURES, Array
from genai_session_analyzer.pipelines.enrichment.labels.scoring import FieldWeights, softmax

SHARED_RIDGE = 0.002
"""Penalty on the weights that all labels share, and on the biases."""
OWN_RIDGE = 0.03
"""Penalty on what a label's weights differ by."""
CONTEXT_RIDGE = 0.1
"""The same for what a prompt is about as a whole."""
COMPLEXITY_RIDGE = 0.001
_DIGITS = 4
_SMALL = 0.005


def fit_field(features: Array, targets: Array, labels: Sequence[str]) -> FieldWeights:
    """Return the weights under which labelled prompts are most probable.

    Args:
        features: Shape (prompts, labels, FEATURES).
        targets: Share of annotators that chose each label, shape (prompts, labels).
        labels: In the order of the arrays.
    """
    label_count, feature_count = features.shape[1:]
    sizes = (feature_count, label_count, label_count * feature_count)
    edges = np.cumsum((0, *sizes))
    own_ridges = np.where(np.isin(FEATURES, CONTEXT), CONTEXT_RIDGE, OWN_RIDGE)
    shared_ridges = np.full(feature_count + label_count, SHARED_RIDGE)
    ridges = np.concatenate([shared_ridges, np.tile(own_ridges, label_count)])

    def loss(numbers: Array) -> tuple[float, Array]:
        shared, biases, own = (numbers[a:b] for a, b in pairwise(edges))
        weights = shared + own.reshape(label_count, feature_count)
        likely = softmax(np.einsum("nlf,lf->nl", features, weights) + biases)
        surplus = (likely - targets) / len(targets)
        by_label = np.einsum("nl,nlf->lf", surplus, features)
        slope = np.concatenate([by_label.sum(axis=0), surplus.sum(axis=0), by_label.ravel()])
        misfit = -(targets * np.log(np.maximum(likely, 1e-12))).sum() / len(targets)
        return misfit + float(ridges @ numbers**2) / 2, slope + ridges * numbers

    shared, biases, own = np.split(_smallest(loss, np.zeros(edges[-1])), edges[1:-1])
    return FieldWeights(
        features=_named(FEATURES, shared),
        biases=_named(labels, biases),
        own={
            label: _named(FEATURES, row)
            for label, row in zip(labels, own.reshape(label_count, -1), strict=True)
        },
    )


def fit_temperature(weights: FieldWeights, held_out: Array, targets: Array) -> FieldWeights:
    """Return the weights with the temperature that suits probabilities of prompts not fitted to.

    Args:
        weights: Whose temperature is set.
        held_out: Probabilities at temperature 1, of prompts that the weights did not see.
        targets: Share of annotators that chose each label.
    """
    scores = np.log(np.maximum(held_out, 1e-12))
    options = np.round(np.arange(0.5, 3.01, 0.05), 2)
    misfits = [
        -(targets * np.log(np.maximum(softmax(scores / option), 1e-12))).sum() for option in options
    ]
    return weights.model_copy(update={"temperature": float(options[int(np.argmin(misfits))])})


def fit_complexity(counts: Array, targets: Array) -> ComplexityWeights:
    """Return the ordered logit under which labelled levels are most probable.

    Args:
        counts: As `complexity.counts` returns them.
        targets: Share of annotators that chose each level, shape (prompts, 5).
    """
    count = counts.shape[1]

    def parts(numbers: Array) -> tuple[Array, Array]:
        first, gaps = numbers[count : count + 1], np.exp(numbers[count + 1 :])
        return numbers[:count], np.concatenate([first, first + np.cumsum(gaps)])

    def loss(numbers: Array) -> float:
        weights, thresholds = parts(numbers)
        likely = level_probabilities(counts @ weights, thresholds)
        misfit = -(targets * np.log(np.maximum(likely, 1e-12))).sum() / len(targets)
        return float(misfit + COMPLEXITY_RIDGE * (weights @ weights) / 2)

    start = np.concatenate([np.full(count, 0.5), [2.0], np.zeros(LEVELS - 2)])
    weights, thresholds = parts(_smallest(loss, start))
    cuts = [round(float(each), _DIGITS) for each in thresholds]
    return ComplexityWeights(
        counts={
            name: round(float(each), _DIGITS) for name, each in zip(COUNTS, weights, strict=True)
        },
        thresholds=(cuts[0], cuts[1], cuts[2], cuts[3]),
    )


def _smallest(
    loss: "Callable[[Array], float] | Callable[[Array], tuple[float, Array]]", start: Array
) -> Array:
    """Where a smooth loss, with its slope or without, is smallest."""
    from scipy.optimize import minimize  # noqa: PLC0415

    with_slope = isinstance(loss(start), tuple)
    return np.asarray(minimize(loss, start, jac=with_slope, method="L-BFGS-B").x)


def _named(names: Sequence[str], numbers: Array) -> dict[str, float]:
    """Numbers worth writing down, by name."""
    pairs = zip(names, numbers, strict=True)
    return {name: round(float(number), _DIGITS) for name, number in pairs if abs(number) >= _SMALL}
