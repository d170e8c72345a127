"""The ingestion pipeline: a source in, three views over the raw store out."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.ingestion.nodes import ingest_generations


def create_pipeline() -> Pipeline:
    """Parameters in; `raw_generations`, `rejected_rows` and `ingested_files` out."""
    return Pipeline(
        [
            node(
                ingest_generations,
                [
                    "params:source",
                    "params:corpus",
                    "params:simulation.seed",
                    "params:simulation.profile",
                    "params:dry_run",
                ],
                ["raw_generations", "rejected_rows", "ingested_files"],
            )
        ],
        tags="ingestion",
    )
