"""The publish pipeline: the checked tables become the build that everyone reads."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.publish.nodes import PUBLISHED_TABLES, publish_warehouse


def create_pipeline() -> Pipeline:
    """Modelled and measured tables in; `published_build` out."""
    inputs = {
        "publish": "params:publish",
        "quality_failures": "quality_failures",
        "replaced_rows": "replaced_rows",
    }
    return Pipeline(
        [
            node(
                publish_warehouse,
                inputs | {name: name for name in PUBLISHED_TABLES},
                "published_build",
            )
        ],
        tags="publish",
    )
