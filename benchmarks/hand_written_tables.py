"""The star schema as plain SQL: what a person would write by hand.

The statements make the same tables as the pipelines modeling and metrics (a test holds them equal),
and share nothing with them but the names in `schema/`.
"""

import duckdb

from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.values import STATUSES
from hand_written_summaries import SUMMARIES

CHECKED = (
    "dim_users",
    "dim_prompts",
    "fct_generations",
    "fct_sessions",
    "user_friction_summary",
    "daily_metrics",
)
_MACROS = r"""
CREATE OR REPLACE TEMP MACRO tidy(p) AS CASE
    WHEN contains(p, '  ') OR starts_with(p, ' ') OR ends_with(p, ' ') OR contains(p, chr(9))
        OR contains(p, chr(10)) OR contains(p, chr(13)) OR contains(p, chr(160))
        OR contains(p, chr(12288))
    THEN regexp_replace(regexp_replace(p, '[ \t\n\r\x{a0}\x{3000}]+', ' ', 'g'), '^ | $', '', 'g')
    ELSE p END;
CREATE OR REPLACE TEMP MACRO tokens(t) AS greatest(1, ((len(string_split(t, ' '))
    + len(string_split(t, ',')) - 2) * 667 + length(t) * 97 + 500) // 1000)::INTEGER;
CREATE OR REPLACE TEMP MACRO length_category(n) AS CASE WHEN n <= 10 THEN 'short'
    WHEN n <= 30 THEN 'medium' WHEN n <= 60 THEN 'long' WHEN n IS NOT NULL THEN 'very_long' END;
CREATE OR REPLACE TEMP MACRO origin(is_simulated) AS
    CASE WHEN is_simulated THEN 'simulated' ELSE 'observed' END;
CREATE OR REPLACE TEMP MACRO exact(x) AS sum(x::DECIMAL(38, 9))::DOUBLE;
CREATE OR REPLACE TEMP MACRO at_most_one(x) AS CASE WHEN x < 1 THEN x WHEN x >= 1 THEN 1.0 END;
"""

_COMPLETED = ("status", "latency_ms", "retry_count", "cost_credits", "feedback", "is_downloaded",
              "model_version")  # fmt: skip
_OBSERVED = ("sampler", "steps", "cfg_scale", "width", "height", "seed", "image_count",
             "image_path", "image_nsfw", "prompt_nsfw", "part_id")  # fmt: skip
_PROFILE = ("user_tier", "region", "device_type", "signup_date")

STAGING = f"""
CREATE OR REPLACE TABLE stg_generations AS
WITH observed AS (SELECT *, tidy(prompt_text) AS text FROM raw_generations)
SELECT o.raw_id, o.generation_id, coalesce(o.user_name, s.user_id) AS user_id,
    md5(o.text) AS prompt_id, o.dataset, coalesce(o.requested_at, s.requested_at) AS requested_at,
    {", ".join(f"coalesce(o.{name}, s.{name}) AS {name}" for name in _COMPLETED)},
    coalesce(o.token_count, tokens(o.text)) AS token_count,
    {", ".join(f"o.{name}" for name in (*_OBSERVED, *_PROFILE))},
    origin(o.user_name IS NULL) AS user_origin, origin(o.requested_at IS NULL) AS time_origin,
    origin(s.has_simulated_telemetry) AS telemetry_origin
FROM observed o LEFT JOIN simulated_generations s USING (raw_id);

CREATE OR REPLACE TABLE stg_users AS
WITH seen AS (
    SELECT user_id, min(user_origin) AS user_origin,
        {", ".join(f"arg_max({name}, requested_at) AS {name}" for name in _PROFILE)}
    FROM stg_generations GROUP BY user_id)
SELECT user_id, {", ".join(f"coalesce(o.{name}, s.{name}) AS {name}" for name in _PROFILE)},
    user_origin,
    origin({" AND ".join(f"o.{name} IS NULL" for name in _PROFILE)}) AS profile_origin
FROM seen o LEFT JOIN simulated_users s USING (user_id);
"""

_FLAGS = ", ".join(f"g.status = '{status}' AS is_{status}" for status in STATUSES)
FACTS = f"""
CREATE OR REPLACE TABLE fct_generations AS
WITH starts AS (
    SELECT raw_id, user_id, requested_at,
        CASE WHEN requested_at <= lag(requested_at) OVER by_user + INTERVAL 30 MINUTE THEN NULL
        ELSE requested_at END AS started_at
    FROM stg_generations
    WINDOW by_user AS (PARTITION BY user_id ORDER BY requested_at, raw_id)),
named AS (
    SELECT raw_id, user_id || '-' || epoch(date_trunc('second', max(started_at) OVER (
        PARTITION BY user_id ORDER BY requested_at, raw_id)))::BIGINT AS session_id
    FROM starts)
SELECT {{columns}} FROM (
    SELECT g.* EXCLUDE (user_tier, region, device_type, signup_date, user_origin),
        n.session_id, u.user_tier, u.region, u.device_type, g.user_origin, u.profile_origin,
        g.requested_at::DATE AS requested_date,
        length_category(g.token_count) AS prompt_length_category, {_FLAGS}
    FROM stg_generations g JOIN named n USING (raw_id) LEFT JOIN stg_users u USING (user_id));

CREATE OR REPLACE TABLE fct_sessions AS
WITH totals AS (
    SELECT session_id, user_id, min(requested_at) AS started_at, max(requested_at) AS ended_at,
        max(user_tier) AS user_tier, max(region) AS region, max(device_type) AS device_type,
        count(*) AS generation_count, count(status) AS known_status_count,
        {", ".join(f"count(*) FILTER (is_{s}) AS {s}_count" for s in STATUSES)},
        count(latency_ms) AS known_latency_count, sum(latency_ms)::BIGINT AS total_latency_ms,
        max(latency_ms) AS max_latency_ms, count(retry_count) AS known_retry_count,
        sum(retry_count)::BIGINT AS total_retries,
        round(exact(cost_credits), 6) AS total_cost_credits,
        count(*) FILTER (feedback = 'thumbs_up') AS thumbs_up_count,
        count(*) FILTER (feedback = 'thumbs_down') AS thumbs_down_count,
        count(*) FILTER (is_downloaded) AS download_count,
        count(*) FILTER ('simulated' IN (user_origin, time_origin, telemetry_origin,
            profile_origin)) AS simulated_count
    FROM fct_generations GROUP BY session_id, user_id),
rates AS (
    SELECT *, started_at::DATE AS session_date,
        round(success_count / nullif(known_status_count, 0), 6) AS success_rate,
        round((known_status_count - success_count) / nullif(known_status_count, 0), 6)
            AS error_rate,
        round(total_latency_ms / nullif(known_latency_count, 0), 6) AS mean_latency_ms,
        round(total_retries / nullif(known_retry_count, 0), 6) AS mean_retry_count,
        round(simulated_count / generation_count, 6) AS simulated_share,
        ((epoch(date_trunc('second', ended_at)) - epoch(date_trunc('second', started_at))) * 1000
            + millisecond(ended_at) % 1000 - millisecond(started_at) % 1000) / 1000 AS duration_s
    FROM totals),
scored AS (
    SELECT *, round(error_rate * 50 + at_most_one(mean_latency_ms / 5000) * 33
            + at_most_one(mean_retry_count / 2) * 17, 4) AS friction_score,
        CASE WHEN lead(started_at) OVER (PARTITION BY user_id ORDER BY started_at)
                <= ended_at + INTERVAL 7 DAY THEN false
            WHEN (SELECT max(ended_at) FROM totals) < ended_at + INTERVAL 7 DAY THEN NULL
            ELSE true END AS churned_after
    FROM rates)
SELECT {{session_columns}} FROM (
    SELECT *, CASE WHEN friction_score < 10 THEN 'low' WHEN friction_score < 30 THEN 'medium'
        WHEN friction_score >= 30 THEN 'high' END AS friction_band FROM scored);
""".format(
    columns=", ".join(TABLES["fct_generations"].column_names),
    session_columns=", ".join(TABLES["fct_sessions"].column_names),
)

DIMENSIONS = """
CREATE OR REPLACE TABLE dim_users AS
WITH lifetime AS (
    SELECT user_id, count(*) AS total_generations,
        count(*) FILTER (is_success) AS successful_generations,
        round(sum(cost_credits), 6) AS lifetime_cost_credits,
        min(requested_at) AS first_generation_at, max(requested_at) AS last_generation_at,
        round(count(*) FILTER (is_success) / nullif(count(status), 0), 6) AS success_rate
    FROM fct_generations GROUP BY user_id),
visits AS (SELECT user_id, count(*) AS total_sessions FROM fct_sessions GROUP BY user_id)
SELECT user_id, user_tier, region, device_type, signup_date,
    date_trunc('week', signup_date)::DATE AS cohort_week, total_generations,
    successful_generations, total_sessions, lifetime_cost_credits, first_generation_at,
    last_generation_at, success_rate, user_origin, profile_origin
FROM stg_users LEFT JOIN lifetime USING (user_id) LEFT JOIN visits USING (user_id);

CREATE OR REPLACE TABLE dim_prompts AS
WITH texts AS (
    SELECT DISTINCT tidy(prompt_text) AS prompt_text FROM raw_generations
    WHERE prompt_text IS NOT NULL),
prompts AS (
    SELECT md5(prompt_text) AS prompt_id, prompt_text, length(prompt_text)::INTEGER AS char_count,
        tokens(prompt_text) AS token_count FROM texts),
usage AS (
    SELECT prompt_id, count(*) AS times_used, count(DISTINCT user_id) AS user_count,
        min(requested_at) AS first_seen_at
    FROM fct_generations WHERE prompt_id IS NOT NULL GROUP BY prompt_id)
SELECT prompt_id, prompt_text, char_count, token_count,
    length_category(token_count) AS prompt_length_category, times_used, user_count, first_seen_at
FROM prompts JOIN usage USING (prompt_id);
"""


def build_tables(connection: duckdb.DuckDBPyConnection) -> None:
    """Makes every modelled and measured table from raw and simulated rows, replacing old ones.

    Args:
        connection: Holds raw_generations, simulated_generations and simulated_users.
    """
    for statement in (_MACROS, STAGING, FACTS, DIMENSIONS, SUMMARIES):
        connection.execute(statement)
