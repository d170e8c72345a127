"""The summaries by tier and by day as plain SQL: what a person would write by hand."""

from genai_session_analyzer.schema import TABLES

_SESSION_SUMS = """
    count(DISTINCT user_id) AS user_count, count(*) AS session_count,
    sum(generation_count)::BIGINT AS generation_count,
    round(exact(friction_score) / nullif(count(friction_score), 0), 6) AS mean_friction_score,
    count(*) FILTER (friction_band = 'low') AS low_friction_sessions,
    count(*) FILTER (friction_band = 'medium') AS medium_friction_sessions,
    count(*) FILTER (friction_band = 'high') AS high_friction_sessions,
    round(sum(success_count) / nullif(sum(known_status_count), 0), 6) AS success_rate,
    sum(success_count)::BIGINT AS success_count, sum(timeout_count)::BIGINT AS timeout_count,
    sum(safety_violation_count)::BIGINT AS safety_violation_count,
    sum(rate_limited_count)::BIGINT AS rate_limited_count,
    sum(model_error_count)::BIGINT AS model_error_count,
    round(sum(total_latency_ms) / nullif(sum(known_latency_count), 0), 6) AS mean_latency_ms,
    round(exact(total_cost_credits), 6) AS total_cost_credits,
    round(exact(total_cost_credits) / nullif(count(total_cost_credits), 0), 6)
        AS mean_session_cost_credits,
    round(sum(generation_count) / count(*), 6) AS generations_per_session,
    sum(thumbs_up_count)::BIGINT AS thumbs_up_count,
    sum(thumbs_down_count)::BIGINT AS thumbs_down_count,
    sum(download_count)::BIGINT AS download_count,
    round(sum(thumbs_up_count + thumbs_down_count) / sum(generation_count), 6) AS feedback_rate,
    round(sum(download_count) / nullif(sum(success_count), 0), 6) AS download_rate
"""
SUMMARIES = """
CREATE OR REPLACE TABLE user_friction_summary AS
SELECT {tier_columns} FROM (SELECT user_tier, {sums} FROM fct_sessions GROUP BY user_tier);

CREATE OR REPLACE TABLE daily_metrics AS
WITH days AS (
    SELECT unnest(generate_series(min(session_date), max(session_date), INTERVAL 1 DAY))::DATE
        AS session_date FROM fct_sessions),
sums AS (SELECT session_date, {sums} FROM fct_sessions GROUP BY session_date)
SELECT session_date, coalesce(user_count, 0) AS active_users, {day_columns}
FROM days LEFT JOIN sums USING (session_date);
""".format(
    sums=_SESSION_SUMS,
    tier_columns=", ".join(TABLES["user_friction_summary"].column_names),
    day_columns=", ".join(
        f"coalesce({name}, 0) AS {name}" if name.endswith("_count") else name
        for name in TABLES["daily_metrics"].column_names[2:]
    ),
)
