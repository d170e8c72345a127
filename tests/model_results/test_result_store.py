"""What the store keeps, gives back, and says when the disk or the file lets it down."""

import resource
import subprocess
import sys
import threading
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.model_results import Configuration, Outcome, ResultStore
from genai_session_analyzer.model_results.store import MAX_ATTEMPTS, RESULTS

ONE = Configuration("embed", "mini", "1", {"b": 2, "a": 1})


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as opened:
        yield opened


def rows(store, configuration=ONE):
    return pa.Table.from_batches(store.read(configuration), RESULTS).to_pylist()


def test_what_is_kept_is_read_by_id(store):
    store.keep(ONE, [Outcome("b", b"\x00\xff"), Outcome("a", error="too long")], "run-1")
    assert rows(store) == [
        {"content_id": "a", "payload": None, "error": "too long", "attempts": 1, "run_id": "run-1"},
        {
            "content_id": "b",
            "payload": b"\x00\xff",
            "error": None,
            "attempts": 1,
            "run_id": "run-1",
        },
    ]
    assert store.settled_ids(ONE) == {"b"}
    assert store.payload_sizes(ONE) == {2}
    assert store.failures(ONE).to_pylist() == [
        {"content_id": "a", "error": "too long", "attempts": 1}
    ]


def test_the_first_result_stays(store):
    store.keep(ONE, [Outcome("a", b"first")], "run-1")
    store.keep(ONE, [Outcome("a", b"second"), Outcome("a", error="late")], "run-2")
    (row,) = rows(store)
    assert (row["payload"], row["run_id"], row["attempts"]) == (b"first", "run-1", 1)


def test_a_failure_is_tried_three_times_and_may_yet_succeed(store):
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert store.settled_ids(ONE) == set()
        store.keep(ONE, [Outcome("a", error=f"no {attempt}"), Outcome("b", error="no")], "run")
    assert store.settled_ids(ONE) == {"a", "b"}
    assert rows(store)[0]["error"] == "no 3"
    store.keep(ONE, [Outcome("b", b"yes")], "run-4")
    second = rows(store)[1]
    assert (second["payload"], second["error"], second["attempts"]) == (b"yes", None, 4)


@pytest.mark.parametrize(
    "other",
    [
        Configuration("label", "mini", "1", {"a": 1, "b": 2}),
        Configuration("embed", "maxi", "1", {"a": 1, "b": 2}),
        Configuration("embed", "mini", "2", {"a": 1, "b": 2}),
        Configuration("embed", "mini", "1", {"a": 1, "b": 3}),
    ],
)
def test_another_configuration_has_other_results(store, other):
    store.keep(ONE, [Outcome("a", b"one")], "run")
    assert store.settled_ids(other) == set()
    store.keep(other, [Outcome("a", b"other")], "run")
    assert [row["payload"] for row in rows(store)] == [b"one"]
    assert [row["payload"] for row in rows(store, other)] == [b"other"]


def test_the_order_of_settings_does_not_matter():
    assert ONE.digest == Configuration("embed", "mini", "1", {"a": 1, "b": 2}).digest


def test_results_outlive_the_process(tmp_path):
    path = tmp_path / "deep/down/results.sqlite"
    with ResultStore(path) as first:
        first.keep(ONE, [Outcome("a", b"1")], "run")
    with ResultStore(path) as second:
        assert second.settled_ids(ONE) == {"a"}


def test_a_batch_is_kept_whole_or_not_at_all(store):
    with pytest.raises(ResultStoreError, match="cannot be written"):
        store.keep(ONE, [Outcome("a", b"1"), Outcome("b")], "run")  # neither result nor error
    assert rows(store) == []
    store.keep(ONE, [Outcome("a", b"1")], "run")
    assert len(rows(store)) == 1


def test_more_rows_than_a_batch_are_read_completely(store):
    store.keep(ONE, [Outcome(f"{n:06}", b"x") for n in range(20_000)], "run")
    batches = list(store.read(ONE))
    assert len(batches) > 1
    names = [name for batch in batches for name in batch["content_id"].to_pylist()]
    assert names == [f"{n:06}" for n in range(20_000)]


def test_another_thread_may_read_while_this_one_writes(store):
    store.keep(ONE, [Outcome(f"{n:06}", b"x") for n in range(20_000)], "run")
    reader = store.read(ONE)
    first = next(reader).num_rows
    store.keep(ONE, [Outcome("later", b"x")], "run")
    rest = []
    thread = threading.Thread(target=lambda: rest.extend(batch.num_rows for batch in reader))
    thread.start()
    thread.join()
    assert first + sum(rest) == 20_000


def test_duckdb_takes_the_stream(store):
    store.keep(ONE, [Outcome(f"{n:06}", b"x") for n in range(20_000)], "run")
    stream = pa.RecordBatchReader.from_batches(RESULTS, store.read(ONE))
    with duckdb.connect() as connection:
        connection.register("stream", stream)
        connection.execute("CREATE TABLE kept AS FROM stream")
        (count,) = connection.execute("SELECT count(*) FROM kept").fetchone()
    assert count == 20_000


def test_a_file_that_is_no_store_is_one_clear_line(tmp_path):
    path = tmp_path / "results.sqlite"
    path.write_bytes(b"this is no database, " * 500)
    with pytest.raises(ResultStoreError, match="cannot be opened") as caught:
        ResultStore(path)
    message = str(caught.value)
    assert str(path) in message
    assert "\n" not in message
    assert "move a damaged file away" in message


def test_a_path_that_cannot_be_is_one_clear_line(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ResultStoreError, match="cannot be opened"):
        ResultStore(tmp_path / "file" / "results.sqlite")


def damaged_store(tmp_path):
    path = tmp_path / "results.sqlite"
    with ResultStore(path) as store:
        store.keep(ONE, [Outcome(f"{n:06}", b"x" * 900) for n in range(2000)], "run")
    content = bytearray(path.read_bytes())
    third = len(content) // 3
    content[third : 2 * third] = b"\xa5" * third
    path.write_bytes(bytes(content))
    return path


@pytest.mark.parametrize(
    "ask",
    [
        lambda store: store.settled_ids(ONE),
        lambda store: store.payload_sizes(ONE),
        lambda store: list(store.read(ONE)),
    ],
)
def test_a_damaged_file_is_one_clear_line_whatever_is_asked(tmp_path, ask):
    with (
        ResultStore(damaged_store(tmp_path)) as store,
        pytest.raises(ResultStoreError, match=r"cannot be read: database disk image is malformed"),
    ):
        ask(store)


FILL = """
import resource, sys
from pathlib import Path
from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.model_results import Configuration, Outcome, ResultStore
store = ResultStore(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (400_000, 400_000))
kept = 0
try:
    while kept < 100:
        batch = [Outcome(f"{kept:03}-{n:03}", bytes(500)) for n in range(100)]
        store.keep(Configuration("embed", "mini", "1", {"a": 1, "b": 2}), batch, "run")
        kept += 1
except ResultStoreError as problem:
    print(kept)
    print(problem)
"""


def test_a_full_disk_is_one_clear_line_and_loses_nothing(tmp_path):
    path = tmp_path / "results.sqlite"
    finished = subprocess.run(
        [sys.executable, "-c", FILL, str(path)], capture_output=True, text=True, check=True
    )
    kept, message = finished.stdout.splitlines()
    assert 0 < int(kept) < 100
    assert "cannot be written" in message
    assert "Finished batches are kept" in message
    with ResultStore(path) as store:
        assert len(store.settled_ids(ONE)) == 100 * int(kept)
        store.keep(ONE, [Outcome("after", b"x")], "run")  # the disk has room again
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 400_000
    assert Path(path).exists()
