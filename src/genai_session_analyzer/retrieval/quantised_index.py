"""Many vectors in half the memory: all scored as 8-bit numbers, the best again as 15-bit ones.

A vector is `scale * (coarse + fine / 254)`: `coarse` in -63..63, `fine` what that leaves over. The
coarse products of a million vectors are one product of 8-bit matrices, a quarter of the bytes of
float32. 63, not 127: processors without VNNI add pairs of products in 16 bits, and those would
overflow.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.retrieval.vector_index import Numbers, Vector, Vectors, best
from genai_session_analyzer.semantic.coded_column import Mask

_COARSE = 63
_FINE = 254
_LEAST_LENGTH = np.float32(1e-30)
_CANDIDATES_A_RESULT = 8
_LEAST_CANDIDATES = 256
_SHARE_WORTH_A_COPY = 0.3

Bytes = NDArray[np.int8]


@dataclass(frozen=True)
class QuantisedIndex:
    """The vectors in two bytes a number.

    Of the vectors that pass, those that the coarse numbers place first are scored in full: 8 a
    result, 256 at least. Cosines are true to 0.0001.

    Attributes:
        coarse: Shape (vectors, dimension).
        fine: Likewise.
        scales: Shape (vectors,).
    """

    coarse: Bytes
    fine: Bytes
    scales: Vector

    def vector(self, number: int) -> Vector:
        """Return the vector of that number, of unit length."""
        restored = self.coarse[number] + self.fine[number].astype(np.float32) / np.float32(_FINE)
        return np.asarray(restored / np.linalg.norm(restored), dtype=np.float32)

    def nearest(self, query: Vector, passing: Mask, k: int) -> tuple[Numbers, Vector]:
        """Return the nearest by looking at every vector that passes."""
        numbers = np.flatnonzero(passing)
        candidates = max(_LEAST_CANDIDATES, _CANDIDATES_A_RESULT * k)
        if len(numbers) > candidates:
            coarse = self._coarse_scores(query, numbers)
            numbers = np.sort(numbers[np.argpartition(coarse, -candidates)[-candidates:]])
        return best(numbers, self._scores(query, numbers), k)

    def _coarse_scores(self, query: Vector, numbers: Numbers) -> Vector:
        asked, _, _ = quantised(query[np.newaxis])
        if len(numbers) == len(self.coarse):
            return _products(asked, self.coarse) * self.scales
        if len(numbers) < _SHARE_WORTH_A_COPY * len(self.coarse):
            return _products(asked, self.coarse.take(numbers, axis=0)) * self.scales[numbers]
        return (_products(asked, self.coarse) * self.scales)[numbers]

    def _scores(self, query: Vector, numbers: Numbers) -> Vector:
        coarse, fine = (
            part.take(numbers, axis=0).astype(np.float32) @ query
            for part in (self.coarse, self.fine)
        )
        return np.asarray((coarse + fine / np.float32(_FINE)) * self.scales[numbers])


def _products(asked: Bytes, vectors: Bytes) -> Vector:
    """Products of one row with each of many, shape (vectors,), exact up to 2^24."""
    import torch  # noqa: PLC0415  (takes a second)

    with _one_thread():
        products = torch._int_mm(torch.from_numpy(asked), torch.from_numpy(vectors).T)
    return products[0].numpy().astype(np.float32)


@contextmanager
def _one_thread() -> Iterator[None]:
    """One core a query: a second one gains little, and where all are busy each waits for both."""
    import torch  # noqa: PLC0415

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)


def quantised(vectors: Vectors) -> tuple[Bytes, Bytes, Vector]:
    """Return coarse numbers, fine numbers and scales of vectors of shape (vectors, dimension)."""
    scales = np.maximum(np.abs(vectors).max(axis=1), _LEAST_LENGTH) / np.float32(_COARSE)
    scaled = vectors / scales[:, np.newaxis]
    coarse = np.rint(scaled)
    fine = np.rint((scaled - coarse) * _FINE)
    return coarse.astype(np.int8), fine.astype(np.int8), scales.astype(np.float32)


def quantised_index(batches: Iterator[Vectors], count: int) -> QuantisedIndex:
    """Return the index of `count` vectors of unit length that come in batches.

    Never holds more than a batch of them as float32.
    """
    first = next(batches)
    coarse, fine = (np.empty((count, first.shape[1]), dtype=np.int8) for _ in range(2))
    scales = np.empty(count, dtype=np.float32)
    at = 0
    for batch in chain([first], batches):
        rows = slice(at, at + len(batch))
        coarse[rows], fine[rows], scales[rows] = quantised(batch)
        at = rows.stop
    return QuantisedIndex(coarse, fine, scales)
