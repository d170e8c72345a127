"""The worker processes themselves: confined, replaced, never left behind."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from worker_builds import children, is_alive, open_files, write_numbers

from genai_session_analyzer.errors import (
    NoBuildError,
    QueryError,
    QueryFailedError,
    QueryMemoryError,
)
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers
from genai_session_analyzer.warehouse.query_worker.settings import QueryLimits, WorkerSettings

ONE = WorkerSettings(pool_size=1, hard_deadline_s=1.0, limits=QueryLimits(soft_deadline_s=0.5))
ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
SANDBOX = """
import socket
from genai_session_analyzer.warehouse.query_worker.landlock import give_up_files
kept = open(__file__)
version = give_up_files()
outcomes = [str(version), str(len(kept.read()) > 0)]
def fails(attempt):
    try:
        attempt()
    except PermissionError:
        return "refused"
    return "done"
outcomes.append(fails(lambda: open(__file__)))
outcomes.append(fails(lambda: open("new.txt", "w")))
connect = lambda: socket.create_connection(("127.0.0.1", 1), 1)
outcomes.append(fails(connect) if version >= 4 else "refused")
print(*outcomes)
"""


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return write_numbers(tmp_path_factory.mktemp("published"), version=1)


def version_seen(workers):
    return workers.run("SELECT DISTINCT version FROM numbers", "me").tuples()[0][0]


def wait_until(condition, seconds=5.0):
    ends = time.monotonic() + seconds
    while not condition() and time.monotonic() < ends:
        time.sleep(0.02)
    return condition()


def child_ids():
    return {int(line.split()[0]) for line in children()}


def has_ended(process_id):
    """Whether a child has ended with all its threads; it is not forgotten by asking."""
    return os.waitid(os.P_PID, process_id, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def test_a_new_build_is_read_by_the_next_query(tmp_path):
    builds = [write_numbers(tmp_path / name, number) for number, name in ((1, "a"), (2, "b"))]
    served, started_with = builds[:1], child_ids()
    with QueryWorkers(lambda: served[-1], ONE) as workers:
        assert version_seen(workers) == 1
        served.append(builds[1])
        result = workers.run("SELECT DISTINCT version FROM numbers", "me")
        assert (result.tuples(), result.build_id) == ([(2,)], builds[1].id)
        assert len(child_ids() - started_with) == 1


def test_a_process_is_replaced_after_so_many_queries(build):
    with QueryWorkers(lambda: build, ONE.model_copy(update={"most_queries": 3})) as workers:
        seen = []
        for _ in range(7):
            workers.run("SELECT 1", "me")
            seen.append(workers.process_ids[0])
    assert seen[0] == seen[1] != seen[2] == seen[3] == seen[4] != seen[5]


def test_a_spare_that_runs_already_takes_the_place_of_a_spent_process(build):
    started_with = child_ids()
    with QueryWorkers(lambda: build, ONE.model_copy(update={"most_queries": 2})) as workers:
        workers.start()
        (first,) = workers.process_ids
        (spare,) = child_ids() - started_with - {first}
        for _ in range(2):
            workers.run("SELECT 1", "me")
        assert workers.process_ids == (spare,)
        assert len(child_ids() - started_with) == 2
        assert version_seen(workers) == 1
    assert child_ids() == started_with


def test_a_spare_of_an_earlier_build_is_not_used(tmp_path):
    builds = [write_numbers(tmp_path / name, number) for number, name in ((1, "a"), (2, "b"))]
    served = builds[:1]
    with QueryWorkers(lambda: served[-1], ONE) as workers:
        workers.start()
        before = child_ids()
        served.append(builds[1])
        assert version_seen(workers) == 2
        assert before.isdisjoint(workers.process_ids)


def test_a_build_is_found_by_a_relative_path_too(build, monkeypatch):
    monkeypatch.chdir(build.path.parent)
    relative = build.model_copy(update={"path": Path(build.path.name)})
    with QueryWorkers(lambda: relative, ONE) as workers:
        assert version_seen(workers) == 1


def test_a_process_that_was_killed_meanwhile_is_replaced_unnoticed(build):
    with QueryWorkers(lambda: build, ONE) as workers:
        assert version_seen(workers) == 1
        os.kill(workers.process_ids[0], signal.SIGKILL)
        assert wait_until(lambda: has_ended(workers.process_ids[0]))
        assert version_seen(workers) == 1


def test_a_missing_file_is_one_clear_error(build, tmp_path):
    missing = build.model_copy(update={"path": tmp_path / "none.duckdb"})
    with QueryWorkers(lambda: missing, ONE) as workers:
        for _ in range(2):
            with pytest.raises(QueryFailedError, match=r"none\.duckdb cannot be opened"):
                workers.run("SELECT 1", "me")


def test_without_a_build_nothing_is_run():
    def no_build():
        message = "Nothing has been published. Run `make run`."
        raise NoBuildError(message)

    with QueryWorkers(no_build, ONE) as workers:
        with pytest.raises(NoBuildError):
            workers.run("SELECT 1", "me")
        with pytest.raises(NoBuildError):
            workers.run("SELECT 1", "me")


def test_no_zombie_and_no_open_pipe_is_left(build):
    started_with, files = children(), open_files()
    with QueryWorkers(lambda: build, ONE) as workers:
        for _ in range(3):
            with pytest.raises(QueryError):
                workers.run("SELECT levenshtein(repeat('ab', 99999), repeat('ba', 99999))", "me")
        assert len(children()) == len(started_with) + 1
        assert open_files() <= files + 2
        ids = workers.process_ids
    assert children() == started_with
    assert open_files() == files
    assert not any(is_alive(process) for process in ids)


def test_closed_workers_run_nothing(build):
    workers = QueryWorkers(lambda: build, ONE)
    workers.start()
    assert len(workers.process_ids) == 1
    workers.close()
    with pytest.raises(QueryFailedError, match="closed"):
        workers.run("SELECT 1", "me")
    assert not any(is_alive(process) for process in workers.process_ids)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_a_worker_ends_with_its_parent_even_in_the_middle_of_a_query(build, how, tmp_path):
    script = Path(__file__).with_name("start_workers_and_die.py")
    command = [sys.executable, str(script), str(build.path)]
    environment = os.environ | {"TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as parent:
        worker = int(parent.stdout.readline())
        assert is_alive(worker)
        parent.send_signal(how)
        parent.wait(timeout=10)
    assert wait_until(lambda: not is_alive(worker))
    assert list(tmp_path.iterdir()) == []  # no folder stays of a process that was killed


@ON_LINUX
def test_a_process_has_no_environment_no_folder_and_hard_limits(build):
    with QueryWorkers(lambda: build, ONE) as workers:
        workers.run("SELECT 1", "me")
        process = Path(f"/proc/{workers.process_ids[0]}")
        names = {line.split("=")[0] for line in (process / "environ").read_text().split("\0")}
        assert names - {""} == {"ARROW_DEFAULT_MEMORY_POOL"}
        folder = process / "cwd"
        assert folder.readlink().name.endswith(" (deleted)")
        assert list(folder.iterdir()) == []
        limits = (process / "limits").read_text().splitlines()
    told = {line[:26].strip(): line[26:].split()[:2] for line in limits}
    assert told["Max core file size"] == ["0", "0"]
    assert told["Max file size"] == ["0", "0"]
    assert told["Max address space"] == ["2000000000"] * 2


@ON_LINUX
def test_a_process_loads_no_library_that_it_does_not_need(build):
    """They were half of the time it takes to start."""
    with QueryWorkers(lambda: build, ONE) as workers:
        assert version_seen(workers) == 1
        libraries = Path(f"/proc/{workers.process_ids[0]}/maps").read_text()
    assert "pyarrow" in libraries
    assert "numpy" not in libraries
    assert "pydantic" not in libraries


@ON_LINUX
def test_every_thread_of_a_process_that_reads_queries_is_in_the_sandbox(tmp_path):
    script = tmp_path / "sandboxed.py"
    script.write_text(SANDBOX, encoding="utf-8")
    command = [sys.executable, str(script)]
    told = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=True).stdout
    version, *outcomes = told.split()
    if version == "0":
        pytest.skip("this kernel has no landlock")
    assert outcomes == ["True", "refused", "refused", "refused"]
    assert not (tmp_path / "new.txt").exists()


def test_a_process_whose_memory_grows_past_the_limit_ends(build):
    """What a macOS machine relies on, where the system does not limit the address space."""
    reader = ONE.reader.model_copy(update={"memory_limit": "4GB"})
    limits = QueryLimits(address_space_bytes=8_000_000_000, resident_bytes=400_000_000)
    settings = WorkerSettings(pool_size=1, hard_deadline_s=60, reader=reader, limits=limits)
    with QueryWorkers(lambda: build, settings) as workers:
        with pytest.raises(QueryMemoryError):
            workers.run("SELECT list(range) FROM range(1000000000)", "me")
        assert version_seen(workers) == 1


def test_what_the_starting_process_once_held_does_not_count(build):
    """On Linux the peak of `getrusage` goes from a process to those it starts."""
    held = b"x" * 700_000_000
    assert held[-1:] == b"x"
    limits = QueryLimits(resident_bytes=500_000_000)
    with QueryWorkers(lambda: build, WorkerSettings(pool_size=1, limits=limits)) as workers:
        assert version_seen(workers) == 1
        assert workers.run("SELECT sum(range) FROM range(100000)", "me").tuples() == [(4999950000,)]
