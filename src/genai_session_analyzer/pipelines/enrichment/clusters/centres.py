"""Where a group of prompts lies: centroid, coherence, and the prompts nearest to it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.parameters import DescriptionParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
    Vectors,
)

_CANDIDATES = 20


@dataclass(frozen=True)
class Centres:
    """The middles of groups.

    Attributes:
        centroids: Means of the groups' vectors at unit length, shape (groups, dimension).
        coherence: Mean cosine of the groups' prompts to their centroid, 0-1, one per group.
        cosines: Cosine of each prompt to its group's centroid; NaN for prompts of no group.
    """

    centroids: Vectors
    coherence: NDArray[np.float64]
    cosines: NDArray[np.float64]


def centres(prompts: PromptVectors, groups: NDArray[np.int64], group_count: int) -> Centres:
    """Return the middles of `group_count` groups.

    Args:
        prompts: Vectors of unit length.
        groups: Group of each prompt, 0 to group_count - 1; -1 for none.
        group_count: Groups; each has a prompt at least.
    """
    means = group_means(prompts, groups, group_count)
    lengths = np.linalg.norm(means, axis=1, keepdims=True)
    centroids = np.asarray(means / np.where(lengths > 0, lengths, 1), dtype=np.float32)
    cosines = np.full(len(groups), np.nan)
    for rows, batch in prompts.batches():
        found = np.einsum("ij,ij->i", batch, centroids[groups[rows]], dtype=np.float64)
        cosines[rows] = np.where(groups[rows] >= 0, found, np.nan)
    known = groups >= 0
    totals = np.bincount(groups[known], weights=cosines[known], minlength=group_count)
    counts = np.bincount(groups[known], minlength=group_count)
    return Centres(centroids, totals / np.maximum(counts, 1), cosines)


def group_means(prompts: PromptVectors, groups: NDArray[np.int64], group_count: int) -> Vectors:
    """Return the mean vector of each group, shape (groups, dimension).

    Args:
        prompts: All prompts.
        groups: Group of each prompt, 0 to group_count - 1; -1 for none.
        group_count: Groups; each has a prompt at least.
    """
    sums = np.zeros((group_count, prompts.vectors.shape[1]))
    for rows, batch in prompts.batches():
        sums += _sums(batch, groups[rows], group_count)
    counts = np.bincount(groups[groups >= 0], minlength=group_count)[:, np.newaxis]
    return np.asarray(sums / np.maximum(counts, 1), dtype=np.float32)


def nearest_rows(
    prompts: PromptVectors,
    cosines: NDArray[np.float64],
    rows: NDArray[np.int64],
    parameters: DescriptionParameters,
) -> list[int]:
    """Return the rows nearest to their group's centroid, nearest first, no two much alike.

    Args:
        prompts: All prompts.
        cosines: Of each prompt to its centroid.
        rows: The group's prompts.
        parameters: How many rows, and from which cosine on a prompt is too much like one already
            taken; fewer rows where the group has fewer that differ.
    """
    count = parameters.nearest_prompt_count
    near = rows[np.argsort(-cosines[rows], kind="stable")[: _CANDIDATES * count]]
    vectors = np.asarray(prompts.vectors[near])
    alike = vectors @ vectors.T
    taken: list[int] = []
    for place in range(len(near)):
        if not taken or alike[place, taken].max() <= parameters.max_likeness:
            taken.append(place)
        if len(taken) == count:
            break
    return [int(near[place]) for place in taken]


def _sums(batch: Vectors, numbers: NDArray[np.int64], group_count: int) -> NDArray[np.float64]:
    from scipy.sparse import csr_array  # noqa: PLC0415

    inside = np.flatnonzero(numbers >= 0)
    members = csr_array(
        (np.ones(len(inside)), (numbers[inside], inside)), shape=(group_count, len(batch))
    )
    return np.asarray(members @ batch.astype(np.float64))
