"""The nodes of the labeler that asks a language model, and the merge of both labelers."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.enrichment.labels.llm_merge import merge_labels
from genai_session_analyzer.pipelines.enrichment.labels.llm_nodes import (
    label_with_language_model,
    set_up_language_model_labeling,
)


def create_pipeline(first_labels: str = "lexicon_labels") -> Pipeline:
    """Prompts and labeler 1's labels in; ftr_prompt_labels out.

    Args:
        first_labels: Name of labeler 1's result.
    """
    return Pipeline(
        [
            node(
                set_up_language_model_labeling,
                ["language_model", "params:language_model_labels"],
                "language_model_labeling",
            ),
            node(
                label_with_language_model,
                [
                    "dim_prompts",
                    first_labels,
                    "language_model_labeling",
                    "result_store",
                    "tracker",
                ],
                "language_model_labels",
            ),
            node(
                merge_labels,
                [first_labels, "language_model_labels", "params:language_model_labels"],
                "ftr_prompt_labels",
            ),
        ],
        tags="enrichment",
    )
