"""Where on the map failures gather: their density against that of successes."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
CELLS = 72
"""Cells along each edge of the map."""
_REACH = 2.2
"""Standard deviation of the smoothing, in cells."""
_PRIOR = 4.0
"""Generations of the overall failure rate that every cell is given: few say little."""
_LEAST = 1.0
"""Generations about a cell below which nothing is said of it."""


@dataclass(frozen=True)
class FailureDensity:
    """How much denser failures lie than successes, in each cell of the map.

    Attributes:
        x: Middles of the columns, shape (cells,).
        y: Middles of the rows, shape (cells,).
        log_ratio: Shape (rows, columns): log2 of the share of all failures that lies about the
            cell over the share of all successes; 1 = twice as many failures as expected, -1 half;
            NaN where hardly a generation lies.
        failure_count: Failures it rests on.
        success_count: Successes it rests on.
    """

    x: Array
    y: Array
    log_ratio: Array
    failure_count: int
    success_count: int


def failure_density(
    places: tuple[Array, Array], failures: Array, successes: Array
) -> FailureDensity:
    """Return the smoothed density of failures against that of successes.

    Both are counted in cells, smoothed with the same Gaussian, and, so that a lone failure does
    not glow, drawn towards the overall rate by a few generations.

    Args:
        places: x and y of the prompts, each of shape (prompts,).
        failures: Failures of each prompt.
        successes: Successes of each prompt.
    """
    x, y = places
    x_edges, y_edges = _edges(x), _edges(y)
    kernel = _kernel()
    failed = _smoothed(_counted(x, y, (x_edges, y_edges), failures), kernel)
    succeeded = _smoothed(_counted(x, y, (x_edges, y_edges), successes), kernel)
    failure_count, success_count = float(failures.sum()), float(successes.sum())
    if failure_count and success_count:
        rate = failure_count / (failure_count + success_count)
        odds = (failed + _PRIOR * rate) / (succeeded + _PRIOR * (1 - rate))
        log_ratio = np.log2(odds * success_count / failure_count)
    else:
        log_ratio = np.full_like(failed, np.nan)
    log_ratio[failed + succeeded < _LEAST] = np.nan
    return FailureDensity(
        _middles(x_edges), _middles(y_edges), log_ratio, int(failure_count), int(success_count)
    )


def _edges(values: Array) -> Array:
    if not len(values):
        return np.linspace(-1, 1, CELLS + 1)
    margin = 0.04 * (values.max() - values.min()) + 1e-6
    return np.linspace(values.min() - margin, values.max() + margin, CELLS + 1)


def _middles(edges: Array) -> Array:
    return (edges[1:] + edges[:-1]) / 2


def _counted(x: Array, y: Array, edges: tuple[Array, Array], weights: Array) -> Array:
    return np.histogram2d(y, x, bins=(edges[1], edges[0]), weights=weights)[0]


def _kernel() -> Array:
    """A Gaussian of height 1: a smoothed cell counts the generations near it, not a share.

    Shape (cells, cells): what each cell gives to each other, of those within three deviations.
    """
    cells = np.arange(CELLS)
    steps = np.subtract.outer(cells, cells)
    return np.where(abs(steps) <= int(3 * _REACH), np.exp(-0.5 * (steps / _REACH) ** 2), 0.0)


def _smoothed(counts: Array, kernel: Array) -> Array:
    return kernel @ counts @ kernel
