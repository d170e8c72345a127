"""The nodes that group prompts and say what each cluster is made of."""

import time

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.errors import SchemaError
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.clusters.kept_results import KeptTable, worked
from genai_session_analyzer.pipelines.enrichment.clusters.outline import (
    STG_CLUSTERS,
    Source,
    level_of,
    outlined,
)
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import ClusterParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import read_vectors
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_work import (
    CODE_VERSION,
    PromptWork,
)
from genai_session_analyzer.pipelines.enrichment.tracking import TrackedDataset, Tracker
from genai_session_analyzer.pipelines.progress import progress


def cluster_prompts(
    ftr_prompt_embeddings: ir.Table,
    result_store: ResultStore,
    tracker: Tracker,
    parameters: ClusterParameters,
) -> tuple[pa.Table, pa.Table]:
    """Return the cluster and the place of every prompt, and the parent of every cluster.

    Where neither prompts nor parameters are new, kept results are returned and nothing is fitted.
    Ids go on from the run before; they are never given to another cluster.

    Args:
        ftr_prompt_embeddings: One row per prompt, embeddings of one model.
        result_store: Where results of all runs are kept.
        tracker: Opens the run `cluster_prompts`.
        parameters: Of clusters and map.

    Returns:
        ftr_prompt_clusters, one row per prompt: prompt_id, cluster_id (-1 = in none), distance
        (1 - cosine to the centroid; null where in none), x, y (-1 to 1), mlflow_run_id. And
        stg_cluster_parents, one row per cluster: cluster_id, parent_id (null where there is no
        upper level), mlflow_run_id.

    Raises:
        ModelError: HDBSCAN was asked for more prompts than it is allowed.
        ResultStoreError: The store cannot be read or written.
        SchemaError: The embeddings are of several models or lengths.
    """
    with tracker.step("cluster_prompts") as run:
        started = time.perf_counter()
        work = PromptWork(read_vectors(ftr_prompt_embeddings), parameters, run.run_id)
        prompts = work.prompts
        run.log_parameters(
            parameters.model_dump()
            | {"model": prompts.model, "revision": prompts.revision, "code_version": CODE_VERSION}
        )
        run.log_dataset(
            TrackedDataset("ftr_prompt_embeddings", "warehouse", len(prompts.ids), prompts.digest)
        )
        with progress("grouping and placing prompts (steps)", 2) as advance:
            groups, are_groups_new = worked(
                result_store, work.grouping, work.grouping_history, work.group
            )
            advance(1)
            places, are_places_new = worked(
                result_store, work.placing, work.placing_history, work.place
            )
            advance(1)
        run.log_metrics(
            {
                **{name: fact for name, fact in groups.facts.items() if name != "next_id"},
                **places.facts,
                "new": float(len(prompts.ids)) if are_groups_new else 0.0,
                "newly_placed": float(len(prompts.ids)) if are_places_new else 0.0,
                "seconds": time.perf_counter() - started,
            }
        )
    return _ftr_prompt_clusters(groups, places), _parents(groups)


def outline_clusters(
    ftr_prompt_clusters: ir.Table,
    stg_cluster_parents: pa.Table,
    ftr_prompt_embeddings: ir.Table,
    dim_prompts: ir.Table,
    parameters: ClusterParameters,
) -> pa.Table:
    """Return one row per cluster of either level (key `cluster_id`): see `STG_CLUSTERS`.

    Args:
        ftr_prompt_clusters: The cluster of every prompt.
        stg_cluster_parents: The parent of every cluster.
        ftr_prompt_embeddings: The prompts' embeddings.
        dim_prompts: The prompts' texts.
        parameters: Of the description.

    Raises:
        SchemaError: Clusters and embeddings are not of the same prompts.
    """
    prompts = read_vectors(ftr_prompt_embeddings)
    columns = ftr_prompt_clusters.select("prompt_id", "cluster_id").order_by("prompt_id")
    members = columns.to_pyarrow()
    if not members["prompt_id"].combine_chunks().equals(prompts.ids):
        raise SchemaError(
            f"ftr_prompt_clusters ({members.num_rows:,} prompts) and ftr_prompt_embeddings "
            f"({len(prompts.ids):,}) are not of the same prompts; run the step cluster_prompts."
        )
    lower = members["cluster_id"].to_numpy()
    parent_ids = pc.fill_null(stg_cluster_parents["parent_id"], -1).to_numpy()
    cluster_ids = stg_cluster_parents["cluster_id"].to_numpy()
    upper = np.full(len(lower), -1, dtype=np.int32)
    inside = lower >= 0
    upper[inside] = parent_ids[np.searchsorted(cluster_ids, lower[inside])]
    source = Source(prompts, dim_prompts, parameters.description)
    outlines = outlined(source, (level_of(0, upper), level_of(1, lower)))
    return _with_parents(outlines, stg_cluster_parents)


def _ftr_prompt_clusters(groups: KeptTable, places: KeptTable) -> pa.Table:
    rows = groups.table
    return pa.table(
        {
            "prompt_id": rows["prompt_id"],
            "cluster_id": rows["cluster_id"],
            "distance": rows["distance"],
            "x": places.table["x"].cast(pa.float64()),
            "y": places.table["y"].cast(pa.float64()),
            "mlflow_run_id": pa.repeat(groups.run_id, rows.num_rows),
        }
    )


def _parents(groups: KeptTable) -> pa.Table:
    pairs = groups.table.filter(pc.greater_equal(groups.table["cluster_id"], 0))
    found = pairs.group_by("cluster_id").aggregate([("parent_id", "min")]).sort_by("cluster_id")
    parent_ids = found["parent_id_min"].combine_chunks()
    return pa.table(
        {
            "cluster_id": found["cluster_id"],
            "parent_id": pc.if_else(pc.less(parent_ids, 0), None, parent_ids),
            "mlflow_run_id": pa.repeat(groups.run_id, found.num_rows),
        }
    )


def _with_parents(clusters: pa.Table, parents: pa.Table) -> pa.Table:
    """Upper clusters have none, and were computed by the run that computed the lower ones."""
    places = pc.index_in(clusters["cluster_id"], value_set=parents["cluster_id"].combine_chunks())
    run_ids = parents["mlflow_run_id"].slice(0, 1).to_pylist() * clusters.num_rows
    columns = {
        "parent_id": parents["parent_id"].take(places).cast(pa.int32()),
        "mlflow_run_id": pa.array(run_ids, pa.string()),
    }
    arrays = [columns.get(name, clusters[name]) for name in STG_CLUSTERS.names]
    return pa.Table.from_arrays(arrays, schema=STG_CLUSTERS)
