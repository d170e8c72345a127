"""The nodes of prompt clusters and the map, in order."""

from kedro.pipeline import Node, Pipeline, node

from genai_session_analyzer.pipelines.enrichment.clusters.describing import (
    build_dim_clusters,
    embed_cluster_titles,
)
from genai_session_analyzer.pipelines.enrichment.clusters.nodes import (
    cluster_prompts,
    outline_clusters,
)
from genai_session_analyzer.pipelines.enrichment.clusters.report import report_clusters
from genai_session_analyzer.pipelines.enrichment.clusters.titling import title_clusters
from genai_session_analyzer.pipelines.enrichment.clusters.usage import measure_clusters


def create_pipeline() -> Pipeline:
    """Embedded prompts in; their clusters, the map and the report out."""
    return Pipeline([*_grouping(), *_describing()], tags="enrichment")


def _grouping() -> list[Node]:
    """Which prompts belong together, and what became of them."""
    return [
        node(
            cluster_prompts,
            ["ftr_prompt_embeddings", "result_store", "tracker", "params:clusters"],
            ["ftr_prompt_clusters", "stg_cluster_parents"],
        ),
        node(
            outline_clusters,
            [
                "ftr_prompt_clusters",
                "stg_cluster_parents",
                "ftr_prompt_embeddings",
                "dim_prompts",
                "params:clusters",
            ],
            "stg_clusters",
        ),
        node(
            measure_clusters,
            ["ftr_prompt_clusters", "stg_cluster_parents", "fct_generations", "fct_sessions"],
            "stg_cluster_usage",
        ),
    ]


def _describing() -> list[Node]:
    """Titles, the table of clusters and the report."""
    return [
        node(
            title_clusters,
            ["stg_clusters", "language_model", "result_store", "tracker"],
            "stg_cluster_titles",
        ),
        node(
            embed_cluster_titles,
            ["stg_cluster_titles", "text_encoder", "result_store", "tracker"],
            "stg_cluster_title_embeddings",
        ),
        node(
            build_dim_clusters,
            [
                "stg_clusters",
                "stg_cluster_titles",
                "stg_cluster_title_embeddings",
                "stg_cluster_usage",
            ],
            "dim_clusters",
        ),
        node(
            report_clusters,
            ["dim_clusters", "ftr_prompt_clusters", "dim_prompts", "tracker"],
            "cluster_report",
        ),
    ]
