"""Cluster ids that stay: today's clusters matched to those of the run before."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.grouping import NOISE, Labels


@dataclass(frozen=True)
class Assignment:
    """Which cluster each prompt is in.

    Attributes:
        prompt_ids: Ascending.
        cluster_ids: One per prompt; `NOISE` where it is in none.
        next_id: The first id that no cluster has ever had.
    """

    prompt_ids: pa.Array
    cluster_ids: Labels
    next_id: int


def with_stable_ids(
    prompt_ids: pa.Array, labels: Labels, previous: Assignment, min_overlap: float
) -> Assignment:
    """Return the clusters under the ids of the previous ones they go on from.

    Old and new clusters are matched one to one so that the prompts they have in common, as a share
    of the prompts either has among those known to both runs, add up to the most. A match below
    `min_overlap` is none. Unmatched clusters get ids that were never used, larger ones first.

    Args:
        prompt_ids: Today's prompts, ascending.
        labels: Today's clusters by prompt, any numbers; `NOISE` for none.
        previous: The run before; no prompts where there is none.
        min_overlap: Share from which a cluster counts as an old one, 0-1.
    """
    numbers, sizes = np.unique(labels[labels != NOISE], return_counts=True)
    old_labels, new_labels = _on_common_prompts(prompt_ids, labels, previous)
    matched = _matches(old_labels, new_labels, min_overlap)
    unmatched = [
        int(number)
        for number in numbers[np.lexsort((numbers, -sizes))]
        if int(number) not in matched
    ]
    fresh = {number: previous.next_id + place for place, number in enumerate(unmatched)}
    id_of = matched | fresh
    by_number = np.array([id_of[int(number)] for number in numbers], dtype=np.int32)
    cluster_ids = np.full(len(labels), NOISE, dtype=np.int32)
    inside = labels != NOISE
    cluster_ids[inside] = by_number[np.searchsorted(numbers, labels[inside])]
    return Assignment(prompt_ids, cluster_ids, previous.next_id + len(unmatched))


def nothing_before() -> Assignment:
    """Return the assignment of the run before the first."""
    return Assignment(pa.array([], pa.string()), np.empty(0, dtype=np.int32), 0)


def old_labels_of(prompt_ids: pa.Array, previous: Assignment) -> tuple[NDArray[np.bool_], Labels]:
    """Return which prompts the previous run knew, and those prompts' clusters in it."""
    places = pc.index_in(prompt_ids, value_set=previous.prompt_ids)
    known = pc.is_valid(places).to_numpy(zero_copy_only=False)
    return known, previous.cluster_ids[places.drop_null().to_numpy(zero_copy_only=False)]


def _on_common_prompts(
    prompt_ids: pa.Array, labels: Labels, previous: Assignment
) -> tuple[Labels, Labels]:
    known, old = old_labels_of(prompt_ids, previous)
    return old, labels[known]


def _matches(old: Labels, new: Labels, min_overlap: float) -> dict[int, int]:
    """Ids of old clusters by the number of the new one that goes on from them."""
    from scipy.optimize import linear_sum_assignment  # noqa: PLC0415

    old_ids = np.unique(old[old != NOISE])
    numbers = np.unique(new[new != NOISE])
    if not len(old_ids) or not len(numbers):
        return {}
    both = (old != NOISE) & (new != NOISE)
    cells = np.searchsorted(old_ids, old[both]) * len(numbers) + np.searchsorted(numbers, new[both])
    shape = (len(old_ids), len(numbers))
    common = np.bincount(cells, minlength=shape[0] * shape[1]).reshape(shape)
    old_sizes = np.bincount(np.searchsorted(old_ids, old[old != NOISE]), minlength=shape[0])
    new_sizes = np.bincount(np.searchsorted(numbers, new[new != NOISE]), minlength=shape[1])
    overlap = common / (old_sizes[:, np.newaxis] + new_sizes - common)
    pairs = zip(*linear_sum_assignment(overlap, maximize=True), strict=True)
    return {
        int(numbers[column]): int(old_ids[row])
        for row, column in pairs
        if overlap[row, column] >= min_overlap
    }
