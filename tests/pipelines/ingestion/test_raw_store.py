import gzip

import ibis
import pytest
from ingest_logs import (
    SIMPLE,
    balance,
    ingest,
    mapping_with,
    reading,
    rows_of,
    values_of,
    write_csv,
)

from genai_session_analyzer.pipelines.ingestion import sources
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.embedded import ingest_corpus
from genai_session_analyzer.pipelines.ingestion.store.raw_store import RawStore
from genai_session_analyzer.schema import TABLES, TableValidator


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt", "a,x", "b,", "c,z")
    first = ingest(path)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "store").rglob("*.parquet")}
    assert ingest(path) == first
    assert ingest(path.rename(tmp_path / "renamed.csv")) == first
    after = {file: file.stat().st_mtime_ns for file in (tmp_path / "store").rglob("*.parquet")}
    assert after == before


def test_every_part_has_the_declared_columns_and_types(tmp_path):
    parts = ingest(write_csv(tmp_path / "log.csv", "id,prompt", "a,x", "b,", "c,z", '"d'))
    assert balance(parts)
    backend = ibis.duckdb.connect()
    for name, paths in (
        ("raw_generations", parts.accepted),
        ("rejected_rows", parts.rejected),
        ("ingested_files", parts.ledger),
    ):
        for path in paths:
            table = backend.read_parquet(path)
            assert tuple(table.columns) == TABLES[name].column_names
            assert TableValidator(name).validate(table) is table


def test_a_newer_overlapping_file_appends_only_what_is_new(tmp_path):
    ingest(write_csv(tmp_path / "old.csv", "id,prompt", "a,x", "b,y"))
    parts = ingest(write_csv(tmp_path / "new.csv", "id,prompt", "b,y", "c,z", "a,changed"))
    assert values_of(parts, "generation_id") == ["team_log:a", "team_log:b", "team_log:c"]
    assert values_of(parts, "raw_id") == [1, 2, 3]
    assert values_of(parts, "source") == ["old.csv", "old.csv", "new.csv"]
    assert balance(parts) == [(2, 2, 0, 0), (3, 1, 1, 1)]


def test_a_second_file_of_the_same_name_is_told_apart(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt", "a,", "b,y")
    ingest(path)
    parts = ingest(write_csv(path, "id,prompt", "c,", "d,y"))
    keys = [(row["source"], row["row_number"]) for row in rows_of(parts.rejected)]
    assert len(keys) == len(set(keys)) == 2
    assert keys[0] == ("log.csv", 1)
    assert keys[1][0].startswith("log.csv@")


@pytest.mark.parametrize("order", [("a.csv", "b.csv.gz"), ("b.csv.gz", "a.csv")])
def test_a_folder_a_glob_and_compressed_files(tmp_path, order):
    logs = tmp_path / "logs"
    logs.mkdir()
    write_csv(logs / order[0].removesuffix(".gz"), "id,prompt", "a,x")
    (logs / "c.csv.gz").write_bytes(gzip.compress(b"id,prompt\nb,y\n"))
    (logs / "d.jsonl").write_text('{"id": "c", "prompt": "z"}\n')
    parts = ingest(logs)
    assert sorted(values_of(parts, "prompt_text")) == ["x", "y", "z"]
    one = sources.ingest_files(
        reading(tmp_path, SIMPLE, store=str(tmp_path / "other")), str(logs / "*.jsonl")
    )
    assert values_of(one, "prompt_text") == ["z"]


def test_another_source_and_another_mapping_lose_nothing(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt,seed", "a,x,1", "b,y,2")
    first = ingest(path)
    ingest(path, mapping_with(dataset="other"))
    ingest_corpus(CorpusParameters(generation_count=5), 7, tmp_path / "store")
    with_seed = ingest(path, mapping_with({"seed": "seed"}))
    assert values_of(with_seed, "seed") == [1, 2]
    assert values_of(with_seed, "raw_id") == [1, 2]
    assert ingest(path) == first
    assert values_of(first, "seed") == [None, None]


def test_remains_of_a_crash_between_two_renames_are_ignored_and_removed(tmp_path):
    parts = ingest(write_csv(tmp_path / "a.csv", "id,prompt", "a,x"))
    (store,) = (tmp_path / "store").glob("team_log/*")
    orphan = store / "0123456789abcdef-accepted-00000.parquet"
    orphan.write_bytes(b"half a landing")
    (store / "ledger.tmp").write_bytes(b"")
    assert RawStore(store, tmp_path / "s").paths("accepted") == parts.accepted
    again = ingest(write_csv(tmp_path / "b.csv", "id,prompt", "b,y"))
    assert not orphan.exists()
    assert values_of(again, "prompt_text") == ["x", "y"]


def test_a_row_limit_takes_the_first_rows_of_the_source(tmp_path):
    write_csv(tmp_path / "a.csv", "id,prompt", "a,x", "b,y")
    write_csv(tmp_path / "b.csv", "id,prompt", "c,z", "d,w")
    assert values_of(ingest(tmp_path, row_limit=3), "prompt_text") == ["x", "y", "z"]
