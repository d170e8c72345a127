"""The pipeline `label_training`: run by hand, on data of one's own; nothing else depends on it."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.label_training.nodes import (
    fit_label_calibration,
    train_nsfw_classifier,
)


def create_pipeline() -> Pipeline:
    """Labelled and flagged prompts in; calibration and NSFW classifier out."""
    return Pipeline(
        [
            node(
                fit_label_calibration,
                ["text_encoder", "tracker", "params:labels", "params:label_training"],
                "label_calibration",
                tags="calibration",
            ),
            node(
                train_nsfw_classifier,
                ["text_encoder", "tracker", "params:label_training"],
                "nsfw_classifier",
                tags="nsfw",
            ),
        ],
        tags="label_training",
    )
