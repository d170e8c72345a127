"""Randomness that depends on the seed and the row, never on batches or threads."""

import zlib
from collections.abc import Iterator

import numpy as np

BLOCK_ROWS = 65_536
"""Rows of a block. Part of the definition of every simulated value: changing it changes them."""

_FEW = 16
"""Up to so many bounds it is quicker to hold all numbers against each than to search for each."""


def stream(seed: int, name: str, block: int = 0) -> np.random.Generator:
    """A generator of its own for one purpose and one block of rows.

    Args:
        seed: The run's seed.
        name: What the numbers are for; different names are independent streams.
        block: Number of the block of `BLOCK_ROWS` rows.
    """
    key = np.array([seed, zlib.crc32(name.encode())], dtype=np.uint64)
    counter = np.array([0, 0, 0, block], dtype=np.uint64)
    return np.random.Generator(np.random.Philox(key=key, counter=counter))


def blocks(row_count: int) -> Iterator[tuple[int, slice]]:
    """The blocks of a table: number and rows of each."""
    for block, first in enumerate(range(0, row_count, BLOCK_ROWS)):
        yield block, slice(first, min(first + BLOCK_ROWS, row_count))


def single_uniform(generator: np.random.Generator, size: int) -> np.ndarray:
    """Numbers in [0, 1) in single precision: shares are met to 2**-24, in two thirds of the time.

    Args:
        generator: Is advanced.
        size: How many numbers.
    """
    return generator.random(size, dtype=np.float32)


def choose(uniforms: np.ndarray, shares: np.ndarray | tuple[float, ...]) -> np.ndarray:
    """Picks an option per uniform number, with the given shares.

    Args:
        uniforms: Numbers in [0, 1), any shape.
        shares: Non-negative weights of the options, not all zero.

    Returns:
        Index of the option, same shape, int32.
    """
    bounds = np.cumsum(np.asarray(shares, dtype=np.float64))
    bounds = bounds[:-1] / bounds[-1]
    if len(bounds) > _FEW:
        return np.searchsorted(bounds, uniforms, side="right").astype(np.int32)
    picked = np.zeros(np.shape(uniforms), dtype=np.int32)
    for bound in bounds.tolist():
        picked += uniforms >= bound
    return picked


def poisson(uniforms: np.ndarray, mean: np.ndarray | np.float32, most: int) -> np.ndarray:
    """Poisson numbers, cut at a maximum: the inverse of the distribution function.

    Args:
        uniforms: Numbers in [0, 1).
        mean: The same for all, or one per number; not negative.
        most: The maximum, at most 127.

    Returns:
        Whole numbers, same shape, int8.
    """
    probability = np.exp(-mean)
    reached, count = probability, np.zeros(np.shape(uniforms), dtype=np.int8)
    for number in range(1, most + 1):
        count += uniforms >= reached
        probability = probability * mean / np.float32(number)
        reached = reached + probability
    return count
