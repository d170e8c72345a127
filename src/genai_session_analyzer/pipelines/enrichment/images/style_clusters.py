"""Clusters of style: k-means over image embeddings, numbered by size."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.images.parameters import StyleParameters
from genai_session_analyzer.pipelines.enrichment.images.vectors import Vectors

_STARTS = 4
_MOST_ITERATIONS = 100


@dataclass(frozen=True)
class StyleClusters:
    """The centres, the largest cluster first: its images have style_cluster 0.

    Attributes:
        centres: Shape (clusters, dimension).
        silhouette: -1 to 1 on the images they were fitted on; None for fewer than two clusters.
    """

    centres: Vectors
    silhouette: float | None

    def assign(self, vectors: Vectors) -> NDArray[np.int32]:
        """Return the number of the nearest centre for each vector, shape (len(vectors),)."""
        half_squares = (self.centres**2).sum(axis=1) / 2
        nearest = np.argmax(vectors @ self.centres.T - half_squares, axis=1)
        return np.asarray(nearest, dtype=np.int32)

    def nearest_to_centre(self, vectors: Vectors, count: int) -> list[list[int]]:
        """Return for each cluster the rows of its `count` vectors nearest to the centre."""
        numbers = self.assign(vectors)
        distances = np.linalg.norm(vectors - self.centres[numbers], axis=1)
        order = np.argsort(distances, kind="stable")
        return [
            order[numbers[order] == number][:count].tolist() for number in range(len(self.centres))
        ]


def fit_style_clusters(vectors: Vectors, parameters: StyleParameters) -> StyleClusters:
    """Return k clusters of some vectors; the same ones for the same vectors in the same order.

    Args:
        vectors: Unit length, shape (images, dimension). With fewer distinct images than clusters,
            each has its own; without images there are none.
        parameters: How many clusters, the seed, how many images the silhouette is measured on.
    """
    if not len(vectors):
        return StyleClusters(vectors, None)
    from sklearn.cluster import KMeans  # noqa: PLC0415  (a second)

    count = min(parameters.cluster_count, len(np.unique(vectors, axis=0)))
    fitted = KMeans(
        count, n_init=_STARTS, max_iter=_MOST_ITERATIONS, random_state=parameters.seed
    ).fit(vectors)
    sizes = np.bincount(fitted.labels_, minlength=count)
    by_size = np.argsort(-sizes, kind="stable")
    centres = np.asarray(fitted.cluster_centers_[by_size], dtype=np.float32)
    return StyleClusters(centres, _silhouette(vectors, fitted.labels_, parameters))


def _silhouette(
    vectors: Vectors, labels: NDArray[np.int32], parameters: StyleParameters
) -> float | None:
    from sklearn.metrics import silhouette_score  # noqa: PLC0415

    rows = slice(parameters.silhouette_count)
    clusters = len(np.unique(labels[rows]))
    if not 1 < clusters < len(labels[rows]):
        return None
    return float(silhouette_score(vectors[rows], labels[rows]))
