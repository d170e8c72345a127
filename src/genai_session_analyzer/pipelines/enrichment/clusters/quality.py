"""How good clusters and map are, measured on a sample."""

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.grouping import NOISE, Labels
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
    Vectors,
)
from genai_session_analyzer.pipelines.enrichment.clusters.stable_ids import (
    Assignment,
    old_labels_of,
)

SAMPLE_PROMPTS = 3_000
_NEIGHBOURS = 15


def grouping_quality(prompts: PromptVectors, labels: Labels, seed: int) -> dict[str, float]:
    """Return cluster_count, noise_share (0-1) and, from two clusters on, silhouette (-1 to 1).

    The silhouette is that of cosine distances of at most 3,000 prompts that are in a cluster.
    """
    from sklearn.metrics import silhouette_score  # noqa: PLC0415

    inside = labels != NOISE
    found = {
        "cluster_count": float(len(np.unique(labels[inside]))),
        "noise_share": float(1 - inside.mean()) if len(labels) else 0.0,
    }
    rows = prompts.sample_rows(SAMPLE_PROMPTS, seed)
    rows = rows[inside[rows]]
    if 2 <= len(np.unique(labels[rows])) < len(rows):
        score = silhouette_score(prompts.vectors[rows], labels[rows], metric="cosine")
        found["silhouette"] = float(score)
    return found


def map_quality(prompts: PromptVectors, positions: Vectors, seed: int) -> dict[str, float]:
    """Return trustworthiness (0-1): how far neighbours on the map are neighbours in meaning.

    Of at most 3,000 prompts and 15 neighbours; empty below 40 prompts.

    *Source*: Venna and Kaski, 2001, as in scikit-learn.
    """
    from sklearn.manifold import trustworthiness  # noqa: PLC0415

    rows = prompts.sample_rows(SAMPLE_PROMPTS, seed)
    if len(rows) <= 2 * _NEIGHBOURS + 10:
        return {}
    score = trustworthiness(
        prompts.vectors[rows], positions[rows], n_neighbors=_NEIGHBOURS, metric="cosine"
    )
    return {"trustworthiness": float(score)}


def stability(previous: Assignment, today: Assignment) -> dict[str, float]:
    """Return how far the clusters are those of the run before, on the prompts of both runs.

    `stability_ari` is the adjusted Rand index (1 = the same groups), `kept_id_share` the share of
    prompts with the same id as before; empty where the runs have no prompts in common.
    """
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415

    known, old = old_labels_of(today.prompt_ids, previous)
    if not known.any():
        return {}
    new: NDArray[np.int32] = today.cluster_ids[known]
    return {
        "stability_ari": float(adjusted_rand_score(old, new)),
        "kept_id_share": float((old == new).mean()),
    }
