"""The ingestion pipeline: a source in, three views over the raw store out."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.ingestion.nodes import ingest_generations
from genai_session_analyzer.pipelines.ingestion.noise.nodes import prepare_source


def create_pipeline() -> Pipeline:
    """Parameters in; `raw_generations`, `rejected_rows`, `ingested_files`, `corpus_truth` out.

    With `noise.is_on`, `noise_truth` too.
    """
    return Pipeline(
        [
            node(
                prepare_source,
                [
                    "params:source",
                    "params:noise",
                    "params:corpus",
                    "params:simulation.seed",
                    "params:dry_run",
                ],
                ["source_to_ingest", "noise_truth"],
            ),
            node(
                ingest_generations,
                [
                    "source_to_ingest",
                    "params:corpus",
                    "params:simulation.seed",
                    "params:simulation.profile",
                    "params:dry_run",
                ],
                ["raw_generations", "rejected_rows", "ingested_files", "corpus_truth"],
            ),
        ],
        tags="ingestion",
    )
