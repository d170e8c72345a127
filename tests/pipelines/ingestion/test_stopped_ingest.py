import gzip

import pytest
from ingest_logs import (
    ingest,
    tree_of,
    write_csv,
    write_parquet,
)

from genai_session_analyzer.errors import MappingError, RejectionError, SourceError


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
        ("truncated.csv.gz", gzip.compress(b"id,prompt\n" + b"a,x\n" * 1000, mtime=0)[:-9]),
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


def test_parts_that_are_gone_are_missed(tmp_path):
    path = write_csv(tmp_path / "a.csv", "id,prompt", "a,x")
    for part in ingest(path).accepted:
        (tmp_path / part).unlink()
    with pytest.raises(SourceError, match="parts named by its ledger are missing"):
        ingest(path)


def test_mapping_errors_come_before_any_part_is_written(tmp_path):
    write_csv(tmp_path / "a.csv", "id,prompt", "a,x")
    write_csv(tmp_path / "b.csv", "id,other", "a,x")
    with pytest.raises(MappingError, match=r"b\.csv"):
        ingest(tmp_path)
    assert not list((tmp_path / "store").rglob("*.parquet"))
