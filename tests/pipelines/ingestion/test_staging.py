import subprocess
import sys
import time
from pathlib import Path

import pytest
from ingest_logs import (
    SIMPLE,
    balance,
    ingest,
    reading,
    rows_of,
    values_of,
    write_csv,
)

from genai_session_analyzer.pipelines.ingestion import sources


@pytest.mark.parametrize("chunk_rows", [1, 2, 3, 100])
def test_chunks_change_nothing(tmp_path, chunk_rows):
    lines = ["a,x", "b,", "a,x", "c,z", "b,y", "a,w", "d,v", "b,y"]
    path = write_csv(tmp_path / "log.csv", "id,prompt", *lines)
    parts = ingest(path, chunk_rows=chunk_rows)
    assert values_of(parts, "generation_id") == [f"team_log:{name}" for name in "acbd"]
    assert values_of(parts, "source_row") == [1, 4, 5, 7]
    assert values_of(parts, "raw_id") == [1, 2, 3, 4]
    assert balance(parts) == [(8, 4, 2, 2)]


class Impatient:
    """Interrupts an ingest after so many chunks, as Ctrl+C does."""

    def __init__(self, chunks):
        self.left = chunks

    def __call__(self, done):
        self.left -= 1
        if self.left == 0:
            raise KeyboardInterrupt


def test_an_interrupted_ingest_goes_on_at_the_first_missing_chunk(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt", *(f"{n},p{n}" for n in range(10)))
    whole = rows_of(ingest(path, store=str(tmp_path / "whole")).accepted)
    asked = reading(tmp_path, SIMPLE, chunk_rows=3)
    with pytest.raises(KeyboardInterrupt):
        sources.ingest_files(asked, str(path), Impatient(chunks=2))
    store = tmp_path / "store"
    assert not list(store.rglob("ledger.parquet"))
    staged = {part.name: part.stat().st_mtime_ns for part in store.rglob("*-accepted-0*.parquet")}
    assert len(staged) == 2
    parts = sources.ingest_files(asked, str(path))
    landed = {part.name: part.stat().st_mtime_ns for part in store.rglob("*-accepted-0*.parquet")}
    assert len(landed) == 4
    assert {name: landed[name] for name in staged} == staged
    assert rows_of(parts.accepted) == whole
    assert not (store / ".staging").exists()


def test_staged_chunks_of_another_situation_are_not_taken_up(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt", *(f"{n},p{n}" for n in range(10)))
    asked = reading(tmp_path, SIMPLE, chunk_rows=3)
    with pytest.raises(KeyboardInterrupt):
        sources.ingest_files(asked, str(path), Impatient(chunks=2))
    sources.ingest_files(asked, str(write_csv(tmp_path / "other.csv", "id,prompt", "0,p0")))
    parts = sources.ingest_files(asked, str(path))
    assert values_of(parts, "raw_id") == list(range(1, 11))
    assert balance(parts) == [(1, 1, 0, 0), (10, 9, 0, 1)]


def kill_after_chunk(path, chunk):
    """Ingests in another process and kills it -9 as soon as a chunk is finished."""
    script = (
        "import sys; from pathlib import Path; from ingest_logs import ingest; "
        "ingest(Path(sys.argv[1]), chunk_rows=20)"
    )
    here = Path(__file__).parent
    process = subprocess.Popen([sys.executable, "-c", script, str(path)], cwd=here)
    staging = path.parent / "store" / ".staging"
    while process.poll() is None and not list(staging.rglob(f"counts-{chunk:05d}.json")):
        time.sleep(0.002)
    process.kill()
    return process.wait()


def test_killed_again_and_again_a_rerun_completes_it_without_loss(tmp_path):
    rows = 400
    first = ingest(write_csv(tmp_path / "first.csv", "id,prompt", "z,zebra"), chunk_rows=20)
    path = write_csv(tmp_path / "log.csv", "id,prompt", *(f"{n},p{n}" for n in range(rows)))
    for chunk in (0, 4, 11):
        assert kill_after_chunk(path, chunk) == -9
        assert [row["prompt_text"] for row in rows_of(first.accepted)] == ["zebra"]
        assert balance(first) == [(1, 1, 0, 0)]
    parts = ingest(path, chunk_rows=20)
    assert values_of(parts, "raw_id") == list(range(1, rows + 2))
    assert values_of(parts, "prompt_text") == ["zebra", *(f"p{n}" for n in range(rows))]
    assert not (tmp_path / "store" / ".staging").exists()


@pytest.mark.parametrize("moved", [1, 5, 10])
def test_a_landing_killed_between_two_moves_is_made_good(tmp_path, moved):
    path = write_csv(tmp_path / "log.csv", "id,prompt", *(f"{n},p{n}" for n in range(10)))
    whole = rows_of(ingest(path, store=str(tmp_path / "whole")).accepted)
    asked = reading(tmp_path, SIMPLE, chunk_rows=3)
    with pytest.raises(KeyboardInterrupt):
        sources.ingest_files(asked, str(path), Impatient(chunks=4))
    staging = tmp_path / "store" / ".staging"
    staged = sorted(staging.rglob("*.parquet"))
    assert len(staged) == 10
    for part in staged[:moved]:  # what a landing does before it writes the ledger
        landed = tmp_path / "store" / part.relative_to(staging).parents[1] / part.name
        landed.parent.mkdir(parents=True, exist_ok=True)
        part.replace(landed)
    assert rows_of(sources.ingest_files(asked, str(path)).accepted) == whole
