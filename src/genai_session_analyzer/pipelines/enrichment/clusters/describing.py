"""The nodes that embed clusters' titles and put all that is known of clusters together."""

import hashlib
from collections.abc import Sequence

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.model_results import (
    Configuration,
    Outcome,
    Place,
    ResultStore,
    counted,
    work_through,
)
from genai_session_analyzer.pipelines.enrichment.tracking import Tracker
from genai_session_analyzer.pipelines.progress import progress

DIM_CLUSTERS = (
    "cluster_id",
    "parent_id",
    "level",
    "title",
    "description",
    "keywords",
    "prompt_count",
    "coherence",
    "nearest_prompt_ids",
    "centroid",
    "title_embedding",
    "generation_count",
    "mean_friction_score",
    "failure_rate",
    "total_cost_credits",
    "mlflow_run_id",
)
"""Columns of dim_clusters, in order."""
_EMBEDDINGS_A_BATCH = 64


def embed_cluster_titles(
    stg_cluster_titles: pa.Table,
    text_encoder: TextEncoder,
    result_store: ResultStore,
    tracker: Tracker,
) -> pa.Table:
    """Return one row per cluster (key `cluster_id`): title_embedding, in the encoder's space.

    A title is embedded once.

    Args:
        stg_cluster_titles: Columns cluster_id, title, description.
        text_encoder: The encoder of the prompts.
        result_store: Where embeddings are kept.
        tracker: Opens the run `embed_cluster_titles`.

    Raises:
        ModelError: The encoder's model is missing or damaged.
    """
    configuration = Configuration("embed_cluster_titles", text_encoder.model, text_encoder.revision)
    titles = stg_cluster_titles["title"].to_pylist()
    with tracker.step("embed_cluster_titles") as run:
        settled = result_store.settled_ids(configuration)
        pending = sorted({title for title in titles if _title_id(title) not in settled})

        def embed(batch: Sequence[str]) -> list[Outcome]:
            """Return the vector of each title, as float32 bytes."""
            vectors = text_encoder.encode(batch)
            return [
                Outcome(_title_id(title), np.asarray(vector, dtype=np.float32).tobytes())
                for title, vector in zip(batch, vectors, strict=True)
            ]

        place = Place(result_store, configuration, run.run_id)
        with progress("embedding titles of clusters", len(pending)) as advance:
            counts = counted(
                len(set(titles)) - len(pending),
                lambda: work_through(pending, embed, place, _EMBEDDINGS_A_BATCH, advance),
            )
        run.log_parameters({"model": text_encoder.model, "revision": text_encoder.revision})
        run.log_metrics(counts.as_metrics())
    kept = _payloads(result_store, configuration)
    vectors = [np.frombuffer(kept[_title_id(title)], dtype=np.float32) for title in titles]
    return pa.table(
        {
            "cluster_id": stg_cluster_titles["cluster_id"],
            "title_embedding": pa.array(vectors, pa.list_(pa.float32())),
        }
    )


def build_dim_clusters(
    stg_clusters: pa.Table,
    stg_cluster_titles: pa.Table,
    stg_cluster_title_embeddings: pa.Table,
    stg_cluster_usage: ir.Table,
) -> pa.Table:
    """Return dim_clusters: one row per cluster of either level (key `cluster_id`).

    Args:
        stg_clusters: What the clusters are made of.
        stg_cluster_titles: What they are called.
        stg_cluster_title_embeddings: The titles as vectors.
        stg_cluster_usage: What happened to their prompts; a cluster without generations has none.
    """
    usage = stg_cluster_usage.to_pyarrow()
    places = pc.index_in(
        stg_clusters["cluster_id"], value_set=usage["cluster_id"].combine_chunks()
    ).combine_chunks()
    measured = {name: usage[name].take(places) for name in usage.column_names}
    known = {name: stg_clusters[name] for name in stg_clusters.column_names}
    known |= {name: stg_cluster_titles[name] for name in ("title", "description")}
    known["title_embedding"] = stg_cluster_title_embeddings["title_embedding"]
    known["generation_count"] = pc.fill_null(measured["generation_count"], 0)
    for name in ("mean_friction_score", "failure_rate", "total_cost_credits"):
        known[name] = measured[name].cast(pa.float64())
    return pa.table({name: known[name] for name in DIM_CLUSTERS})


def _payloads(store: ResultStore, configuration: Configuration) -> dict[str, bytes]:
    return {
        row["content_id"]: row["payload"]
        for batch in store.read(configuration)
        for row in batch.to_pylist()
    }


def _title_id(title: str) -> str:
    return hashlib.sha256(title.encode()).hexdigest()
