"""The enrichment pipeline: each part makes the features that the next ones build on."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.enrichment.clusters import pipeline as clusters
from genai_session_analyzer.pipelines.enrichment.embeddings.nodes import embed_prompts
from genai_session_analyzer.pipelines.enrichment.images import pipeline as images
from genai_session_analyzer.pipelines.enrichment.labels import llm_pipeline as second_labels
from genai_session_analyzer.pipelines.enrichment.labels import pipeline as first_labels

LEXICON_LABELS = "lexicon_labels"


def create_pipeline() -> Pipeline:
    """Prompts, generations and sessions in; the five feature tables out."""
    embeddings = Pipeline(
        [
            node(
                embed_prompts,
                ["dim_prompts", "text_encoder", "result_store", "tracker", "params:embedding"],
                "ftr_prompt_embeddings",
            )
        ],
        tags="enrichment",
    )
    return (
        embeddings
        + first_labels.create_pipeline(LEXICON_LABELS)
        + second_labels.create_pipeline(LEXICON_LABELS)
        + images.create_pipeline()
        + clusters.create_pipeline()
    )
