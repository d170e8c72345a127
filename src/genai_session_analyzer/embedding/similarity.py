"""Nearest vectors by looking at all of them: exact, in blocks, at the speed of matrix products."""

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Numbers = NDArray[np.int64]
_QUERIES_A_BLOCK = 256
_VECTORS_A_BLOCK = 32_768


def nearest(queries: Vectors, vectors: Vectors, k: int) -> tuple[Numbers, Vectors]:
    """Return the numbers of the k vectors most like each query, and how alike they are.

    Both have the shape (queries, min(k, vectors)), the most alike first, the lower number first
    among equals; which of several equals are still among the k is arbitrary, but the same each
    time. Memory: some 40 MB beside arguments and results.

    Args:
        queries: Shape (queries, dimension); for cosine similarity, of unit length.
        vectors: Shape (vectors, dimension), likewise.
        k: How many, at least 1.
    """
    count = min(k, len(vectors))
    numbers = np.empty((len(queries), count), dtype=np.int64)
    scores = np.empty((len(queries), count), dtype=np.float32)
    for start in range(0, len(queries), _QUERIES_A_BLOCK):
        rows = slice(start, start + _QUERIES_A_BLOCK)
        numbers[rows], scores[rows] = _nearest_of_block(queries[rows], vectors, count)
    return numbers, scores


def _nearest_of_block(queries: Vectors, vectors: Vectors, k: int) -> tuple[Numbers, Vectors]:
    best = np.empty((len(queries), 0), dtype=np.int64)
    scores = np.empty((len(queries), 0), dtype=np.float32)
    for start in range(0, len(vectors), _VECTORS_A_BLOCK):
        of_block = queries @ vectors[start : start + _VECTORS_A_BLOCK].T
        places = _largest(of_block, k)
        best = np.hstack([best, places + start])
        scores = np.hstack([scores, np.take_along_axis(of_block, places, axis=1)])
        kept = _largest(scores, k)
        best = np.take_along_axis(best, kept, axis=1)
        scores = np.take_along_axis(scores, kept, axis=1)
    order = np.lexsort((best, -scores), axis=1)
    return np.take_along_axis(best, order, axis=1), np.take_along_axis(scores, order, axis=1)


def _largest(scores: Vectors, k: int) -> Numbers:
    """Where the k largest of each row are, in no order."""
    if scores.shape[1] <= k:
        return np.broadcast_to(np.arange(scores.shape[1]), scores.shape)
    return np.argpartition(scores, -k, axis=1)[:, -k:]


def overlap_at_k(reference: Vectors, other: Vectors, k: int = 10) -> float:
    """Return the mean share of a vector's k nearest others that both sets of vectors name, 0-1.

    Args:
        reference: Vectors of the items, shape (items, dimension), of unit length.
        other: Vectors of the same items in the same order, of any dimension.
        k: How many neighbours; the item itself does not count. Fewer than there are items.
    """
    shares = [
        len(set(ours) & set(theirs)) / k
        for ours, theirs in zip(_neighbours(reference, k), _neighbours(other, k), strict=True)
    ]
    return float(np.mean(shares))


def _neighbours(vectors: Vectors, k: int) -> list[list[int]]:
    numbers, _ = nearest(vectors, vectors, k + 1)
    return [[each for each in row if each != own][:k] for own, row in enumerate(numbers.tolist())]
