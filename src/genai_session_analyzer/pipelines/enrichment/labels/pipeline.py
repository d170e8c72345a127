"""The nodes of labeler 1."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.enrichment.labels.nodes import (
    build_prompt_labeling,
    label_prompts,
)


def create_pipeline(labels: str = "ftr_prompt_labels") -> Pipeline:
    """Prompts and their embeddings in; labels out.

    Args:
        labels: Name of the result; another one where a second labeler's labels are merged behind.
    """
    return Pipeline(
        [
            node(build_prompt_labeling, ["text_encoder", "params:labels"], "prompt_labeling"),
            node(
                label_prompts,
                [
                    "dim_prompts",
                    "ftr_prompt_embeddings",
                    "prompt_labeling",
                    "result_store",
                    "tracker",
                ],
                labels,
            ),
        ],
        tags="enrichment",
    )
