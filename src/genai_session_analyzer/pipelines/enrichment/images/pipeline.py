"""Images in three steps: which there are, their thumbnails, their vectors."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.enrichment.images.collect import collect_images
from genai_session_analyzer.pipelines.enrichment.images.embed import embed_images
from genai_session_analyzer.pipelines.enrichment.images.make import make_thumbnails


def create_pipeline() -> Pipeline:
    """Generations, prompts and labels in; ftr_image_embeddings and thumbnails out."""
    return Pipeline(
        [
            node(
                collect_images,
                ["fct_generations", "dim_prompts", "ftr_prompt_labels", "params:images"],
                "collected_images",
            ),
            node(
                make_thumbnails,
                ["collected_images", "params:images", "result_store", "tracker"],
                "stg_images",
            ),
            node(
                embed_images,
                ["stg_images", "image_encoder", "params:images", "result_store", "tracker"],
                "ftr_image_embeddings",
            ),
        ],
        tags="enrichment",
    )
