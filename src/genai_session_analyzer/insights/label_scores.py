"""How good labels are: agreement with annotators, per class, per confidence, with intervals."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]
_Z95 = 1.959963984540054


@dataclass(frozen=True)
class Interval:
    """An estimate between its 95 % bounds."""

    value: float
    low: float
    high: float

    def __str__(self) -> str:
        return f"{self.value:.3f} [{self.low:.3f}, {self.high:.3f}]"


@dataclass(frozen=True)
class ClassScore:
    """One class: precision, recall and their harmonic mean, and how often each side named it."""

    label: str
    precision: float
    recall: float
    f1: float
    annotated: float
    predicted: int


def wilson(share: float, count: int) -> Interval:
    """Return a share with its 95 % Wilson interval.

    Args:
        share: 0 to 1; of several annotators their mean.
        count: Prompts behind it; 0 gives the interval from 0 to 1.

    *Source*: Wilson, 1927.
    """
    if not count:
        return Interval(share, 0.0, 1.0)
    scale = 1 + _Z95**2 / count
    middle = (share + _Z95**2 / (2 * count)) / scale
    half = _Z95 * np.sqrt(share * (1 - share) / count + _Z95**2 / (4 * count**2)) / scale
    return Interval(share, float(max(0.0, middle - half)), float(min(1.0, middle + half)))


def accuracy(predicted: Sequence[str], annotators: Sequence[Sequence[str]]) -> Interval:
    """Return the share of right labels, the mean over the annotators, with a Wilson interval."""
    shares = [
        np.mean(np.asarray(predicted) == np.asarray(annotator)) if predicted else 0.0
        for annotator in annotators
    ]
    return wilson(float(np.mean(shares)), len(predicted))


def confusion(
    predicted: Sequence[str], annotators: Sequence[Sequence[str]], labels: Sequence[str]
) -> Array:
    """Return how often each label (row) was given as each (column), mean over the annotators."""
    positions = {label: position for position, label in enumerate(labels)}
    matrix = np.zeros((len(labels), len(labels)))
    for annotator in annotators:
        for right, given in zip(annotator, predicted, strict=True):
            matrix[positions[right], positions[given]] += 1 / len(annotators)
    return matrix


def class_scores(matrix: Array, labels: Sequence[str]) -> list[ClassScore]:
    """Return precision, recall and F1 of each label of a confusion matrix; 0 where nothing is."""
    right = np.diag(matrix)
    given, annotated = matrix.sum(axis=0), matrix.sum(axis=1)
    return [
        ClassScore(
            label,
            precision=float(right[at] / given[at]) if given[at] else 0.0,
            recall=float(right[at] / annotated[at]) if annotated[at] else 0.0,
            f1=float(2 * right[at] / (given[at] + annotated[at])) if right[at] else 0.0,
            annotated=float(annotated[at]),
            predicted=round(float(given[at])),
        )
        for at, label in enumerate(labels)
    ]


def quadratic_kappa(one: Sequence[int], other: Sequence[int], levels: int = 5) -> float:
    """Return Cohen's kappa with quadratic weights of two gradings from 1 to `levels`.

    *Source*: Cohen, 1968.
    """
    grades = np.arange(levels)
    weights = np.subtract.outer(grades, grades) ** 2
    seen = np.zeros((levels, levels))
    np.add.at(seen, (np.asarray(one) - 1, np.asarray(other) - 1), 1)
    chance = np.outer(seen.sum(axis=1), seen.sum(axis=0)) / seen.sum()
    expected = float((weights * chance).sum())
    return 1 - float((weights * seen).sum()) / expected if expected else 1.0


def roc_auc(scores: Array, is_positive: NDArray[np.bool_]) -> float:
    """Return the probability that a positive scores above a negative; ties count half."""
    order = np.argsort(scores, kind="stable")
    ordered = scores[order]
    firsts = np.searchsorted(ordered, ordered, side="left")
    lasts = np.searchsorted(ordered, ordered, side="right")
    ranks = np.empty(len(scores))
    ranks[order] = (firsts + lasts + 1) / 2
    positives = int(is_positive.sum())
    negatives = len(scores) - positives
    surplus = ranks[is_positive].sum() - positives * (positives + 1) / 2
    return float(surplus / (positives * negatives))


def average_precision(scores: Array, is_positive: NDArray[np.bool_]) -> float:
    """Return the mean precision over the positives, from the highest score down; ties together."""
    order = np.argsort(-scores, kind="stable")
    hits = is_positive[order].cumsum()
    last_of_tie = np.append(np.diff(scores[order]) != 0, True)
    found, places = hits[last_of_tie], np.flatnonzero(last_of_tie) + 1
    gained = np.diff(found, prepend=0)
    return float((gained * found / places).sum() / is_positive.sum())


def calibration_error(confidences: Array, rights: Array, bins: int = 10) -> float:
    """Return the expected calibration error: mean gap of confidence and accuracy, by tenths.

    Args:
        confidences: 0 to 1.
        rights: Share of annotators that agree, 0 to 1.
        bins: Bins of equal width.

    *Source*: Naeini, Cooper and Hauskrecht, 2015.
    """
    places = np.minimum((confidences * bins).astype(int), bins - 1)
    sums = np.bincount(places, weights=confidences - rights, minlength=bins)
    return float(np.abs(sums).sum() / max(1, len(confidences)))


def bootstrap(
    measure: Callable[[NDArray[np.int64]], float], groups: NDArray[np.int64], rounds: int, seed: int
) -> Interval:
    """Return a measure with its 95 % bootstrap interval, whole groups drawn with replacement.

    Args:
        measure: Of the rows with these numbers.
        groups: The group of each row: a user, or the row itself.
        rounds: Draws.
        seed: Of the draws.
    """
    generator = np.random.default_rng(seed)
    order = np.argsort(groups, kind="stable")
    members = np.split(order, np.flatnonzero(np.diff(groups[order])) + 1)
    values = []
    for _ in range(rounds):
        drawn = generator.integers(0, len(members), len(members))
        values.append(measure(np.concatenate([members[each] for each in drawn])))
    low, high = np.quantile(values, (0.025, 0.975))
    return Interval(measure(np.arange(len(groups))), float(low), float(high))
