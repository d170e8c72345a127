"""Logs read directly have the same sessions, words and repeats as the project gives them."""

from datetime import datetime, timedelta

import duckdb
import ibis
import pandas as pd
import pytest

from flow import all_tables
from genai_session_analyzer.insights.calibration import JOB_SHAPES, measure_shapes
from genai_session_analyzer.insights.calibration_sources import (
    COLUMNS,
    build_generations,
    discord_generations,
    service_generations,
)
from rows import minutes, raw_generations

JOBS = [
    # user, minute, channel, quality, prompt
    ("ann", 0, 1, "anchor", "a quiet lake"),
    ("ann", 5, 1, "interp", " a  quiet\tlake "),
    ("ann", 35, 2, "interp", "a loud lake at night"),
    ("ann", 65.001, 2, "interp", "a quiet lake"),
    ("bob", 4000, 1, "interp", "one"),
    ("bob", 9000, 1, "interp", "two words"),
    (None, 1, 1, "interp", "nobody asked"),
    ("bob", 2, 1, "extrap", "guessed time"),
    ("bob", 3, 1, "interp_from_channel_creation", "guessed time"),
    ("bob", 4, 1, "anchor", "   "),
]


@pytest.fixture
def jobs_file(tmp_path):
    frame = pd.DataFrame(
        [
            {
                "job_id": f"W1-{channel}-{number}",
                "user_hash": user,
                "channel": channel,
                "ts_est": minutes(minute),
                "ts_quality": quality,
                "prompt": prompt,
                "latency_s": 1.5 + number,
            }
            for number, (user, minute, channel, quality, prompt) in enumerate(JOBS)
        ]
    )
    return written(frame, tmp_path / "discord_jobs.parquet")


def written(frame, path):
    duckdb.connect().register("frame", frame).sql("FROM frame").write_parquet(str(path))
    return path


def test_only_jobs_of_a_known_user_at_a_trusted_time_count(jobs_file):
    jobs = discord_generations(jobs_file)
    assert jobs.columns == COLUMNS
    read = jobs.to_pandas()
    read = read.iloc[read.generation_id.str.rsplit("-").str[-1].astype(int).argsort()]
    assert read.generation_id.tolist() == [f"W1-{job[2]}-{n}" for n, job in enumerate(JOBS[:6])]
    assert read.word_count.tolist() == [3, 3, 5, 3, 1, 2]
    assert read.latency_ms.tolist() == [1500, 2500, 3500, 4500, 5500, 6500]
    assert read.status.isna().all()


def test_a_pause_of_exactly_half_an_hour_does_not_end_a_session(jobs_file):
    sizes = discord_generations(jobs_file).session_id.value_counts().to_pandas()
    assert sorted(sizes.session_id_count) == [1, 1, 1, 3]


def test_a_log_read_directly_has_the_shapes_that_a_build_of_it_has(jobs_file, observed_only):
    rows = [
        {"generation_id": f"g{number}", "user_name": user, "prompt_text": prompt}
        | {"requested_at": minutes(minute)}
        for number, (user, minute, _, _, prompt) in enumerate(JOBS[:6])
    ]
    tables = all_tables(raw_generations(rows), observed_only)
    built = build_generations(tables["fct_generations"].get_backend())
    assert built.columns == COLUMNS
    directly = discord_generations(jobs_file).mutate(place=ibis.null("string"))
    for name, values in measure_shapes(directly, JOB_SHAPES).items():
        (shape,) = (shape for shape in JOB_SHAPES if shape.name == name)
        assert sorted(values) == pytest.approx(sorted(shape.values(built))), name


def test_service_requests_are_finished_or_unknown(tmp_path):
    start = datetime(2024, 11, 15, 12)
    requests = [
        # user, minute, status, seconds
        ("G1", 0, "SUCCEED", 32.0),
        ("G1", 10, "FAILED", 2.5),
        ("G1", 45, "PENDING", 0.0),
        ("G2", 3, "PROCESSING", 21.0),
        ("G2", 3, "PROCESSING", 21.0),
    ]
    frame = pd.DataFrame(
        [
            {
                "gmt_create": start + timedelta(minutes=minute),
                "predict_type": "TXT_2_IMG",
                "predict_status": status,
                "exec_time_seconds": seconds,
                "groupId": user,
            }
            for user, minute, status, seconds in requests
        ]
    )
    read = service_generations(written(frame, tmp_path / "t2i_requests.parquet"))
    assert read.columns == COLUMNS
    found = read.to_pandas().sort_values(["user_id", "requested_at"])
    assert found.status.fillna("?").tolist() == ["success", "model_error", "?", "?"]
    assert found.latency_ms.fillna(-1).tolist() == [32000, 2500, -1, -1]
    assert found.session_id.nunique() == 3
    assert found.generation_id.is_unique
