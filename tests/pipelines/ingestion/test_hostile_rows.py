import json
from datetime import datetime

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

MB = 1_000_000


def test_a_row_carries_every_rule_it_broke_and_the_record_as_json(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt,latency,status", "a,  ,-5,odd", "b,a dog,5,")
    mapping = mapping_with({"latency_ms": "latency", "status": "status"})
    (row,) = rows_of(ingest(path, mapping).rejected)
    assert (row["source"], row["row_number"]) == ("log.csv", 1)
    assert sorted(row["reasons"]) == ["latency_ms_negative", "prompt_text_blank", "unknown_status"]
    assert row["row_json"] == '{"id":"a","prompt":"  ","latency":"-5","status":"odd"}'
    assert row["ingested_at"] == datetime(2026, 1, 1)


def test_the_record_is_valid_json_whatever_it_holds(tmp_path):
    columns = {
        "id": ["a", "b"],
        "prompt": ['"quoted"\n\\ 🐈', "x" * MB],
        "latency": [float("nan"), 2.5],
        "score": pa.array([float("-inf"), None], pa.float32()),
        "at": [datetime(2022, 1, 1)] * 2,
    }
    path = write_parquet(tmp_path / "log.parquet", columns)
    parts = ingest(path, mapping_with({"latency_ms": "latency"}))
    first, second = (json.loads(row["row_json"]) for row in rows_of(parts.rejected))
    assert first == {
        "id": "a",
        "prompt": '"quoted"\n\\ 🐈',
        "latency": "nan",
        "score": "-inf",
        "at": "2022-01-01 00:00:00",
    }
    assert (second["prompt"], second["latency"], second["score"]) == ("x" * 10_000, 2.5, None)


def test_prompts_null_blank_huge_or_with_a_nul_byte_are_rejected(tmp_path):
    prompts = ["ok", None, "", " \t\n ", "x" * MB, "a\0b", "y" * 20_000, "z" * 20_001]
    ids = [f"p{number}" for number in range(len(prompts))]
    path = write_parquet(tmp_path / "log.parquet", {"id": ids, "prompt": prompts})
    parts = ingest(path)
    assert values_of(parts, "prompt_text") == ["ok", "y" * 20_000]
    assert reasons_of(parts) == {
        2: ["prompt_text_missing"],
        3: ["prompt_text_blank"],
        4: ["prompt_text_blank"],
        5: ["prompt_text_too_long"],
        6: ["nul_byte"],
        8: ["prompt_text_too_long"],
    }


def test_invalid_utf8_is_rejected_and_the_rest_of_the_file_is_kept(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(b"id,prompt\na,caf\xe9\nb,caf\xc3\xa9\n")
    parts = ingest(path)
    assert values_of(parts, "prompt_text") == ["café"]
    assert list(reasons_of(parts)) == [1]


def test_byte_order_mark_crlf_quoted_newlines_emoji_and_right_to_left_text_survive(tmp_path):
    path = tmp_path / "log.csv"
    path.write_bytes(
        '\ufeffid,prompt\r\na,"two\nlines, ""quoted"""\r\nb,🐈‍⬛ on 🌕\r\nc,قطة سوداء\r\n'.encode()
    )
    assert values_of(ingest(path), "prompt_text") == [
        'two\nlines, "quoted"',
        "🐈‍⬛ on 🌕",
        "قطة سوداء",
    ]


@pytest.mark.parametrize(
    "prompt",
    [
        "'; DROP TABLE raw_generations; --",
        "=cmd|' /C calc'!A0",
        "<script>alert(1)</script>",
        "{{ 7*7 }} ${jndi:ldap://x} %s %(x)s {0}",
        "\\x27 OR 1=1 \u202e\u0007",
    ],
)
def test_text_that_looks_like_an_injection_is_only_text(tmp_path, prompt):
    path = write_parquet(tmp_path / "log.parquet", {"id": [prompt], "prompt": [prompt]})
    parts = ingest(path)
    assert values_of(parts, "prompt_text") == [prompt]
    assert values_of(parts, "generation_id") == ["team_log:" + prompt]


def test_prompts_are_stored_in_normal_form_c(tmp_path):
    path = write_parquet(tmp_path / "log.parquet", {"id": ["a"], "prompt": ["cafe\u0301"]})
    assert values_of(ingest(path), "prompt_text") == ["caf\u00e9"]
