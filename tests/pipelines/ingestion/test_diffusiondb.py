from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from ingest_logs import NOW, rows_of, tree_of

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion import diffusiondb
from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from genai_session_analyzer.pipelines.ingestion.sources import ingest_files

START = datetime(2022, 8, 6, 22, 59, 33, tzinfo=UTC)


def metadata(path, row_count=9):
    """A small table in DiffusionDB's columns and types; sampler codes 1 to 9 in turn."""
    rows = range(row_count)
    columns = {
        "image_name": [f"{n:032x}.png" for n in rows],
        "prompt": [f"prompt {n}" for n in rows],
        "part_id": pa.array([n + 1 for n in rows], pa.uint16()),
        "seed": pa.array([2**32 - 1 - n for n in rows], pa.uint32()),
        "step": pa.array([50] * row_count, pa.uint16()),
        "cfg": pa.array([8.8] * row_count, pa.float32()),
        "sampler": pa.array([n % 9 + 1 for n in rows], pa.uint8()),
        "width": pa.array([512] * row_count, pa.uint16()),
        "height": pa.array([704] * row_count, pa.uint16()),
        "user_name": [None if n % 3 == 0 else f"u{n}" for n in rows],
        "timestamp": pa.array(
            [None if n % 4 == 3 else START + timedelta(seconds=n) for n in rows],
            pa.timestamp("us", "UTC"),
        ),
        "image_nsfw": pa.array([2.0 if n == 1 else 0.1 for n in rows], pa.float32()),
        "prompt_nsfw": pa.array([None if n == 2 else 0.01 for n in rows], pa.float32()),
        "extra": ["not asked for"] * row_count,
    }
    pq.write_table(pa.table(columns), path)
    return path


def asked(tmp_path, **source):
    """A reading of DiffusionDB into the store below the folder."""
    settings = {"kind": "diffusiondb", "store": str(tmp_path / "raw" / "generations"), **source}
    return Reading.of(SourceParameters(**settings), seed=7, now=NOW)


def test_a_local_file_in_the_layout_keeps_every_field(tmp_path):
    path = metadata(tmp_path / "metadata.parquet")
    reading = asked(tmp_path, path=str(path))
    assert diffusiondb.diffusiondb_path(reading) == str(path)
    rows = rows_of(ingest_files(reading, str(path)).accepted)
    assert [row["sampler"] for row in rows] == [
        "ddim",
        "plms",
        "k_euler",
        "k_euler_ancestral",
        "k_heun",
        "k_dpm_2",
        "k_dpm_2_ancestral",
        "k_lms",
        "others",
    ]
    second = rows[1]
    name = "00000000000000000000000000000001.png"
    assert second["generation_id"] == f"diffusiondb:{name}"
    assert second["image_path"] == f"part-000002/{name}"
    assert second["requested_at"] == datetime(2022, 8, 6, 22, 59, 34)
    assert (second["user_name"], second["part_id"], second["seed"]) == ("u1", 2, 2**32 - 2)
    assert (second["steps"], second["cfg_scale"]) == (50, 8.8)
    assert (second["width"], second["height"]) == (512, 704)
    assert (second["image_nsfw"], second["prompt_nsfw"]) == (2.0, 0.01)
    assert rows[0]["user_name"] is None
    assert rows[3]["requested_at"] is None
    assert rows[2]["prompt_nsfw"] is None
    assert {row["status"] for row in rows} == {None}


def test_streaming_copies_only_the_mapped_columns_and_the_first_rows(tmp_path):
    remote = metadata(tmp_path / "remote.parquet", row_count=50)
    copy = tmp_path / "raw" / "diffusiondb" / "copy.parquet"
    reading = asked(tmp_path, row_limit=20)
    diffusiondb.copy_rows(str(remote), copy, reading)
    copied, whole = pq.read_table(copy), pq.read_table(remote)
    assert "extra" not in copied.column_names
    for column in copied.column_names:
        assert copied[column].to_pylist() == whole[column].to_pylist()[:20]
    assert [path.name for path in copy.parent.iterdir()] == ["copy.parquet"]
    rows = rows_of(ingest_files(reading, str(copy)).accepted)
    assert len(rows) == 20


def test_a_streamed_sample_is_the_sample_of_the_local_file(tmp_path):
    remote = metadata(tmp_path / "remote.parquet", row_count=300)
    reading = asked(tmp_path, sample_share=0.3)
    copy = tmp_path / "copy.parquet"
    diffusiondb.copy_rows(str(remote), copy, reading)
    local = rows_of(ingest_files(asked(tmp_path, sample_share=0.3), str(remote)).accepted)
    streamed = pq.read_table(copy)["image_name"].to_pylist()
    assert [row["generation_id"] for row in local] == [f"diffusiondb:{n}" for n in streamed]
    assert 60 <= len(streamed) <= 120
    other_seed = replace(reading, seed=8)
    diffusiondb.copy_rows(str(remote), copy, other_seed)
    assert pq.read_table(copy)["image_name"].to_pylist() != streamed


def test_a_copy_is_made_once_and_then_used_without_a_network(tmp_path):
    reading = asked(tmp_path, variant="large", row_limit=5)
    copy = diffusiondb.local_copy(reading)
    assert copy == tmp_path / "raw" / "diffusiondb" / "metadata_large_rows-5.parquet"
    copy.parent.mkdir(parents=True)
    metadata(copy, row_count=5)
    assert diffusiondb.diffusiondb_path(reading) == str(copy)
    assert diffusiondb.preview_path(reading, tmp_path) == str(copy)


@pytest.mark.parametrize(
    "address", ["absent.parquet", "http://127.0.0.1:9/metadata.parquet", "damaged.parquet"]
)
def test_out_of_reach_it_says_what_to_do_and_leaves_nothing(tmp_path, monkeypatch, address):
    monkeypatch.chdir(tmp_path)
    Path("damaged.parquet").write_bytes(b"PAR1 no more PAR1")
    copy = tmp_path / "raw" / "copy.parquet"
    with pytest.raises(SourceError, match=r"set source\.path to the local copy") as caught:
        diffusiondb.copy_rows(address, copy, asked(tmp_path))
    assert "\n" not in str(caught.value)
    assert tree_of(copy.parent) == {}
