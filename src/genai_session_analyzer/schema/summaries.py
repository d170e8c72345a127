"""The summaries: friction by tier, metrics by day, and the checks behind them."""

from genai_session_analyzer.schema.table_schema import TableSchema, optional, required
from genai_session_analyzer.schema.values import USER_TIERS

USER_FRICTION_SUMMARY = TableSchema(
    name="user_friction_summary",
    grain="one row per user tier",
    key=("user_tier",),
    description="Where each tier struggles and what it costs.",
    columns=(
        required("user_tier", "string", "subscription tier", USER_TIERS),
        required("user_count", "int64", "users with a session"),
        required("session_count", "int64", "sessions"),
        required("generation_count", "int64", "generations"),
        optional("mean_friction_score", "float64", "mean over sessions that have a score, 0-100"),
        required("low_friction_sessions", "int64", "sessions in the low band"),
        required("medium_friction_sessions", "int64", "sessions in the medium band"),
        required("high_friction_sessions", "int64", "sessions in the high band"),
        optional("success_rate", "float64", "successes / generations of known status, 0-1"),
        optional("mean_latency_ms", "float64", "mean over generations of known latency, ms"),
        optional("total_cost_credits", "float64", "known cost in credits; null = none recorded"),
        optional(
            "mean_session_cost_credits", "float64", "mean over sessions of known cost, credits"
        ),
        optional("generations_per_session", "float64", "generations / sessions"),
        required("thumbs_up_count", "int64", "generations with a thumbs up"),
        required("thumbs_down_count", "int64", "generations with a thumbs down"),
        required("download_count", "int64", "generations with a downloaded image"),
        optional("feedback_rate", "float64", "generations with a verdict / generations, 0-1"),
        optional("download_rate", "float64", "downloads / successes, 0-1"),
    ),
)

DAILY_METRICS = TableSchema(
    name="daily_metrics",
    grain="one row per day, no day left out between the first and the last",
    key=("session_date",),
    description="Sessions by the day they started on; counts are 0 and rates null on empty days.",
    columns=(
        required("session_date", "date", "day the sessions started, UTC"),
        required("active_users", "int64", "users with a session"),
        required("session_count", "int64", "sessions"),
        required("generation_count", "int64", "generations"),
        optional("mean_friction_score", "float64", "mean over sessions that have a score, 0-100"),
        optional("success_rate", "float64", "successes / generations of known status, 0-1"),
        required("success_count", "int64", "generations known to have succeeded"),
        required("timeout_count", "int64", "generations that timed out"),
        required("safety_violation_count", "int64", "generations refused for safety"),
        required("rate_limited_count", "int64", "generations refused by the rate limit"),
        required("model_error_count", "int64", "generations the model failed on"),
        optional("mean_latency_ms", "float64", "mean over generations of known latency, ms"),
        optional("total_cost_credits", "float64", "known cost in credits; null = none recorded"),
        required("thumbs_up_count", "int64", "generations with a thumbs up"),
        required("thumbs_down_count", "int64", "generations with a thumbs down"),
        required("download_count", "int64", "generations with a downloaded image"),
    ),
)

DATA_QUALITY = TableSchema(
    name="data_quality",
    grain="one row per check",
    key=("check_name",),
    description="What was checked before publishing; a failed check stops the publish.",
    columns=(
        required("check_name", "string", "name of the check"),
        required("table_name", "string", "table it looks at"),
        required("passed", "boolean", "whether it passed"),
        required("failing_rows", "int64", "rows that break it; 0 where it passed"),
        optional("detail", "string", "what was found, where there is something to say"),
    ),
)
