"""Working through items: batch by batch, and on behind a kill at any point."""

import random
import signal
import subprocess
import sys
from collections import Counter

import pyarrow as pa
import pytest
import work_and_die

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.model_results import (
    Outcome,
    Place,
    ResultStore,
    WorkCounts,
    counted,
    work_through,
)
from genai_session_analyzer.model_results.store import MAX_ATTEMPTS, RESULTS

CONFIGURATION = work_and_die.CONFIGURATION
ITEMS, BATCH = 1500, 10


@pytest.fixture
def place(tmp_path):
    with ResultStore(tmp_path / "results.sqlite") as store:
        yield Place(store, CONFIGURATION, "run")


def rows(path):
    with ResultStore(path) as store:
        return pa.Table.from_batches(store.read(CONFIGURATION), RESULTS).to_pylist()


def test_every_item_is_computed_once_in_order(place):
    seen, steps = [], []

    def compute(items):
        seen.append(list(items))
        return [
            Outcome(item, error="odd") if item == "c" else Outcome(item, b"x") for item in items
        ]

    assert work_through(list("abcdefg"), compute, place, 3, steps.append) == (6, 1)
    assert seen == [["a", "b", "c"], ["d", "e", "f"], ["g"]]
    assert steps == [3, 3, 1]


def test_an_error_keeps_the_batches_before_it(place):
    def compute(items):
        if "e" in items:
            raise ModelError("the endpoint is gone")
        return [Outcome(item, b"x") for item in items]

    with pytest.raises(ModelError):
        work_through(list("abcdefg"), compute, place, 2, lambda done: None)
    assert place.store.settled_ids(CONFIGURATION) == set("abcd")


def test_counts_have_a_rate():
    counts = counted(7, lambda: (3, 1))
    assert (counts.new, counts.cached, counts.failed) == (3, 7, 1)
    assert counts.seconds > 0
    assert WorkCounts(3, 7, 1, 2.0).as_metrics() == {
        "new": 3, "cached": 7, "failed": 1, "seconds": 2.0, "items_per_s": 2.0,
    }  # fmt: skip
    assert WorkCounts(0, 7, 0, 0.1).rate == 0


def killed_after(path, line_count):
    """Items a run says it computed and kept, killed at some moment after so many lines."""
    child = subprocess.Popen(
        [sys.executable, work_and_die.__file__, str(path), str(ITEMS), str(BATCH)],
        stdout=subprocess.PIPE,
        text=True,
    )
    lines = [child.stdout.readline() for _ in range(line_count)]
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.read().splitlines()
    child.wait()
    child.stdout.close()
    said = Counter()
    for what, items in (line.split() for line in lines if line.strip()):
        said[what] += int(items)
    return said


@pytest.mark.parametrize(
    ("seed", "kills"),
    [(1, 3), *(pytest.param(seed, 30, marks=pytest.mark.soak) for seed in range(2, 6))],
)
def test_kills_lose_at_most_a_batch_and_change_nothing(tmp_path, seed, kills):
    dice = random.Random(seed)  # noqa: S311
    killed, whole = tmp_path / "killed.sqlite", tmp_path / "whole.sqlite"
    before = 0
    for _ in range(kills):
        said = killed_after(killed, dice.randrange(1, 40))
        now = sum(row["attempts"] for row in rows(killed))
        assert said["kept"] <= now - before <= said["kept"] + BATCH
        assert said["computed"] - (now - before) <= BATCH
        before = now
    assert 0 < len(rows(killed)) <= ITEMS
    for path in (killed, whole):
        for _ in range(MAX_ATTEMPTS):  # until what fails has failed for good
            work_and_die.work(path, ITEMS, BATCH)
    assert len(rows(whole)) == ITEMS
    assert rows(killed) == rows(whole)
