"""Randomness that depends on the seed and the row, never on batches or threads."""

import zlib
from collections.abc import Iterator

import numpy as np

BLOCK_ROWS = 65_536
"""Rows of a block. Part of the definition of every simulated value: changing it changes them."""


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


def choose(uniforms: np.ndarray, shares: np.ndarray | tuple[float, ...]) -> np.ndarray:
    """Picks an option per uniform number, with the given shares.

    Args:
        uniforms: Numbers in [0, 1), any shape.
        shares: Non-negative weights of the options, not all zero.

    Returns:
        Index of the option, same shape, int32.
    """
    bounds = np.cumsum(np.asarray(shares, dtype=np.float64))
    picked = np.searchsorted(bounds[:-1] / bounds[-1], uniforms, side="right")
    return picked.astype(np.int32)
