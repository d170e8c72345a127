"""The vectors of a build in memory, and the nearest of those that pass a filter."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.semantic.coded_column import Mask

Vector = NDArray[np.float32]
Vectors = NDArray[np.float32]
Numbers = NDArray[np.int64]

_SHARE_WORTH_A_COPY = 0.1


class VectorIndex(Protocol):
    """Finds the nearest vectors; safe for any number of threads."""

    def vector(self, number: int) -> Vector:
        """Return the vector of that number, of unit length."""

    def nearest(self, query: Vector, passing: Mask, k: int) -> tuple[Numbers, Vector]:
        """Return the numbers of the nearest vectors that pass, and their cosines.

        Most alike first, the lower number first among equals; fewer than k where fewer pass.

        Args:
            query: Shape (dimension,), of unit length.
            passing: Which vectors are ranked, shape (vectors,).
            k: How many, at least 1.
        """


@dataclass(frozen=True)
class ExactIndex:
    """All vectors as float32: the reference, and the fastest for few vectors."""

    vectors: Vectors

    def vector(self, number: int) -> Vector:
        """Return the vector of that number."""
        return np.asarray(self.vectors[number])

    def nearest(self, query: Vector, passing: Mask, k: int) -> tuple[Numbers, Vector]:
        """Return the nearest by looking at every vector that passes."""
        numbers = np.flatnonzero(passing)
        if len(numbers) < _SHARE_WORTH_A_COPY * len(passing):
            scores = self.vectors[numbers] @ query
        else:
            scores = (self.vectors @ query)[numbers]
        return best(numbers, scores, k)


def best(numbers: Numbers, scores: Vector, k: int) -> tuple[Numbers, Vector]:
    """Return the k best scores with their numbers, best first, the lower number among equals.

    Args:
        numbers: Ascending, shape (candidates,).
        scores: Higher is better, shape (candidates,).
        k: How many, at least 1.
    """
    if len(scores) > k:
        kept = np.flatnonzero(scores >= np.partition(scores, -k)[-k])
        numbers, scores = numbers[kept], scores[kept]
    order = np.argsort(-scores, kind="stable")[:k]
    return numbers[order], scores[order]


def exact_index(batches: Iterator[Vectors]) -> ExactIndex:
    """Return the index of all vectors of unit length that come in batches, at least one batch."""
    first = next(batches)
    return ExactIndex(np.concatenate(list(chain([first], batches))))
