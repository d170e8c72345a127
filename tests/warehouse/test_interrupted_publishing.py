"""Publishers killed at any moment, and readers beside publishers."""

import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path

import duckdb
import numpy as np
import pytest
from sample_builds import assert_consistent, leftovers, publish_sample

from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.warehouse.builds import build_names, current_build
from genai_session_analyzer.warehouse.reader import BuildReader

HERE = Path(__file__).parent
DEADLINE_S = 2.0


def start_publisher(root: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "publish_in_a_loop.py"), str(root), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def run_until_killed(root: Path, publishes: int, delay_s: float) -> str:
    """Kill a publisher some time after a publish; return the last build it knew to be served."""
    with start_publisher(root) as publisher:
        assert publisher.stdout is not None
        begun = [publisher.stdout.readline().strip() for _ in range(1 + publishes)]
        time.sleep(delay_s)
        publisher.kill()
        known = [*begun, *publisher.stdout.read().split("\n")[:-1]]
    assert known[0] == "ready"
    return known[-1] if len(known) > 1 else ""


def assert_whole(root: Path, at_least: str) -> str:
    """Assert that CURRENT is valid, not older than `at_least`, and whole; return its id."""
    reader = BuildReader(root)
    build_id, _ = assert_consistent(reader)
    assert reader.notice is None
    assert build_id == current_build(root).id
    assert build_id >= at_least
    return build_id


def kill_in_rounds(tmp_path: Path, rounds: int, seed: int) -> None:
    root, link = tmp_path / "published", tmp_path / "warehouse.duckdb"
    served = publish_sample(root, version=2, link=link).id
    moments = np.random.default_rng(seed)
    for _ in range(rounds):
        known = run_until_killed(root, int(moments.integers(3)), moments.uniform(0, 0.15))
        served = assert_whole(root, max(served, known))
        assert link.resolve().is_file()
    last = publish_sample(root, version=3, link=link).id
    assert assert_whole(root, served) == last
    assert leftovers(tmp_path) == []
    assert len(build_names(root)) == 3  # as many as are kept
    assert link.resolve() == current_build(root).path.resolve()


def test_a_kill_at_any_moment_leaves_a_whole_build_served(tmp_path: Path) -> None:
    kill_in_rounds(tmp_path, rounds=8, seed=1)


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(2, 7))
def test_many_kills_leave_a_whole_build_served(tmp_path: Path, seed: int) -> None:
    kill_in_rounds(tmp_path, rounds=60, seed=seed)


def die_at(tmp_path: Path, step: int) -> bool:
    """Let a publisher die just before its `step`-th file operation; return whether it died."""
    root, link = tmp_path / "published", tmp_path / "warehouse.duckdb"
    before = publish_sample(root, version=2, keep=1, link=link).id
    with start_publisher(root, str(step)) as publisher:
        published = publisher.communicate()[0].split("\n")[1]
    assert assert_whole(root, max(before, published)) in (before, max(build_names(root)))
    last = publish_sample(root, version=3, keep=1, link=link).id
    assert assert_whole(root, last) == last
    assert leftovers(tmp_path) == []
    assert build_names(root) == [last]
    return publisher.returncode != 0


@pytest.mark.parametrize("step", [10, 12, 14, 15, 22])
def test_a_kill_between_two_steps_needs_no_manual_step(tmp_path: Path, step: int) -> None:
    assert die_at(tmp_path, step)


@pytest.mark.soak
def test_a_kill_between_any_two_steps_needs_no_manual_step(tmp_path: Path) -> None:
    died = [die_at(tmp_path / str(step), step) for step in range(1, 40)]
    assert sum(died) > 20
    assert died == sorted(died, reverse=True)


class WatchingThread(threading.Thread):
    """Reads without pause; remembers the last build seen, all ids in order, and any error."""

    def __init__(self, reader: BuildReader) -> None:
        super().__init__()
        self.reader = reader
        self.seen = [reader.build.id]
        self.reads = 0
        self.problem: Exception | None = None
        self.stop = threading.Event()

    def run(self) -> None:
        while not self.stop.is_set() and self.problem is None:
            try:
                build_id, _ = assert_consistent(self.reader)
            except (AssertionError, AnalyzerError, duckdb.Error) as problem:
                self.problem = problem
            else:
                self.reads += 1
                if build_id != self.seen[-1]:
                    self.seen.append(build_id)


def wait_until_seen(threads: list[WatchingThread], build_id: str) -> None:
    deadline = time.monotonic() + DEADLINE_S
    while any(thread.seen[-1] != build_id for thread in threads):
        assert [thread.problem for thread in threads if thread.problem] == []
        assert time.monotonic() < deadline, "a new build was not seen in time"
        time.sleep(0.005)


def publish_beside_readers(root: Path, publishes: int, readers: int, processes: int) -> int:
    """Publish while threads and processes read; return how many reads the threads did."""
    publish_sample(root, version=1)
    shared = BuildReader(root)
    threads = [WatchingThread(shared) for _ in range(readers)]
    with ExitStack() as running:
        others = [running.enter_context(start_reader(root)) for _ in range(processes)]
        for thread in threads:
            thread.start()
            running.callback(thread.stop.set)
        for version in range(2, publishes + 2):
            build = publish_sample(root, version)
            wait_until_seen(threads, build.id)
        for thread in threads:
            thread.stop.set()
            thread.join()
        outputs = [other.communicate(timeout=60)[0].split() for other in others]
        assert [other.returncode for other in others] == [0] * processes
    assert all(thread.seen == sorted(set(thread.seen)) for thread in threads)
    assert all(output[-1] == build.id and output == sorted(output) for output in outputs)
    return sum(thread.reads for thread in threads)


def start_reader(root: Path) -> subprocess.Popen[str]:
    command = [sys.executable, str(HERE / "read_in_a_loop.py"), str(root)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def test_readers_beside_a_publisher_see_whole_builds_at_once(tmp_path: Path) -> None:
    assert publish_beside_readers(tmp_path, publishes=6, readers=2, processes=1) > 12


def test_a_build_pruned_while_it_is_being_opened_is_no_damage(tmp_path: Path) -> None:
    publish_sample(tmp_path, version=1, keep=1)
    with ThreadPoolExecutor(1) as pool:
        publishing = pool.submit(
            lambda: [publish_sample(tmp_path, version, keep=1).id for version in range(2, 14)]
        )
        opened = []
        while not publishing.done():
            reader = BuildReader(tmp_path)
            opened.append(assert_consistent(reader)[0])
            assert reader.notice is None
    assert opened == sorted(opened)
    assert assert_consistent(BuildReader(tmp_path))[0] == publishing.result()[-1]


@pytest.mark.soak
def test_two_hundred_publishes_beside_eight_readers(tmp_path: Path) -> None:
    assert publish_beside_readers(tmp_path, publishes=200, readers=6, processes=2) > 2000
