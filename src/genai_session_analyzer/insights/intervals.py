"""How sure one is of a rate or a mean: 95 % intervals, for whole arrays of groups at once."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

Z_95 = 1.959964
"""Of a two-sided 95 % interval. Source: the normal distribution's quantile at 0.975."""
SMALL_GROUP = 30
"""Groups of fewer rows are marked: their numbers move with every row."""

Floats = NDArray[np.float64]


def wilson_interval(
    successes: ArrayLike, trials: ArrayLike, z: float = Z_95
) -> tuple[Floats, Floats]:
    """Lower and upper end of the interval of a rate, 0-1; NaN where nothing was tried.

    It stays within 0-1, is not symmetric, and has a width above 0 even for 0 of n. Trials count as
    independent: where one user brings many, the truth is less sure than this.

    Args:
        successes: How often it happened, one element per group.
        trials: How often it could have, one element per group.
        z: Quantile of the normal distribution for the confidence wanted.

    *Source*: E. B. Wilson, Probable Inference, the Law of Succession, and Statistical Inference,
    JASA 22 (1927), equation of the score interval without continuity correction.
    """
    n = _floats(trials)
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = np.where(n > 0, _floats(successes) / n, np.nan)
        centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
        reach = z / (1 + z * z / n) * np.sqrt(rate * (1 - rate) / n + z * z / (4 * n * n))
    return np.clip(centre - reach, 0, 1), np.clip(centre + reach, 0, 1)


def mean_interval(
    means: ArrayLike, deviations: ArrayLike, counts: ArrayLike, z: float = Z_95
) -> tuple[Floats, Floats]:
    """Lower and upper end of the interval of a mean, in its unit; NaN for fewer than 2 values.

    Args:
        means: Mean of each group.
        deviations: Standard deviation (n - 1) of each group; null or NaN where there is none.
        counts: Values of each group.
        z: Quantile of the normal distribution for the confidence wanted.

    *Source*: the central limit theorem; below `SMALL_GROUP` values the interval is too narrow.
    """
    n = _floats(counts)
    with np.errstate(divide="ignore", invalid="ignore"):
        reach = np.where(n > 1, z * _floats(deviations) / np.sqrt(n), np.nan)
    middle = _floats(means)
    return middle - reach, middle + reach


def _floats(values: ArrayLike) -> Floats:
    """As floats; None becomes NaN."""
    return np.asarray(values, dtype=np.float64)
