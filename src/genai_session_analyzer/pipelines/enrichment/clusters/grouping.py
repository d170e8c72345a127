"""Vectors into clusters: k-means that streams, HDBSCAN for tens of thousands."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import (
    ChosenAlgorithm,
    GroupingParameters,
)
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
    Vectors,
)

Labels = NDArray[np.int32]
NOISE = -1
_STARTS = 3
_PASSES = 100


def chosen_algorithm(parameters: GroupingParameters, prompt_count: int) -> ChosenAlgorithm:
    """Return the algorithm for so many prompts.

    `auto` is k-means at every size: every prompt then has a cluster.

    Raises:
        ModelError: HDBSCAN was asked for more prompts than it is allowed.
    """
    if parameters.algorithm != "hdbscan":
        return "kmeans"
    if prompt_count > parameters.hdbscan_max_prompts:
        raise ModelError(
            f"HDBSCAN was asked to cluster {prompt_count:,} prompts, more than "
            f"clusters.grouping.hdbscan_max_prompts = {parameters.hdbscan_max_prompts:,}; "
            "set clusters.grouping.algorithm to kmeans or auto."
        )
    return "hdbscan"


def cluster_count(parameters: GroupingParameters, prompt_count: int, previous: int) -> int:
    """Return k: the parameter, else sqrt(prompts / 2), never more than there are prompts.

    The previous run's count goes on while it is within a fifth of that, so that a day's prompts do
    not cut every cluster anew.

    Args:
        parameters: The count asked for and the largest that is chosen.
        prompt_count: Prompts to cluster, 0 or more.
        previous: Clusters of the previous run; 0 where there is none.

    *Source*: sqrt(n / 2) is the rule of thumb of Mardia et al., Multivariate Analysis, 1979.
    """
    wanted = parameters.cluster_count
    if wanted is None:
        rule = max(1, min(round(float(np.sqrt(prompt_count / 2))), parameters.max_cluster_count))
        wanted = previous if abs(previous - rule) <= rule / 5 else rule
    return min(wanted, prompt_count)


def fit_kmeans(sampled: Vectors, count: int, parameters: GroupingParameters) -> Vectors:
    """Return at most `count` centroids fitted on the sampled prompts, the best of three starts."""
    count = min(count, len(np.unique(sampled, axis=0)))
    model = _kmeans(count, "k-means++", _STARTS, parameters)
    return np.asarray(model.fit(sampled).cluster_centers_, dtype=np.float32)


def continued(
    sampled: Vectors, fresh: Vectors, old: Vectors, parameters: GroupingParameters
) -> Vectors:
    """Return the old centroids, moved to today's prompts, where they fit well enough; else fresh.

    Well enough: mean squared distance at most `keep_within` above that of the fresh ones.

    Args:
        sampled: Prompts the fit is judged on.
        fresh: Centroids fitted without looking back.
        old: Means of the old clusters' prompts; of another count where k has changed.
        parameters: `keep_within`, the seed.
    """
    if len(old) != len(fresh):
        return fresh
    moved = _kmeans(len(old), old, 1, parameters).fit(sampled)
    fitted = _kmeans(len(fresh), fresh, 1, parameters).fit(sampled)
    if moved.inertia_ <= fitted.inertia_ * (1 + parameters.keep_within):
        return np.asarray(moved.cluster_centers_, dtype=np.float32)
    return fresh


def refined(prompts: PromptVectors, centroids: Vectors, parameters: GroupingParameters) -> Vectors:
    """Return the centroids after all prompts have streamed past them once, batch by batch."""
    from sklearn.cluster import MiniBatchKMeans  # noqa: PLC0415

    model = MiniBatchKMeans(
        len(centroids), init=centroids, n_init=1, random_state=parameters.seed, reassignment_ratio=0
    )
    for _, batch in prompts.batches():
        model.partial_fit(batch)
    return np.asarray(model.cluster_centers_, dtype=np.float32)


def nearest_centroids(prompts: PromptVectors, centroids: Vectors) -> Labels:
    """Return the number of each prompt's nearest centroid."""
    lengths = np.square(centroids).sum(axis=1)
    labels = np.empty(len(prompts.ids), dtype=np.int32)
    for rows, batch in prompts.batches():
        labels[rows] = (lengths - 2 * (batch @ centroids.T)).argmin(axis=1)
    return labels


def density_clusters(points: Vectors, parameters: GroupingParameters) -> Labels:
    """Return HDBSCAN's clusters numbered from 0, `NOISE` where a prompt belongs to none."""
    from sklearn.cluster import HDBSCAN  # noqa: PLC0415

    if len(points) < max(parameters.min_cluster_prompts, 2):
        return np.full(len(points), NOISE, dtype=np.int32)
    model = HDBSCAN(min_cluster_size=parameters.min_cluster_prompts, min_samples=5, copy=True)
    return np.asarray(model.fit_predict(points), dtype=np.int32)


def _kmeans(count: int, start: Any, starts: int, parameters: GroupingParameters) -> Any:
    from sklearn.cluster import KMeans  # noqa: PLC0415

    return KMeans(count, init=start, n_init=starts, random_state=parameters.seed, max_iter=_PASSES)
