"""The data-quality checks as plain SQL, a scan a table; the same rules as the pipeline's."""

from collections.abc import Iterator

import duckdb

from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.values import FAILURE_STATUSES
from hand_written_tables import CHECKED

ROW_RULES = {
    "fct_generations": {
        "latency_not_negative": "latency_ms < 0",
        "retries_not_negative": "retry_count < 0",
        "cost_valid": "cost_credits < 0 OR isnan(cost_credits) OR isinf(cost_credits)",
        "cost_positive_on_success": "is_success AND cost_credits <= 0"
        " AND telemetry_origin = 'simulated'",
        "tokens_not_negative": "token_count < 0",
        "download_only_of_success": "is_downloaded AND NOT is_success"
        " AND telemetry_origin = 'simulated'",
        "status_flags_agree": "is_success::INT + is_timeout::INT + is_safety_violation::INT"
        " + is_rate_limited::INT + is_model_error::INT IS DISTINCT FROM"
        " CASE WHEN status IS NOT NULL THEN 1 END",
        "generation_date_valid": "requested_date <> requested_at::DATE",
    },
    "fct_sessions": {
        "session_ends_after_start": "ended_at < started_at",
        "session_date_valid": "session_date <> started_at::DATE",
        "session_not_empty": "generation_count < 1",
        "session_status_counts_agree": "success_count"
        + "".join(f" + {status}_count" for status in FAILURE_STATUSES)
        + " <> known_status_count OR known_status_count > generation_count",
        "success_rate_in_range": "success_rate NOT BETWEEN 0 AND 1",
        "friction_in_range": "friction_score NOT BETWEEN 0 AND 100",
        "friction_band_present": "(friction_score IS NULL) <> (friction_band IS NULL)",
        "session_cost_not_negative": "total_cost_credits < 0",
        "max_latency_not_below_mean": "max_latency_ms < mean_latency_ms - 1e-4",
        "friction_agrees_with_errors": "friction_score NOT BETWEEN"
        " 50 * (1 - success_count / nullif(known_status_count, 0)) - 1e-4"
        " AND 50 * (1 - success_count / nullif(known_status_count, 0)) + 50.0001",
    },
    "dim_users": {
        "signup_before_activity": "signup_date > first_generation_at::DATE",
        "activity_in_order": "first_generation_at > last_generation_at",
        "lifetime_counts_agree": "successful_generations > total_generations"
        " OR total_sessions > total_generations",
        "cohort_week_valid": "cohort_week <> date_trunc('week', signup_date)",
    },
}
"""Rows for which a condition holds break the rule."""
REFERENCES = (
    ("fct_generations", "user_id", "dim_users"),
    ("fct_generations", "prompt_id", "dim_prompts"),
    ("fct_generations", "session_id", "fct_sessions"),
    ("fct_sessions", "user_id", "dim_users"),
)
TOTALS = {
    "fct_sessions": "generation_count",
    "dim_users": "total_generations",
    "daily_metrics": "generation_count",
    "user_friction_summary": "generation_count",
}
_SET_RULES = {
    "daily_cost_agrees": """SELECT count(*) FROM
        (SELECT coalesce(sum(total_cost_credits), 0) AS total FROM daily_metrics),
        (SELECT coalesce(sum(cost_credits), 0) AS expected FROM fct_generations)
        WHERE abs(total - expected) > 1e-4 * (1 + abs(expected))""",
    "daily_no_gaps": """SELECT (count(*) <> 1 + date_diff('day', min(session_date),
        max(session_date)))::INT FROM daily_metrics""",
    "simulated_success_rate_plausible": """SELECT (count(*) >= 200
        AND avg(is_success::INT) NOT BETWEEN 0.5 AND 0.99)::INT FROM fct_generations
        WHERE telemetry_origin = 'simulated' AND status IS NOT NULL""",
    "simulated_tier_mix_plausible": """SELECT (count(*) >= 200 AND NOT (
        count(*) FILTER (user_tier = 'free') > count(*) FILTER (user_tier = 'pro')
        AND count(*) FILTER (user_tier = 'pro') > count(*) FILTER (user_tier = 'enterprise')
        AND count(*) FILTER (user_tier = 'enterprise') > 0))::INT
        FROM dim_users WHERE profile_origin = 'simulated'""",
}


def run_checks(connection: duckdb.DuckDBPyConnection) -> dict[str, int]:
    """Runs every check and writes `data_quality`; failing rows by the check's name."""
    failing: dict[str, int] = {}
    for table in CHECKED:
        rules = dict(_rules_of(table))
        counted = ", ".join(f"count(*) FILTER ({rule})" for rule in rules.values())
        (counts,) = connection.execute(f"SELECT {counted} FROM {table}").fetchall()
        failing |= dict(zip(rules, map(int, counts), strict=True))
    for name, query in _set_rules():
        failing[name] = int(connection.execute(query).fetchall()[0][0] or 0)
    connection.execute(
        "CREATE OR REPLACE TABLE data_quality AS SELECT unnest($names::VARCHAR[]) AS check_name,"
        " unnest($counts::BIGINT[]) AS failing_rows, failing_rows = 0 AS passed",
        {"names": list(failing), "counts": list(failing.values())},
    )
    return failing


def _rules_of(table: str) -> Iterator[tuple[str, str]]:
    declared = TABLES[table]
    missing = " OR ".join(f"{name} IS NULL" for name in declared.required_columns)
    yield f"{table}_required_present", missing
    for column, values in declared.coded_columns.items():
        listed = ", ".join(f"'{value}'" for value in values)
        yield f"{table}_{column}_accepted", f"{column} NOT IN ({listed})"
    yield from ROW_RULES.get(table, {}).items()


def _set_rules() -> Iterator[tuple[str, str]]:
    for table in CHECKED:
        key = ", ".join(TABLES[table].key)
        repeated = f"SELECT {key} FROM {table} GROUP BY {key} HAVING count(*) > 1"
        yield f"{table}_key_unique", f"SELECT count(*) FROM ({repeated})"
    for table, key, referenced in REFERENCES:
        lost = f"FROM {table} WHERE {key} IS NOT NULL"
        yield (
            f"{table}_{key}_exists",
            f"SELECT count(*) {lost} AND {key} NOT IN (SELECT {key} FROM {referenced})",
        )
    for table, column in TOTALS.items():
        total = f"SELECT coalesce(sum({column}), 0) FROM {table}"
        yield (
            f"{table}_totals_agree",
            f"SELECT (({total}) <> (SELECT count(*) FROM fct_generations))::INT",
        )
    yield from _SET_RULES.items()
