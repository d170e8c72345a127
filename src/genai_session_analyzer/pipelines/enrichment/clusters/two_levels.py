"""Both levels of clusters as one table that can be kept, and what is known of its quality."""

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.centres import centres
from genai_session_analyzer.pipelines.enrichment.clusters.grouping import NOISE, Labels
from genai_session_analyzer.pipelines.enrichment.clusters.groups import group_prompts
from genai_session_analyzer.pipelines.enrichment.clusters.hierarchy import parents_of
from genai_session_analyzer.pipelines.enrichment.clusters.kept_results import KeptTable
from genai_session_analyzer.pipelines.enrichment.clusters.outline import level_of
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import ClusterParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
)
from genai_session_analyzer.pipelines.enrichment.clusters.quality import (
    grouping_quality,
    stability,
)
from genai_session_analyzer.pipelines.enrichment.clusters.stable_ids import (
    Assignment,
    nothing_before,
    with_stable_ids,
)


def two_levels(
    prompts: PromptVectors, before: KeptTable | None, parameters: ClusterParameters
) -> tuple[pa.Table, dict[str, float]]:
    """Return each prompt's cluster of both levels, and facts about them.

    Args:
        prompts: All prompts.
        before: What this returned for the run before; ids go on from it.
        parameters: Of the clusters.

    Returns:
        One row per prompt by ascending `prompt_id`: cluster_id and parent_id (-1 for none),
        distance (1 - cosine to the cluster's centroid, 0-2; null for no cluster). And the facts:
        next_id (the first never used) and the measures of `quality`.
    """
    old = _assignment(before, "cluster_id")
    lower = group_prompts(prompts, old, parameters.grouping)
    level = level_of(1, lower.cluster_ids)
    middles = centres(prompts, level.groups, len(level.ids))
    sizes = np.bincount(level.groups[level.groups >= 0], minlength=len(level.ids))
    parents = parents_of(middles.centroids, sizes, parameters.description.parent_count)
    upper = with_stable_ids(
        prompts.ids,
        _by_prompt(parents, level.groups),
        _assignment(before, "parent_id", lower.next_id),
        parameters.grouping.min_overlap,
    )
    facts = {
        "next_id": float(upper.next_id),
        "parent_count": float(len(np.unique(parents))),
        "coherence": float(np.average(middles.coherence, weights=sizes)) if len(sizes) else 0.0,
        **grouping_quality(prompts, lower.cluster_ids, parameters.grouping.seed),
        **stability(old, lower),
    }
    return _as_table(lower, upper, middles.cosines), facts


def _assignment(before: KeptTable | None, column: str, next_id: int | None = None) -> Assignment:
    if before is None:
        nothing = nothing_before()
        return Assignment(nothing.prompt_ids, nothing.cluster_ids, next_id or 0)
    return Assignment(
        before.table["prompt_id"].combine_chunks(),
        before.table[column].to_numpy(),
        int(before.facts["next_id"]) if next_id is None else next_id,
    )


def _by_prompt(parents: NDArray[np.int64], groups: NDArray[np.int64]) -> Labels:
    if not len(parents):
        return np.full(len(groups), NOISE, dtype=np.int32)
    return np.where(groups >= 0, parents[groups], NOISE).astype(np.int32)


def _as_table(lower: Assignment, upper: Assignment, cosines: NDArray[np.float64]) -> pa.Table:
    return pa.table(
        {
            "prompt_id": lower.prompt_ids,
            "cluster_id": pa.array(lower.cluster_ids, pa.int32()),
            "parent_id": pa.array(upper.cluster_ids, pa.int32()),
            "distance": pa.array(np.maximum(1 - cosines, 0), from_pandas=True),
        }
    )
