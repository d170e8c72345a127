"""Clusters of clusters: the upper of two levels."""

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import Vectors

FEWEST_CLUSTERS = 4
"""Fewer clusters need no level above them."""


def parents_of(
    centroids: Vectors, sizes: NDArray[np.int64], parent_count: int | None
) -> NDArray[np.int64]:
    """Return the number of each cluster's parent, from 0, larger parents first.

    Ward's linkage of the centroids, which keeps parents of like breadth.

    Args:
        centroids: Unit length, one row per cluster.
        sizes: Prompts of each cluster.
        parent_count: Parents; None takes the rounded square root of the number of clusters.

    Returns:
        One number per cluster; empty below 4 clusters, where there is no upper level.
    """
    from sklearn.cluster import AgglomerativeClustering  # noqa: PLC0415

    if len(centroids) < FEWEST_CLUSTERS:
        return np.empty(0, dtype=np.int64)
    count = min(parent_count or round(float(np.sqrt(len(centroids)))), len(centroids))
    model = AgglomerativeClustering(n_clusters=count, linkage="ward")
    labels = model.fit_predict(centroids)
    totals = np.bincount(labels, weights=sizes, minlength=count)
    first = np.array([np.flatnonzero(labels == label)[0] for label in range(count)])
    order = np.lexsort((first, -totals))
    rank = np.empty(count, dtype=np.int64)
    rank[order] = np.arange(count)
    return np.asarray(rank[labels], dtype=np.int64)
