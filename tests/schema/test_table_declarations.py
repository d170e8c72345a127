"""The declared tables: names agreed with those who query them, types a backend can hold."""

from pathlib import Path

import ibis
import pytest

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.schema import TABLES, TableSchema, TableValidator, table_schema
from genai_session_analyzer.schema.document import data_model_markdown

AGREED = {
    "dim_users": "user_id user_tier region device_type signup_date cohort_week total_generations "
    "successful_generations total_sessions lifetime_cost_credits first_generation_at "
    "last_generation_at success_rate user_origin",
    "dim_prompts": "prompt_id prompt_text char_count token_count prompt_length_category times_used "
    "user_count first_seen_at",
    "fct_generations": "generation_id user_id prompt_id session_id dataset requested_at "
    "requested_date status is_success is_timeout is_safety_violation is_rate_limited "
    "is_model_error latency_ms retry_count cost_credits token_count model_version sampler steps "
    "cfg_scale width height seed image_count image_path image_nsfw prompt_nsfw feedback "
    "is_downloaded user_origin time_origin telemetry_origin user_tier region device_type "
    "prompt_length_category",
    "fct_sessions": "session_id user_id started_at ended_at session_date duration_s "
    "generation_count success_count success_rate timeout_count safety_violation_count "
    "rate_limited_count model_error_count mean_latency_ms max_latency_ms total_cost_credits "
    "total_retries mean_retry_count thumbs_up_count thumbs_down_count download_count user_tier "
    "region device_type friction_score friction_band churned_after",
    "user_friction_summary": "user_tier user_count session_count generation_count "
    "mean_friction_score low_friction_sessions medium_friction_sessions high_friction_sessions "
    "success_rate mean_latency_ms total_cost_credits mean_session_cost_credits "
    "generations_per_session thumbs_up_count thumbs_down_count download_count feedback_rate "
    "download_rate",
    "daily_metrics": "session_date active_users session_count generation_count "
    "mean_friction_score success_rate success_count timeout_count safety_violation_count "
    "rate_limited_count model_error_count mean_latency_ms total_cost_credits thumbs_up_count "
    "thumbs_down_count download_count",
    "rejected_rows": "source row_number reasons row_json ingested_at",
    "data_quality": "check_name table_name passed failing_rows detail",
}


@pytest.mark.parametrize("name", AGREED)
def test_a_table_begins_with_the_agreed_columns_in_the_agreed_order(name: str) -> None:
    agreed = tuple(AGREED[name].split())
    assert table_schema(name).column_names[: len(agreed)] == agreed


def test_columns_beyond_the_agreed_ones_are_known() -> None:
    beyond = {
        name: set(table_schema(name).column_names) - set(AGREED[name].split()) for name in AGREED
    }
    assert {name: columns for name, columns in beyond.items() if columns} == {
        "dim_users": {"profile_origin"},
        "fct_generations": {"profile_origin", "part_id"},
        "fct_sessions": {
            "known_status_count",
            "simulated_share",
            "known_latency_count",
            "total_latency_ms",
        },
    }


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_a_key_is_made_of_columns_that_hold_no_null(table: TableSchema) -> None:
    assert table.key
    assert set(table.key) <= set(table.required_columns)
    assert len(set(table.column_names)) == len(table.column_names)
    assert table.grain.startswith("one row per ")


@pytest.mark.parametrize("table", TABLES.values(), ids=lambda table: table.name)
def test_duckdb_holds_the_declared_types_in_a_table_and_in_parquet(
    table: TableSchema, tmp_path: Path
) -> None:
    backend = ibis.duckdb.connect()
    stored = backend.create_table(table.name, schema=table.ibis_schema())
    file = tmp_path / "table.parquet"
    stored.to_parquet(file)

    validator = TableValidator(table.name)
    assert validator.validate(stored) is stored
    validator.validate(backend.read_parquet(file))


@pytest.mark.parametrize("name", ["raw_generations", "fct_generations"])
def test_units_are_whole_milliseconds_and_naive_microseconds(name: str) -> None:
    schema = table_schema(name).ibis_schema()
    assert str(schema["latency_ms"]) == "int64"
    assert str(schema["requested_at"]) == "timestamp(6)"


def test_coded_columns_say_what_they_hold() -> None:
    coded = table_schema("fct_sessions").coded_columns
    assert coded["user_tier"] == ("free", "pro", "enterprise")
    assert coded["friction_band"] == ("low", "medium", "high")
    assert "user_id" not in coded


def test_an_unknown_table_or_column_is_answered_with_the_closest() -> None:
    with pytest.raises(UnknownNameError, match=r"'fct_session'.* mean 'fct_sessions'"):
        table_schema("fct_session")
    with pytest.raises(UnknownNameError, match="mean 'latency_ms'"):
        table_schema("fct_generations").column("latency")


def test_the_committed_data_model_is_what_the_schema_generates() -> None:
    page = Path(__file__).parents[2] / "docs" / "data_model.md"
    assert page.read_text(encoding="utf-8") == data_model_markdown(), (
        "run: python -m genai_session_analyzer.schema > docs/data_model.md"
    )
