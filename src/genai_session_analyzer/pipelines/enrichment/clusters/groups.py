"""All prompts into clusters whose ids go on from the run before."""

import numpy as np
from threadpoolctl import threadpool_limits

from genai_session_analyzer.pipelines.enrichment.clusters.centres import group_means
from genai_session_analyzer.pipelines.enrichment.clusters.grouping import (
    NOISE,
    Labels,
    chosen_algorithm,
    cluster_count,
    continued,
    density_clusters,
    fit_kmeans,
    nearest_centroids,
    refined,
)
from genai_session_analyzer.pipelines.enrichment.clusters.layout import (
    FEWEST_PROMPTS,
    Layout,
    laid_out,
)
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import GroupingParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
    Vectors,
)
from genai_session_analyzer.pipelines.enrichment.clusters.reduction import principal_components
from genai_session_analyzer.pipelines.enrichment.clusters.stable_ids import (
    Assignment,
    old_labels_of,
    with_stable_ids,
)

_DENSITY_DIMENSION = 5
_DENSITY_NEIGHBOURS = 15


def group_prompts(
    prompts: PromptVectors,
    previous: Assignment,
    parameters: GroupingParameters,
) -> Assignment:
    """Return the cluster of every prompt, under an id that stays.

    One thread, whatever the machine has: sums in another order would be other clusters.

    Args:
        prompts: All prompts.
        previous: The run before, of any model; `nothing_before()` where there is none.
        parameters: Of the grouping.

    Raises:
        ModelError: HDBSCAN was asked for more prompts than it is allowed.
    """
    if not len(prompts.ids):
        return Assignment(prompts.ids, np.empty(0, dtype=np.int32), previous.next_id)
    with threadpool_limits(1):
        if chosen_algorithm(parameters, len(prompts.ids)) == "hdbscan":
            labels = _by_density(prompts, parameters)
        else:
            labels = _by_kmeans(prompts, previous, parameters)
    return with_stable_ids(prompts.ids, labels, previous, parameters.min_overlap)


def _by_density(prompts: PromptVectors, parameters: GroupingParameters) -> Labels:
    """HDBSCAN after UMAP: in the components themselves it calls three prompts in four noise."""
    if len(prompts.ids) < FEWEST_PROMPTS:
        return np.full(len(prompts.ids), NOISE, dtype=np.int32)
    components = principal_components(prompts, parameters.component_count)
    layout = Layout(_DENSITY_DIMENSION, 0.0, _DENSITY_NEIGHBOURS, parameters.seed)
    return density_clusters(laid_out(components, layout), parameters)


def _by_kmeans(
    prompts: PromptVectors, previous: Assignment, parameters: GroupingParameters
) -> Labels:
    old = _old_centroids(prompts, previous)
    sample = prompts.sample_rows(parameters.sample_prompts, parameters.seed)
    sampled = np.asarray(prompts.vectors[sample])
    count = cluster_count(parameters, len(prompts.ids), len(old))
    fresh = fit_kmeans(sampled, count, parameters)
    centroids = continued(sampled, fresh, old, parameters)
    if len(prompts.ids) > len(sample):
        centroids = refined(prompts, centroids, parameters)
    return nearest_centroids(prompts, centroids)


def _old_centroids(prompts: PromptVectors, previous: Assignment) -> Vectors:
    """Means of the prompts that each old cluster still has, as vectors of today's model."""
    known, old = old_labels_of(prompts.ids, previous)
    groups = np.full(len(prompts.ids), -1, dtype=np.int64)
    numbers, places = np.unique(old, return_inverse=True)
    noise_count = int((numbers == NOISE).sum())
    groups[known] = places - noise_count
    return group_means(prompts, groups, len(numbers) - noise_count)
