"""Queries in worker processes: rows, limits, errors."""

import threading
import time
from decimal import Decimal

import duckdb
import pytest
from worker_builds import write_numbers

from genai_session_analyzer.errors import (
    QueryCancelledError,
    QueryDeadlineError,
    QueryFailedError,
    QueryMemoryError,
    WorkersBusyError,
)
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers
from genai_session_analyzer.warehouse.query_worker.settings import QueryLimits, WorkerSettings
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings

ENDLESS = "SELECT count(*) FROM range(1000000000000)"
IGNORES_INTERRUPTS = "SELECT levenshtein(repeat('ab', 200000), repeat('ba', 200000))"
SLACK_S = 2.0
QUICK = WorkerSettings(
    pool_size=1,
    hard_deadline_s=3.0,
    limits=QueryLimits(soft_deadline_s=1.5, most_rows=10, most_bytes=100_000),
)
PATIENT = WorkerSettings(pool_size=1, hard_deadline_s=60, limits=QueryLimits(soft_deadline_s=60))


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    return write_numbers(tmp_path_factory.mktemp("published"), version=1)


@pytest.fixture(scope="module")
def workers(build):
    with QueryWorkers(lambda: build, QUICK) as opened:
        opened.run("SELECT 1", "warm-up")
        yield opened


def run(workers, sql):
    return workers.run(sql, "me")


def still_answers(workers):
    return run(workers, "SELECT count(*) FROM numbers").tuples() == [(20,)]


def test_rows_are_those_of_the_engine(workers, build):
    sql = (
        "SELECT n, third, n::VARCHAR AS word, NULL AS nothing, DATE '2024-02-29' AS day,"
        " TIMESTAMP '2024-02-29 12:00:00.000001' AS moment, [n, NULL] AS list, {'a': n} AS struct,"
        " 1.50::DECIMAL(4, 2) AS exact, n > 2 AS flag, 'x'::ENUM ('x', 'y') AS coded, n AS n"
        " FROM numbers WHERE n < 5 ORDER BY n DESC"
    )
    result = run(workers, sql)
    with duckdb.connect(build.path, read_only=True) as connection:
        expected = connection.execute(sql)
        assert list(result.columns) == [name for name, *_ in expected.description]
        assert list(result.types) == [str(kind) for _, kind, *_ in expected.description]
        assert result.tuples() == expected.fetchall()
    assert result.build_id == build.id
    assert result.elapsed_ms > 0
    assert not result.is_truncated


def test_no_rows_keep_their_columns(workers):
    result = run(workers, "SELECT n, third FROM numbers WHERE false")
    assert result.columns == ("n", "third")
    assert result.tuples() == []


def test_sums_of_whole_numbers_are_whole_numbers(workers):
    (row,) = run(workers, "SELECT sum(n), sum(n) * 10::HUGEINT ** 30 FROM numbers").tuples()
    assert row[0] == sum(range(20))
    assert type(row[0]) is int
    (huge,) = run(workers, "SELECT 170141183460469231731687303715884105727 AS n").tuples()
    assert huge == (Decimal(2**127 - 1),)


@pytest.mark.parametrize(
    ("asked", "got", "is_truncated"), [(9, 9, False), (10, 10, False), (11, 10, True)]
)
def test_ten_rows_are_the_most_and_the_result_says_so(workers, asked, got, is_truncated):
    result = run(workers, f"SELECT n FROM numbers ORDER BY n LIMIT {asked}")  # noqa: S608
    assert result.tuples() == [(n,) for n in range(got)]
    assert result.is_truncated is is_truncated


def test_the_default_limit_is_10000_rows(build):
    with QueryWorkers(lambda: build, WorkerSettings(pool_size=1)) as opened:
        whole = run(opened, "SELECT range FROM range(10000)")
        more = run(opened, "SELECT range FROM range(10000000)")
    assert (whole.rows.num_rows, whole.is_truncated) == (10_000, False)
    assert (more.rows.num_rows, more.is_truncated) == (10_000, True)


def test_bytes_are_limited_too(workers):
    result = run(workers, "SELECT repeat('x', 30000) AS wide FROM numbers")
    assert result.is_truncated
    assert result.tuples() == [("x" * 30_000,)] * 3
    with pytest.raises(QueryFailedError, match="One row is larger than 100,000 bytes"):
        run(workers, "SELECT repeat('x', 200000) AS wide")


def test_a_wrong_statement_fails_in_one_line_with_the_engines_hint(workers):
    with pytest.raises(QueryFailedError) as caught:
        run(workers, "SELECT\n  thrid\nFROM numbers")
    assert "thrid" in str(caught.value)
    assert "third" in str(caught.value)
    assert "\n" not in str(caught.value)
    assert "LINE" not in str(caught.value)


def test_an_error_halfway_through_the_rows_is_an_error(workers):
    with pytest.raises(QueryFailedError, match="Could not convert string"):
        run(
            workers,
            "SELECT (CASE WHEN range = 9000 THEN 'x' ELSE '1' END)::INT FROM range(9001)"
            " OFFSET 8995",
        )


@pytest.mark.parametrize("sql", [ENDLESS, IGNORES_INTERRUPTS])
def test_a_query_ends_by_its_deadline(workers, sql):
    started = time.monotonic()
    with pytest.raises(QueryDeadlineError, match=r"stopped after 1\.5 s"):
        run(workers, sql)
    assert time.monotonic() - started < QUICK.hard_deadline_s + SLACK_S
    assert still_answers(workers)


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT list(range) FROM range(1000000000)",
        "SELECT * FROM range(3000000) AS r (i), range(9) ORDER BY hash(i)",
        "SELECT repeat('x', 4000000000)",
    ],
)
def test_a_query_that_needs_too_much_memory_says_so(build, sql):
    """Also where the engine would sort on disk: there is none."""
    settings = WorkerSettings(
        pool_size=1,
        hard_deadline_s=60,
        reader=ReaderSettings(memory_limit="64MB"),
        limits=QueryLimits(soft_deadline_s=60),
    )
    with QueryWorkers(lambda: build, settings) as opened:
        with pytest.raises(QueryMemoryError, match="more than 64MB of memory"):
            run(opened, sql)
        assert still_answers(opened)


def test_a_crash_of_the_engine_is_an_error_and_a_new_process(build):
    with QueryWorkers(lambda: build, PATIENT) as workers:
        assert still_answers(workers)
        before = workers.process_ids
        with pytest.raises(QueryFailedError, match="SIGSEGV"):
            run(workers, "SELECT json_structure(repeat('[', 1000000) || repeat(']', 1000000))")
        assert still_answers(workers)
        assert workers.process_ids != before


@pytest.mark.parametrize("sql", [ENDLESS, IGNORES_INTERRUPTS])
def test_cancelling_stops_the_query(build, sql):
    cancelled = threading.Event()
    with QueryWorkers(lambda: build) as opened:
        opened.run("SELECT 1", "me")
        threading.Timer(0.2, cancelled.set).start()
        started = time.monotonic()
        with pytest.raises(QueryCancelledError):
            opened.run(sql, "me", cancelled)
        assert time.monotonic() - started < 0.2 + 1.0 + SLACK_S
        assert still_answers(opened)


def test_a_query_cancelled_before_it_begins_does_not_run(workers):
    cancelled = threading.Event()
    cancelled.set()
    with pytest.raises(QueryCancelledError):
        workers.run(ENDLESS, "me", cancelled)


def test_a_query_leaves_nothing_behind_for_the_next(workers):
    run(workers, "CREATE TEMP TABLE notes AS SELECT 'mine' AS note")
    run(workers, "SET VARIABLE secret = 'mine'")
    with pytest.raises(QueryFailedError, match="notes"):
        run(workers, "FROM notes")
    assert run(workers, "SELECT getvariable('secret') AS v").tuples() == [(None,)]


def start_endless(workers, asker, cancelled):
    def ask():
        with pytest.raises((QueryCancelledError, QueryDeadlineError)):
            workers.run(ENDLESS, asker, cancelled)

    thread = threading.Thread(target=ask)
    thread.start()
    return thread


def test_too_many_at_once_are_refused_at_once(build):
    cancelled = threading.Event()
    settings = WorkerSettings(pool_size=1, queue_size=1)
    with QueryWorkers(lambda: build, settings) as opened:
        opened.run("SELECT 1", "warm-up")
        threads = [start_endless(opened, asker, cancelled) for asker in ("ann", "bob")]
        time.sleep(0.3)
        started = time.monotonic()
        with pytest.raises(WorkersBusyError, match="2 queries are running or waiting"):
            opened.run("SELECT 1", "eve")
        with pytest.raises(WorkersBusyError, match="Your last query is still running"):
            opened.run("SELECT 1", "ann")
        assert time.monotonic() - started < 0.1
        cancelled.set()
        for thread in threads:
            thread.join()
        assert still_answers(opened)


def test_two_run_at_once_and_others_wait_their_turn(build):
    results = []

    def ask(asker):
        sql = f"SELECT {asker}, count(*) FROM numbers"  # noqa: S608
        results.append(opened.run(sql, str(asker)).tuples())

    with QueryWorkers(lambda: build) as opened:
        threads = [threading.Thread(target=ask, args=(asker,)) for asker in range(10)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(results) == [[(asker, 20)] for asker in range(10)]
