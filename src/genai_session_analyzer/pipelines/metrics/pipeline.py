"""The metrics pipeline: summaries of the facts, and the checks that guard the publish."""

from kedro.pipeline import Pipeline, node

from genai_session_analyzer.pipelines.metrics.data_quality import (
    build_data_quality,
    find_quality_failures,
)
from genai_session_analyzer.pipelines.metrics.schema_checks import CHECKED_TABLES
from genai_session_analyzer.pipelines.metrics.summaries import (
    build_daily_metrics,
    build_user_friction_summary,
)


def create_pipeline() -> Pipeline:
    """Facts in; summaries and `data_quality` out."""
    return Pipeline(
        [
            node(build_user_friction_summary, "fct_sessions", "user_friction_summary"),
            node(build_daily_metrics, "fct_sessions", "daily_metrics"),
            node(
                build_data_quality,
                {"friction": "params:friction", "replaced_rows": "replaced_rows"}
                | {name: name for name in CHECKED_TABLES},
                "data_quality",
            ),
            node(
                find_quality_failures,
                {"friction": "params:friction", "data_quality": "data_quality"}
                | {name: name for name in CHECKED_TABLES},
                "quality_failures",
            ),
        ],
        tags="metrics",
    )
