import gzip
import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from ingest_logs import (
    SIMPLE,
    ingest,
    mapping_with,
    reading,
    reasons_of,
    rows_of,
    tree_of,
    values_of,
    write_csv,
    write_parquet,
)

from genai_session_analyzer.errors import MappingError, RejectionError, SourceError
from genai_session_analyzer.pipelines.ingestion import sources
from genai_session_analyzer.pipelines.ingestion.contract import (
    ContractLimits,
    generation_contract,
    judged,
)
from genai_session_analyzer.pipelines.ingestion.corpus_parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.embedded import ingest_corpus
from genai_session_analyzer.pipelines.ingestion.raw_store import RawStore

NO_IDS = {
    "dataset": "no_ids",
    "timezone": "UTC",
    "columns": {"prompt_text": "prompt", "requested_at": "at"},
}
LIST = {"dataset": "prompt_list", "columns": {"prompt_text": "prompt"}}


def balance(parts):
    """rows_in, accepted, rejected and duplicates of every ledger entry."""
    names = ("rows_in", "accepted_rows", "rejected_rows", "duplicate_rows")
    return [tuple(row[name] for name in names) for row in rows_of(parts.ledger)]


def test_rows_in_equal_accepted_rejected_and_duplicates(tmp_path):
    lines = ["a,x", "b,", "a,x", "a,other", "c,y", "too,many,fields"]
    parts = ingest(write_csv(tmp_path / "log.csv", "id,prompt", *lines))
    assert values_of(parts, "generation_id") == ["team_log:a", "team_log:c"]
    assert reasons_of(parts)[2] == ["prompt_text_missing"]
    assert reasons_of(parts)[4] == ["generation_id_conflict"]
    assert len(reasons_of(parts)) == 3
    assert balance(parts) == [(6, 2, 3, 1)]
    (entry,) = rows_of(parts.ledger)
    assert (entry["dataset"], entry["source"]) == ("team_log", "log.csv")


def test_a_repeat_is_compared_with_the_first_accepted_row_of_its_id(tmp_path):
    lines = ["a,", "a,one", "a,two", "a,one", "a,two"]
    parts = ingest(write_csv(tmp_path / "log.csv", "id,prompt", *lines))
    assert values_of(parts, "prompt_text") == ["one"]
    assert balance(parts) == [(5, 1, 3, 1)]


@pytest.mark.parametrize("chunk_rows", [1, 2, 3, 100])
def test_chunks_change_nothing(tmp_path, chunk_rows):
    lines = ["a,x", "b,", "a,x", "c,z", "b,y", "a,w", "d,v", "b,y"]
    path = write_csv(tmp_path / "log.csv", "id,prompt", *lines)
    parts = ingest(path, chunk_rows=chunk_rows)
    assert values_of(parts, "generation_id") == [f"team_log:{name}" for name in "acbd"]
    assert values_of(parts, "source_row") == [1, 4, 5, 7]
    assert values_of(parts, "raw_id") == [1, 2, 3, 4]
    assert balance(parts) == [(8, 4, 2, 2)]


def test_without_ids_equal_rows_are_duplicates_where_they_have_a_time(tmp_path):
    lines = ["x,2022-01-01", "x,2022-01-02", "x,2022-01-01", "y,2022-01-01"]
    parts = ingest(write_csv(tmp_path / "log.csv", "prompt,at", *lines), NO_IDS)
    assert values_of(parts, "source_row") == [1, 2, 4]
    assert len(set(values_of(parts, "generation_id"))) == 3
    assert balance(parts) == [(4, 3, 0, 1)]


def test_a_list_of_prompts_keeps_its_repeats_because_people_ask_again(tmp_path):
    path = write_csv(tmp_path / "a.csv", "prompt", *"xyxx")
    parts = ingest(path, LIST, chunk_rows=3)
    assert values_of(parts, "prompt_text") == list("xyxx")
    assert len(set(values_of(parts, "generation_id"))) == 4
    longer = write_csv(tmp_path / "b.csv", "prompt", *"xyxxxz")
    grown = ingest(longer, LIST)
    assert Counter(values_of(grown, "prompt_text")) == Counter("xyxxxz")


def test_ids_from_content_do_not_depend_on_the_format(tmp_path):
    one = ingest(write_csv(tmp_path / "a.csv", "prompt,at", "x,2022-01-01T02:00:00+02:00"), NO_IDS)
    other = tmp_path / "b.jsonl"
    other.write_text(json.dumps({"at": "2022-01-01 00:00:00", "prompt": "x"}) + "\n")
    assert ingest(other, NO_IDS).accepted[: len(one.accepted)] == one.accepted
    assert len(values_of(ingest(other, NO_IDS), "raw_id")) == 1


def test_the_same_file_again_changes_nothing(tmp_path):
    path = write_csv(tmp_path / "log.csv", "id,prompt", "a,x", "b,", "c,z")
    first = ingest(path)
    before = {file: file.stat().st_mtime_ns for file in (tmp_path / "store").rglob("*.parquet")}
    assert ingest(path) == first
    assert ingest(path.rename(tmp_path / "renamed.csv")) == first
    after = {file: file.stat().st_mtime_ns for file in (tmp_path / "store").rglob("*.parquet")}
    assert after == before


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


def test_too_many_rejected_rows_stop_and_leave_the_store_as_it_was(tmp_path):
    ingest(write_csv(tmp_path / "good.csv", "id,prompt", "a,x"), max_rejected_share=0.2)
    before = tree_of(tmp_path / "store")
    bad = write_csv(tmp_path / "bad.csv", "id,prompt", "b,y", "c,", "d,", "e,z", "f,w")
    with pytest.raises(RejectionError) as caught:
        ingest(bad, max_rejected_share=0.2)
    assert "bad.csv: 2 of 5 rows rejected (40.0%, allowed 20.0%)" in str(caught.value)
    assert "prompt_text_missing (2 rows, first row 2)" in str(caught.value)
    assert tree_of(tmp_path / "store") == before
    ingest(bad, max_rejected_share=0.4)


def corrupt(path, content):
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("empty.csv", b""),
        ("header_only.csv", b"id,prompt\n"),
        ("not.parquet", b"id,prompt\na,x\n"),
        ("truncated.parquet", None),
        ("truncated.csv.gz", gzip.compress(b"id,prompt\n" + b"a,x\n" * 1000)[:-9]),
        ("really_zip.csv", b"PK\x03\x04" + b"\0" * 40),
        ("wrong_columns.csv", b"a,b\n1,2\n"),
        ("log.txt", b"id,prompt\na,x\n"),
    ],
)
def test_a_bad_file_stops_with_one_clear_line_and_leaves_the_store_as_it_was(
    tmp_path, name, content
):
    logs = tmp_path / "logs"
    logs.mkdir()
    ingest(write_csv(logs / "a_good.csv", "id,prompt", "a,x"))
    before = tree_of(logs / "store")
    if content is None:
        whole = write_parquet(logs / "w.parquet", {"id": ["b"] * 99, "prompt": ["y"] * 99})
        content = whole.read_bytes()[:-50]
        whole.unlink()
    write_csv(logs / "b_also_good.csv", "id,prompt", "b,y")
    bad = corrupt(logs / name, content)
    with pytest.raises(SourceError, match=name) as caught:
        ingest(bad)
    assert "\n" not in str(caught.value)
    assert tree_of(logs / "store") == before
    if name.endswith((".csv", ".gz", ".parquet")):
        with pytest.raises(SourceError, match=name):
            ingest(logs)  # one bad file in a folder: none of the others lands either
        assert tree_of(logs / "store") == before


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


def test_parts_that_are_gone_are_missed(tmp_path):
    path = write_csv(tmp_path / "a.csv", "id,prompt", "a,x")
    for part in ingest(path).accepted:
        (tmp_path / part).unlink()
    with pytest.raises(SourceError, match="parts named by its ledger are missing"):
        ingest(path)


def test_a_sample_is_the_same_whatever_the_order_and_the_file(tmp_path):
    lines = [f"{n},p{n}" for n in range(400)]
    settings = {"sample_share": 0.25}
    one = ingest(write_csv(tmp_path / "a.csv", "id,prompt", *lines), **settings)
    other = ingest(
        write_csv(tmp_path / "b.csv", "id,prompt", *reversed(lines)),
        store=str(tmp_path / "other"),
        **settings,
    )
    assert set(values_of(one, "generation_id")) == set(values_of(other, "generation_id"))
    assert 60 <= len(values_of(one, "raw_id")) <= 140


def test_a_row_limit_takes_the_first_rows_of_the_source(tmp_path):
    write_csv(tmp_path / "a.csv", "id,prompt", "a,x", "b,y")
    write_csv(tmp_path / "b.csv", "id,prompt", "c,z", "d,w")
    assert values_of(ingest(tmp_path, row_limit=3), "prompt_text") == ["x", "y", "z"]


def test_the_embedded_corpus_replaces_itself_and_numbers_its_rows(tmp_path):
    ingest_corpus(CorpusParameters(generation_count=30), 7, tmp_path)
    parts = ingest_corpus(CorpusParameters(generation_count=20), 8, tmp_path)
    rows = rows_of(parts.accepted)
    assert [row["raw_id"] for row in rows] == list(range(1, 21))
    assert rows[4]["generation_id"] == "embedded:8:5"
    assert balance(parts) == [(20, 20, 0, 0)]
    assert rows_of(parts.rejected) == []
    assert len(list(tmp_path.rglob("*-accepted-*.parquet"))) == 1
    again = ingest_corpus(CorpusParameters(generation_count=20), 8, tmp_path)
    assert rows_of(again.accepted) == rows


def test_the_embedded_corpus_fulfils_the_contract(tmp_path):
    parts = ingest_corpus(CorpusParameters(generation_count=3000), 7, tmp_path)
    with sources.working_connection(tmp_path / "spill") as connection:
        rows = connection.read_parquet(parts.accepted, hive_partitioning=False)
        contract = generation_contract(ContractLimits(as_of="2026-01-01"))
        reasons = judged(rows, contract).reasons.to_pyarrow().to_pylist()
    assert reasons == [[]] * 3000


def test_mapping_errors_come_before_any_part_is_written(tmp_path):
    write_csv(tmp_path / "a.csv", "id,prompt", "a,x")
    write_csv(tmp_path / "b.csv", "id,other", "a,x")
    with pytest.raises(MappingError, match=r"b\.csv"):
        ingest(tmp_path)
    assert not list((tmp_path / "store").rglob("*.parquet"))
