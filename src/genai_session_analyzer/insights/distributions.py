"""How far two samples are apart, and what a sample looks like: distances and quantiles."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

QUANTILE_LEVELS = (0.05, 0.25, 0.5, 0.75, 0.95, 0.99)
_CHANCE_FACTOR = 1.358
"""Of the 5 % level. Source: Kolmogorov's limit distribution, sqrt(-ln(0.05 / 2) / 2)."""


@dataclass(frozen=True)
class Distance:
    """How far two samples are apart.

    Attributes:
        distance: Kolmogorov-Smirnov distance, 0 (alike) to 1 (nothing in common).
        chance_distance: What two samples of these sizes of one law exceed in 5 % of cases.
        usual_chance: Median distance of as many values as the first sample has, drawn from the
            second: what a simulation without a fault would show.
        real_count: Values of the first sample.
        simulated_count: Values of the second.
    """

    distance: float
    chance_distance: float
    usual_chance: float
    real_count: int
    simulated_count: int


def measure_distance(real: Array, simulated: Array) -> Distance:
    """The distance of two samples with their sizes and what chance alone would give.

    Args:
        real: Numbers without NaN, shape (n,), n > 0.
        simulated: The same, shape (m,), m > 0.

    Raises:
        ValueError: A sample is empty or holds NaN.
    """
    return Distance(
        distance=ks_distance(real, simulated),
        chance_distance=chance_distance(len(real), len(simulated)),
        usual_chance=usual_chance(simulated, len(real)),
        real_count=len(real),
        simulated_count=len(simulated),
    )


def ks_distance(one: Array, other: Array) -> float:
    """The two-sample Kolmogorov-Smirnov distance: the widest gap between the two step curves.

    Equal values step together, so counts and rounded values are compared fairly. For values that
    are 0 or 1 it is the difference of the two shares.

    Args:
        one: Numbers without NaN, shape (n,), n > 0.
        other: The same, shape (m,), m > 0.

    Returns:
        0 to 1; symmetric.

    Raises:
        ValueError: A sample is empty or holds NaN.
    """
    first, second = np.sort(_checked(one)), np.sort(_checked(other))
    steps = np.concatenate((first, second))
    reached_first = np.searchsorted(first, steps, side="right") / len(first)
    reached_second = np.searchsorted(second, steps, side="right") / len(second)
    return float(np.abs(reached_first - reached_second).max())


def chance_distance(one_count: int, other_count: int) -> float:
    """The distance that two samples of one law exceed in 5 % of cases, at most 1.

    Exact for many values of a continuous law; with ties chance gives less. Values that belong
    together (the sessions of one user) count for fewer than they are, so that the real figure is
    higher.

    *Source*: Smirnov's limit, 1.358 sqrt((n + m) / (n m)).
    """
    pooled = (one_count + other_count) / (one_count * other_count)
    return min(1.0, _CHANCE_FACTOR * float(np.sqrt(pooled)))


def usual_chance(law: Array, count: int, draw_count: int = 101) -> float:
    """The median distance from a sample to as many values drawn from it, with replacement.

    Args:
        law: Numbers without NaN, shape (m,), m > 0.
        count: Values per draw, at least 1.
        draw_count: Draws; always the same ones.

    Raises:
        ValueError: The sample is empty or holds NaN.

    *Source*: Efron (1979), the bootstrap.
    """
    ordered = np.sort(_checked(law))
    is_step = np.append(ordered[1:] != ordered[:-1], True)
    reached = np.flatnonzero(is_step) + 1
    generator = np.random.default_rng(0)
    distances = []
    for _ in range(draw_count):
        drawn = np.bincount(generator.integers(len(ordered), size=count), minlength=len(ordered))
        gap = np.cumsum(drawn)[is_step] / count - reached / len(ordered)
        distances.append(np.abs(gap).max())
    return float(np.median(distances))


def step_curve(values: Array, step_count: int = 100) -> tuple[Array, Array]:
    """The share of values up to each of some quantiles, to draw a sample with few points.

    Args:
        values: Numbers without NaN, shape (n,), n > 0.
        step_count: Quantiles, evenly spaced; those that are equal become one point.

    Returns:
        Values in rising order, and for each the share (0-1) of the sample that does not exceed it.

    Raises:
        ValueError: The sample is empty or holds NaN.
    """
    ordered = np.sort(_checked(values))
    levels = np.linspace(0, 1, step_count + 1)
    points = np.unique(np.quantile(ordered, levels, method="inverted_cdf"))
    return points, np.searchsorted(ordered, points, side="right") / len(ordered)


def quantiles(values: Array, levels: Sequence[float] = QUANTILE_LEVELS) -> dict[float, float]:
    """Value per level, interpolated between neighbours.

    Args:
        values: Numbers without NaN, shape (n,), n > 0.
        levels: Between 0 and 1.

    Raises:
        ValueError: The sample is empty or holds NaN.
    """
    found = np.quantile(_checked(values), levels)
    return {level: float(value) for level, value in zip(levels, found, strict=True)}


def _checked(values: Array) -> Array:
    numbers = np.asarray(values, dtype=np.float64)
    if not len(numbers) or np.isnan(numbers).any():
        raise ValueError(f"A sample needs values and no NaN; this one has {len(numbers)} values.")
    return numbers
