"""UMAP: principal components into few coordinates that keep neighbours together."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import Vectors

FEWEST_PROMPTS = 10
"""Fewer have no neighbourhoods to keep."""
_ROWS_A_BATCH = 2_048
_START_EXTENT = 10.0


@dataclass(frozen=True)
class Layout:
    """What is asked of UMAP: coordinates, how close together, over how many neighbours."""

    dimension: int
    min_distance: float
    neighbour_count: int
    seed: int


def laid_out(components: Vectors, layout: Layout) -> Vectors:
    """Return UMAP's coordinates, shape (prompts, dimension); the start are the components.

    The neighbours are searched exactly: up to tens of thousands as fast as UMAP's own search,
    without the half minute its compilation takes, and the same in every process.

    Args:
        components: Principal components by prompt, of 10 prompts at least.
        layout: What is wanted.

    *Source*: McInnes et al., UMAP, 2018 (arXiv:1802.03426).
    """
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Tensorflow not installed")
        from umap import UMAP  # noqa: PLC0415

    count = min(layout.neighbour_count, len(components) - 1)
    model = UMAP(
        n_components=layout.dimension,
        n_neighbors=count,
        min_dist=layout.min_distance,
        init=first_coordinates(components, layout.dimension) * _START_EXTENT,
        random_state=layout.seed,
        n_jobs=1,
        precomputed_knn=(*_neighbours(components, count), None),
    )
    with warnings.catch_warnings():  # what UMAP cannot do without its own search is not used here
        warnings.filterwarnings("ignore", message=r"precomputed_knn\[2\]")
        return np.asarray(model.fit_transform(components), dtype=np.float32)


def first_coordinates(components: Vectors, dimension: int) -> Vectors:
    """Return the first components, zeros where there are fewer than `dimension`."""
    start = np.zeros((len(components), dimension), dtype=np.float32)
    start[:, : components.shape[1]] = components[:, :dimension]
    return start


def squared_distances(vectors: Vectors, anchors: Vectors) -> Iterator[tuple[slice, Vectors]]:
    """Yield rows of `vectors` and their squared distances to all anchors, some rows at a time."""
    lengths = np.square(anchors).sum(axis=1)
    for start in range(0, len(vectors), _ROWS_A_BATCH):
        rows = slice(start, start + _ROWS_A_BATCH)
        batch = vectors[rows]
        own = np.square(batch).sum(axis=1)[:, np.newaxis]
        yield rows, lengths - 2 * (batch @ anchors.T) + own


def _neighbours(components: Vectors, count: int) -> tuple[NDArray[np.int32], Vectors]:
    """Each row's nearest rows, itself first, and their distances, ascending."""
    indices = np.empty((len(components), count), dtype=np.int32)
    distances = np.empty((len(components), count), dtype=np.float32)
    for rows, squares in squared_distances(components, components):
        own = np.arange(len(components))[rows]
        squares[np.arange(len(own)), own] = -1.0
        near = np.argpartition(squares, count - 1, axis=1)[:, :count]
        order = np.argsort(np.take_along_axis(squares, near, axis=1), axis=1, kind="stable")
        near = np.take_along_axis(near, order, axis=1)
        indices[rows] = near
        distances[rows] = np.sqrt(np.maximum(np.take_along_axis(squares, near, axis=1), 0))
    return indices, distances
