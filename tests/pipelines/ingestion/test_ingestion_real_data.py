import os
from collections import Counter
from datetime import datetime
from pathlib import Path

import duckdb
import pytest
from ingest_logs import NOW, reasons_of, rows_of

from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from genai_session_analyzer.pipelines.ingestion.sources import ingest_files

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def real_data():
    folder = os.environ.get("GSA_REAL_DATA")
    if not folder:
        pytest.skip("GSA_REAL_DATA is not set: no real data to read")
    return Path(folder)


def ingest_real(real_data, tmp_path, name, mapping):
    """Ingests one real file and returns the parts and the ledger's counts."""
    path = str(real_data / name)
    source = SourceParameters(kind="logs", path=path, mapping=mapping, store=str(tmp_path / "s"))
    parts = ingest_files(Reading.of(source, 7, NOW), path)
    assert ingest_files(Reading.of(source, 7, NOW), path) == parts
    (entry,) = rows_of(parts.ledger)
    return parts, tuple(
        entry[column] for column in ("rows_in", "accepted_rows", "rejected_rows", "duplicate_rows")
    )


def test_discord_jobs(real_data, tmp_path):
    name = "prompts/discord_jobs_small.parquet"
    parts, counts = ingest_real(real_data, tmp_path, name, "discord_jobs")
    assert counts[0] == 32_774
    assert counts[2] < 33
    assert {reason for why in reasons_of(parts).values() for reason in why} <= {"prompt_text_blank"}
    theirs = duckdb.read_parquet(str(real_data / name)).filter("trim(prompt) <> ''")
    ours = duckdb.read_parquet(parts.accepted, hive_partitioning=False)
    sums = "sum({}), count({}), max({}), sum(seed::HUGEINT), count(DISTINCT {}), count(*)"
    ours_told = ours.aggregate(
        sums.format("latency_ms", "image_nsfw", "requested_at", "user_name")
    ).fetchone()
    theirs_told = theirs.aggregate(
        sums.format("round(latency_s * 1000)", "image_nsfw", "ts_est", "user_hash")
    ).fetchone()
    assert ours_told == theirs_told
    assert {row["status"] for row in rows_of(parts.accepted)} == {None}


def test_t2i_requests(real_data, tmp_path):
    parts, counts = ingest_real(
        real_data, tmp_path, "telemetry/t2i_requests.parquet", "t2i_requests"
    )
    assert counts == (26_823, 26_804, 0, 19)
    rows = rows_of(parts.accepted)
    assert set(Counter(row["status"] for row in rows)) == {"success", "model_error", None}
    assert all(row["latency_ms"] is None for row in rows if row["status"] is None)
    assert all(row["latency_ms"] is not None for row in rows if row["status"] is not None)
    assert {row["prompt_text"] for row in rows} == {None}
    first = rows[0]
    assert first["requested_at"] == datetime(2024, 11, 15, 16, 57, 50)
    assert (first["latency_ms"], first["token_count"], first["user_name"]) == (32_000, 63, "G0000")


def test_diffusiondb_layout(real_data, tmp_path):
    parts, counts = ingest_real(
        real_data, tmp_path, "prompts/diffusiondb_layout.parquet", "diffusiondb"
    )
    assert counts == (60_000, 59_985, 15, 0)
    assert set(map(tuple, reasons_of(parts).values())) == {("prompt_text_blank",)}
    first = rows_of(parts.accepted)[0]
    assert first["generation_id"] == "diffusiondb:W1-17-2644.png"
    assert first["image_path"] == "part-000006/W1-17-2644.png"
    assert first["sampler"] == "k_lms"
