"""What gets past the guard meets a process that can do nothing but read: 0 escapes."""

import time

import duckdb
import pytest
from sql_tables import BOMBS, SECRET, attack_rows, attacks, benign, fill, fingerprint, write_build

from genai_session_analyzer.copilot.guard import allowed_in, check_sql
from genai_session_analyzer.errors import QueryError
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.query_worker.pool import QueryWorkers
from genai_session_analyzer.warehouse.query_worker.settings import QueryLimits, WorkerSettings

SLACK_S = 1.0
"""For a machine that does other things too."""
QUICK = WorkerSettings(pool_size=1, hard_deadline_s=2.0, limits=QueryLimits(soft_deadline_s=1.0))
A_FEW_BOMBS = (0, 2, 5, 9, 11)
"""An interrupted one, a sort, one that ignores interrupts, two that eat memory."""


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    path = write_build(tmp_path_factory.mktemp("published"))
    return Build(id="20260101T000000000000Z", path=path, sha256="0" * 64, rows={})


@pytest.fixture
def outside(tmp_path):
    """A file that can be read by anybody, in a folder that can be written."""
    file = tmp_path / "outside.csv"
    file.write_text(f"content\n{SECRET}\n", encoding="utf-8")
    (tmp_path / "schema.sql").write_text("CREATE TABLE t AS SELECT 1;", encoding="utf-8")
    (tmp_path / "load.sql").write_text("", encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def workers(build):
    with QueryWorkers(lambda: build, QUICK) as opened:
        opened.run("SELECT 1", "warm-up")
        yield opened


def outcome(workers, sql):
    """What a statement that was not checked gives: its rows as text, or the error's words."""
    try:
        return str(workers.run(sql, "attacker").tuples())
    except QueryError as problem:
        return str(problem)


@pytest.mark.parametrize("kind", [kind for kind in attacks() if kind != BOMBS])
def test_an_attack_past_the_guard_changes_nothing_and_reads_nothing(kind, workers, build, outside):
    folders = (build.path.parent, outside.parent)
    before = [fingerprint(folder) for folder in folders]
    for statement in attacks()[kind]["statements"]:
        started = time.monotonic()
        found = outcome(workers, fill(statement, build.path, outside))
        assert SECRET not in found, statement
        assert "root:" not in found, statement
        assert time.monotonic() - started < QUICK.hard_deadline_s + SLACK_S, statement
    assert [fingerprint(folder) for folder in folders] == before
    assert workers.run("SELECT count(*) FROM dim_users", "reader").tuples() == [(4,)]


@pytest.mark.parametrize("number", A_FEW_BOMBS)
def test_a_resource_bomb_ends_in_time(number, workers):
    bomb = attack_rows(bombs=True)[number][1]
    started = time.monotonic()
    with pytest.raises(QueryError):
        workers.run(bomb, "attacker")
    assert time.monotonic() - started < QUICK.hard_deadline_s + SLACK_S
    assert workers.run("SELECT count(*) FROM dim_users", "reader").tuples() == [(4,)]


@pytest.mark.soak
@pytest.mark.parametrize("number", range(len(attack_rows(bombs=True))))
def test_every_resource_bomb_ends_by_the_deadline_and_a_second(number, build):
    bomb = attack_rows(bombs=True)[number][1]
    settings = WorkerSettings(pool_size=1)
    with QueryWorkers(lambda: build, settings) as opened:
        opened.run("SELECT 1", "warm-up")
        started = time.monotonic()
        outcome(opened, bomb)
        assert time.monotonic() - started < settings.limits.soft_deadline_s + 1 + SLACK_S
        assert opened.run("SELECT count(*) FROM dim_users", "reader").tuples() == [(4,)]


def test_every_honest_statement_runs(workers, build):
    with duckdb.connect(build.path, read_only=True) as connection:
        allowed = allowed_in(connection)
    for statement in benign():
        result = workers.run(check_sql(statement, allowed).sql, "reader")
        assert len(result.columns) == len(result.types) == result.rows.num_columns
        assert not result.is_truncated
