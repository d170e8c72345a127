"""The features: what models say about prompts and images, and the clusters they fall into.

Every row names the MLflow run that computed it. The tables are empty until the pipeline
`enrichment` has run; they hold no prompt that `dim_prompts` does not.
"""

from genai_session_analyzer.schema.table_schema import Column, TableSchema, optional, required
from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DOMAINS,
    IMAGE_SOURCES,
    MOODS,
    PARSE_STATUSES,
)

_RUN = required("mlflow_run_id", "string", "MLflow run that computed the row")


def _label(name: str, description: str, values: tuple[str, ...] = ()) -> tuple[Column, Column]:
    """A label and its confidence."""
    return (
        optional(name, "string", f"{description}; null = the labeler failed", values),
        optional(f"{name}_confidence", "float64", f"how sure of {name}, 0-1; null = not said"),
    )


FTR_PROMPT_EMBEDDINGS = TableSchema(
    name="ftr_prompt_embeddings",
    grain="one row per prompt",
    key=("prompt_id",),
    description="What each prompt means, as a vector.",
    columns=(
        required("prompt_id", "string", "prompt that was embedded"),
        required("embedding", "array<float32, 384>", "vector of unit length"),
        required("model", "string", "text encoder"),
        required("revision", "string", "what tells versions of the encoder apart"),
        _RUN,
    ),
)

FTR_PROMPT_LABELS = TableSchema(
    name="ftr_prompt_labels",
    grain="one row per prompt",
    key=("prompt_id",),
    description="What each prompt asks for, in the words of the taxonomy.",
    columns=(
        required("prompt_id", "string", "prompt that was labelled"),
        *_label("domain", "what kind of picture", DOMAINS),
        *_label("art_style", "style asked for or implied", ART_STYLES),
        *_label("mood", "mood of the picture", MOODS),
        *_label("subject", "main subject, in the prompt's words"),
        *_label("setting", "where it takes place, in a few words"),
        *_label("lighting", "light asked for, in a few words"),
        optional("complexity_score", "int32", "1 very simple .. 5 very detailed"),
        optional("complexity_score_confidence", "float64", "how sure of complexity_score, 0-1"),
        optional("has_nsfw_intent", "boolean", "the words seek unsafe content"),
        optional("has_nsfw_intent_confidence", "float64", "how sure of has_nsfw_intent, 0-1"),
        required("labeler", "string", "who labelled"),
        required("model", "string", "model behind the labeler"),
        required("revision", "string", "what tells versions of labeler and model apart"),
        required("prompt_version", "string", "version of the taxonomy or prompt template"),
        required("content_id", "string", "id of the labelled content"),
        required("parse_status", "string", "what became of the answer", PARSE_STATUSES),
        _RUN,
    ),
)

FTR_IMAGE_EMBEDDINGS = TableSchema(
    name="ftr_image_embeddings",
    grain="one row per image",
    key=("image_path",),
    description="What each image looks like, as a vector, and how well it fits its prompt.",
    columns=(
        required("image_path", "string", "path of the image in its source"),
        optional("prompt_id", "string", "prompt it was made from; null = not known"),
        required("image_embedding", "array<float32>", "vector of unit length"),
        optional(
            "text_embedding",
            "array<float32>",
            "the prompt in the same space; null = the image encoder knows no texts",
        ),
        optional(
            "alignment_score",
            "float64",
            "cosine of image and prompt; null = the image encoder knows no texts",
        ),
        required("style_cluster", "int32", "k-means cluster of the image embedding"),
        required("thumbnail_path", "string", "WebP thumbnail, relative to the blob folder"),
        required("image_source", "string", "where the image comes from", IMAGE_SOURCES),
        required("model", "string", "image encoder"),
        required("revision", "string", "what tells versions of the encoder apart"),
        _RUN,
    ),
)

FTR_PROMPT_CLUSTERS = TableSchema(
    name="ftr_prompt_clusters",
    grain="one row per prompt",
    key=("prompt_id",),
    description="Which cluster each prompt belongs to, and its place on the map.",
    columns=(
        required("prompt_id", "string", "prompt"),
        required("cluster_id", "int32", "cluster of level 1; -1 = in none"),
        optional("distance", "float64", "1 - cosine to the cluster's centroid; null = in none"),
        required("x", "float64", "place on the map, about -1 to 1"),
        required("y", "float64", "place on the map, about -1 to 1"),
        _RUN,
    ),
)

DIM_CLUSTERS = TableSchema(
    name="dim_clusters",
    grain="one row per cluster of prompts",
    key=("cluster_id",),
    description="Clusters of prompts in two levels, with what became of their generations.",
    columns=(
        required("cluster_id", "int32", "id, the same from run to run"),
        optional("parent_id", "int32", "cluster of level 0 it belongs to; null = is of level 0"),
        required("level", "int32", "0 parents, 1 the clusters prompts belong to"),
        required("title", "string", "a few words"),
        required("description", "string", "one line: what sets it apart from its neighbours"),
        required("keywords", "array<string>", "words that set it apart, strongest first"),
        required("prompt_count", "int64", "distinct prompts"),
        required("coherence", "float64", "mean cosine of its prompts to the centroid"),
        required("nearest_prompt_ids", "array<string>", "prompts next to the centroid"),
        required("centroid", "array<float32>", "mean direction of its prompts' embeddings"),
        required("title_embedding", "array<float32>", "embedding of title and description"),
        required("generation_count", "int64", "generations of its prompts"),
        optional("mean_friction_score", "float64", "of its generations' sessions, 0-100"),
        optional("failure_rate", "float64", "failures / generations of known status, 0-1"),
        optional("total_cost_credits", "float64", "known cost of its generations in credits"),
        _RUN,
    ),
)

FEATURE_TABLES = (
    "ftr_prompt_embeddings",
    "ftr_prompt_labels",
    "ftr_image_embeddings",
    "ftr_prompt_clusters",
    "dim_clusters",
)
"""Names of the tables above."""
