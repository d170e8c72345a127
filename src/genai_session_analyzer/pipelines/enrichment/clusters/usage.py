"""What happened to a cluster's prompts: generations, friction, failures, cost."""

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.semantic import GENERATIONS, SESSIONS


def measure_clusters(
    ftr_prompt_clusters: ir.Table,
    stg_cluster_parents: pa.Table,
    fct_generations: ir.Table,
    fct_sessions: ir.Table,
) -> ir.Table:
    """Return one row per cluster of either level that has generations (key `cluster_id`).

    The measures are those of `semantic/`. A parent's are taken over its own generations and
    sessions, not over its clusters' numbers. A session counts for each cluster it asks from.

    Args:
        ftr_prompt_clusters: Columns prompt_id, cluster_id; noise is left out.
        stg_cluster_parents: One row per cluster: cluster_id, parent_id.
        fct_generations: One row per generation.
        fct_sessions: One row per session.

    Returns:
        cluster_id, generation_count, mean_friction_score (0-100, null where no session has a
        score), failure_rate (0-1, null where no status is known), total_cost_credits (null where
        no cost is known).
    """
    members = _members(ftr_prompt_clusters, stg_cluster_parents)
    generations = members.inner_join(fct_generations, "prompt_id")
    outcomes = generations.group_by("cluster_id").aggregate(
        **GENERATIONS.values(generations, ("generation_count", "error_rate", "total_cost_credits"))
    )
    asked = generations.select("cluster_id", "session_id").distinct()
    sessions = asked.inner_join(fct_sessions, "session_id")
    friction = sessions.group_by("cluster_id").aggregate(
        **SESSIONS.values(sessions, ("mean_friction_score",))
    )
    return outcomes.left_join(friction, "cluster_id").select(
        "cluster_id",
        "generation_count",
        "mean_friction_score",
        "total_cost_credits",
        failure_rate=outcomes.error_rate,
    )


def _members(ftr_prompt_clusters: ir.Table, stg_cluster_parents: pa.Table) -> ir.Table:
    """One row per prompt and level: prompt_id, cluster_id."""
    inside = ftr_prompt_clusters.filter(ftr_prompt_clusters.cluster_id >= 0)
    lower = inside.select("prompt_id", "cluster_id")
    parents = ibis.memtable(stg_cluster_parents.select(["cluster_id", "parent_id"]))
    upper = lower.inner_join(parents.filter(parents.parent_id.notnull()), "cluster_id")
    return lower.union(upper.select("prompt_id", cluster_id="parent_id"))
