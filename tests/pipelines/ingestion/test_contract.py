from datetime import UTC, datetime
from decimal import Decimal

import pyarrow as pa
import pytest
from ingest_logs import (
    ingest,
    mapping_with,
    reasons_of,
    rows_of,
    values_of,
    write_csv,
    write_parquet,
)


def judge_one(tmp_path, field, text):
    """Ingests one CSV row with one value beside id and prompt; returns value and reasons."""
    path = write_csv(tmp_path / "log.csv", "id,prompt,value", f'a,a cat,"{text}"')
    parts = ingest(path, mapping_with({field: "value"}))
    accepted = values_of(parts, field)
    return (accepted[0] if accepted else None), reasons_of(parts).get(1, [])


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("latency_ms", "1200", 1200),
        ("latency_ms", "1200.4", 1200),
        ("latency_ms", "", None),
        ("latency_ms", "  ", None),
        ("cost_credits", "0", 0.0),
        ("cost_credits", "1e-3", 0.001),
        ("retry_count", "2.0", 2),
        ("status", "timeout", "timeout"),
        ("status", "", None),
        ("feedback", "thumbs_up", "thumbs_up"),
        ("is_downloaded", "true", True),
        ("user_tier", "pro", "pro"),
        ("signup_date", "2021-05-04", datetime(2021, 5, 4).date()),
        ("requested_at", "2022-08-06 16:00:36", datetime(2022, 8, 6, 16, 0, 36)),
        ("requested_at", "2022-08-06T16:00:36.5Z", datetime(2022, 8, 6, 16, 0, 36, 500000)),
        ("requested_at", "2022-08-06T16:00:36+02:00", datetime(2022, 8, 6, 14, 0, 36)),
        ("requested_at", "2022-08-06T16:00:36-0330", datetime(2022, 8, 6, 19, 30, 36)),
        ("requested_at", "2022-08-06", datetime(2022, 8, 6)),
        ("requested_at", "", None),
        ("image_path", "part-000001/a..b.png", "part-000001/a..b.png"),
        ("seed", "9223372036854775807", 2**63 - 1),
        ("cfg_scale", "-100", -100.0),
        ("width", "4096", 4096),
        ("user_name", "nobody knows them", "nobody knows them"),
        ("user_name", "'; DROP TABLE raw_generations; --", "'; DROP TABLE raw_generations; --"),
    ],
)
def test_odd_but_sound_values_are_accepted_as_they_are(tmp_path, field, text, value):
    assert judge_one(tmp_path, field, text) == (value, [])


@pytest.mark.parametrize(
    ("field", "text", "reasons"),
    [
        ("latency_ms", "-1", ["latency_ms_negative"]),
        ("latency_ms", "NaN", ["latency_ms_not_finite"]),
        ("latency_ms", "inf", ["latency_ms_not_finite"]),
        ("latency_ms", "-inf", ["latency_ms_not_finite"]),
        ("latency_ms", "fast", ["latency_ms_not_a_number"]),
        ("latency_ms", "1,200", ["latency_ms_not_a_number"]),
        ("latency_ms", "1e30", ["latency_ms_overflow"]),
        ("latency_ms", "1e12", ["latency_ms_too_large"]),
        ("cost_credits", "-0.01", ["cost_credits_negative"]),
        ("cost_credits", "nan", ["cost_credits_not_finite"]),
        ("cost_credits", "-Infinity", ["cost_credits_negative", "cost_credits_not_finite"]),
        ("cost_credits", "free", ["cost_credits_not_a_number"]),
        ("cost_credits", "5e400", ["cost_credits_not_finite", "cost_credits_too_large"]),
        ("retry_count", "1.5", ["retry_count_not_whole"]),
        ("retry_count", "-2", ["retry_count_negative"]),
        ("retry_count", "4294967296", ["retry_count_overflow"]),
        ("seed", "99999999999999999999", ["seed_overflow"]),
        ("seed", "9223372036854775808", ["seed_overflow"]),
        ("width", "0", ["width_too_small"]),
        ("width", "100001", ["width_too_large"]),
        ("steps", "-1", ["steps_negative"]),
        ("token_count", "-1", ["token_count_negative"]),
        ("cfg_scale", "NaN", ["cfg_scale_not_finite"]),
        ("image_nsfw", "-0.5", ["image_nsfw_negative"]),
        ("status", "SUCCEED", ["unknown_status"]),
        ("status", "Success", ["unknown_status"]),
        ("feedback", "meh", ["unknown_feedback"]),
        ("is_downloaded", "maybe", ["is_downloaded_not_a_boolean"]),
        ("user_tier", "gold", ["unknown_user_tier"]),
        ("region", "mars", ["unknown_region"]),
        ("device_type", "fridge", ["unknown_device_type"]),
        ("signup_date", "04/05/2021", ["signup_date_not_a_date"]),
        ("signup_date", "1969-12-31", ["signup_date_before_2000"]),
        ("requested_at", "2026-01-01 00:00:01", ["requested_at_in_the_future"]),
        ("requested_at", "9999-12-31 00:00:00", ["requested_at_in_the_future"]),
        ("requested_at", "infinity", ["requested_at_in_the_future"]),
        ("requested_at", "-infinity", ["requested_at_before_2000"]),
        ("requested_at", "1999-12-31 23:59:59", ["requested_at_before_2000"]),
        ("requested_at", "22-08-06 16:00:00", ["requested_at_before_2000"]),
        ("requested_at", "06/08/2022 16:00", ["requested_at_not_a_time"]),
        ("requested_at", "2022-02-30 12:00:00", ["requested_at_not_a_time"]),
        ("requested_at", "2022-08-06 12:00 XYZ", ["requested_at_not_a_time"]),
        ("requested_at", "1659801636", ["requested_at_not_a_time"]),
        ("requested_at", "soon", ["requested_at_not_a_time"]),
        ("image_path", "../secrets.png", ["image_path_unsafe"]),
        ("image_path", "a/../../b.png", ["image_path_unsafe"]),
        ("image_path", "a/..", ["image_path_unsafe"]),
        ("image_path", "/etc/passwd", ["image_path_unsafe"]),
        ("image_path", "C:/x.png", ["image_path_unsafe"]),
        ("image_path", "..\\x.png", ["image_path_unsafe"]),
        ("image_path", "~/x.png", ["image_path_unsafe"]),
        ("image_path", "http://x/y.png", ["image_path_unsafe"]),
        ("user_name", "u" * 1001, ["user_name_too_long"]),
    ],
)
def test_each_broken_rule_is_the_reason(tmp_path, field, text, reasons):
    assert judge_one(tmp_path, field, text) == (None, reasons)


def test_a_missing_id_is_rejected_where_the_source_has_ids(tmp_path):
    path = write_parquet(tmp_path / "log.parquet", {"id": ["a", None, ""], "prompt": ["x"] * 3})
    assert reasons_of(ingest(path)) == {
        2: ["generation_id_missing"],
        3: ["generation_id_missing"],
    }


def test_times_without_a_zone_are_rejected_unless_the_mapping_states_one(tmp_path):
    lines = ["a,x,2022-01-01 12:00:00", "b,x,2022-07-01 12:00:00", "c,x,2022-07-01T12:00:00+05:00"]
    path = write_csv(tmp_path / "log.csv", "id,prompt,time", *lines)
    columns = {"requested_at": "time"}
    silent = ingest(path, mapping_with(columns, timezone=None))
    assert values_of(silent, "requested_at") == [datetime(2022, 7, 1, 7)]
    assert reasons_of(silent) == {n: ["requested_at_without_zone"] for n in (1, 2)}
    berlin = ingest(path, mapping_with(columns, timezone="Europe/Berlin"))
    assert values_of(berlin, "requested_at") == [
        datetime(2022, 1, 1, 11),
        datetime(2022, 7, 1, 10),
        datetime(2022, 7, 1, 7),
    ]


def test_native_columns_are_judged_like_text(tmp_path):
    columns = {
        "id": ["a", "b", "c", "d", "e", "f"],
        "prompt": ["x"] * 6,
        "latency": [1.5, float("nan"), float("inf"), -1.0, None, 1e300],
        "seed": pa.array([1, 2**64 - 1, 3, None, 5, 6], pa.uint64()),
        "time": [datetime(2022, 1, 1, tzinfo=UTC)] * 5 + [datetime(2027, 1, 1, tzinfo=UTC)],
        "cost": [Decimal("0.10"), None, None, None, Decimal("-0.10"), None],
    }
    path = write_parquet(tmp_path / "log.parquet", columns)
    mapping = mapping_with(
        {
            "latency_ms": {"column": "latency", "unit": "s"},
            "seed": "seed",
            "requested_at": "time",
            "cost_credits": "cost",
        },
        timezone=None,
    )
    parts = ingest(path, mapping)
    assert values_of(parts, "latency_ms") == [1500]
    assert reasons_of(parts) == {
        2: ["latency_ms_not_finite", "seed_overflow"],
        3: ["latency_ms_not_finite"],
        4: ["latency_ms_negative"],
        5: ["cost_credits_negative"],
        6: ["latency_ms_overflow", "requested_at_in_the_future"],
    }


def test_json_lines_are_judged_like_any_text(tmp_path):
    path = tmp_path / "log.jsonl"
    path.write_text(
        '{"id": 1, "prompt": "x", "latency": 12.4, "kept": true}\n'
        '{"id": 2, "prompt": null, "latency": "slow", "kept": "no idea"}\n'
        '{"prompt": "only a prompt", "id": "3"}\n'
    )
    mapping = mapping_with({"latency_ms": "latency", "is_downloaded": "kept"})
    parts = ingest(path, mapping)
    assert values_of(parts, "generation_id") == ["team_log:1", "team_log:3"]
    assert values_of(parts, "latency_ms") == [12, None]
    assert values_of(parts, "is_downloaded") == [True, None]
    assert reasons_of(parts) == {
        2: ["is_downloaded_not_a_boolean", "latency_ms_not_a_number", "prompt_text_missing"]
    }


def test_events_out_of_order_and_users_seen_nowhere_else_are_accepted_in_file_order(tmp_path):
    lines = ["a,x,2022-03-01T00:00Z,ann", "b,x,2021-01-01T00:00Z,", "c,x,2022-02-01T00:00Z,zoe"]
    path = write_csv(tmp_path / "log.csv", "id,prompt,time,user", *lines)
    parts = ingest(path, mapping_with({"requested_at": "time", "user_name": "user"}))
    assert values_of(parts, "user_name") == ["ann", None, "zoe"]
    assert [t.year for t in values_of(parts, "requested_at")] == [2022, 2021, 2022]
    assert values_of(parts, "raw_id") == [1, 2, 3]


def test_what_the_source_does_not_record_stays_null(tmp_path):
    (row,) = rows_of(ingest(write_csv(tmp_path / "log.csv", "id,prompt", "a,x")).accepted)
    known = {"raw_id", "generation_id", "dataset", "source", "source_row", "prompt_text"}
    assert {name for name, value in row.items() if value is not None} == known
