"""Publishing: what a build holds, and what happens when it cannot be written."""

import errno
import json
import resource
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pytest
from pydantic import ValidationError
from sample_builds import (
    TABLES,
    FailingFiles,
    assert_consistent,
    leftovers,
    publish_sample,
    sample_plan,
    sample_warehouse,
    sha256_by_hashlib,
)

from genai_session_analyzer.errors import PublishError
from genai_session_analyzer.warehouse.build_plan import BuildCheck, BuildPlan
from genai_session_analyzer.warehouse.builds import build_names, current_build, list_builds
from genai_session_analyzer.warehouse.publishing import publish_build
from genai_session_analyzer.warehouse.reader import BuildReader


def test_a_build_holds_the_tables_their_comments_and_its_id(tmp_path: Path) -> None:
    columns = {"fct_sessions": {"generation_count": "The session's requests."}}
    build = publish_sample(tmp_path, version=3, column_comments=columns)
    with duckdb.connect(build.path, read_only=True) as connection:
        assert connection.execute("FROM build_tables ORDER BY table_name").fetchall() == [
            (build.id, "fct_generations", 6),
            (build.id, "fct_sessions", 3),
        ]
        comments = dict(
            connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall()
        )
        assert comments["fct_sessions"] == f"{TABLES['fct_sessions']} [build {build.id}]"
        assert connection.execute(
            "SELECT comment FROM duckdb_columns() WHERE comment IS NOT NULL"
        ).fetchall() == [("The session's requests.",)]


def test_current_names_the_build_its_hash_and_its_rows(tmp_path: Path) -> None:
    build = publish_sample(tmp_path, version=3)
    assert json.loads((tmp_path / "CURRENT").read_text()) == {
        "build": build.id,
        "sha256": sha256_by_hashlib(build.path),
        "rows": {"fct_generations": 6, "fct_sessions": 3},
    }
    assert current_build(tmp_path) == build
    assert build.path == tmp_path / "builds" / build.id / "warehouse.duckdb"


def test_a_published_file_is_read_only_and_complete(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    assert stat.S_IMODE(build.path.stat().st_mode) == 0o444
    assert sorted(path.name for path in build.path.parent.iterdir()) == [
        "build.json",
        "warehouse.duckdb",
    ]
    assert leftovers(tmp_path) == []


def test_a_view_is_published_as_a_table(tmp_path: Path) -> None:
    with sample_warehouse() as connection:
        connection.execute("CREATE VIEW long_sessions AS FROM fct_sessions WHERE session_id = 3")
        plan = sample_plan(tmp_path, tables={"long_sessions": ""}, checks=())
        build = publish_build(connection, tmp_path, plan)
    with duckdb.connect(build.path, read_only=True) as published:
        assert published.execute("FROM long_sessions").fetchall() == [(3, 3, 3)]


def test_names_and_comments_with_quotes_survive(tmp_path: Path) -> None:
    name, comment = 'it\'s "odd"', "a 'quoted' word; DROP TABLE x"
    with duckdb.connect(":memory:") as connection:
        connection.execute("""CREATE TABLE "it's ""odd""\" AS SELECT 1 AS one""")
        plan = sample_plan(tmp_path, tables={name: comment}, checks=())
        assert publish_build(connection, tmp_path, plan).rows == {name: 1}


def test_what_the_connection_has_not_committed_is_not_published(tmp_path: Path) -> None:
    with sample_warehouse(3) as connection:
        connection.execute("BEGIN")
        connection.execute("INSERT INTO fct_sessions VALUES (4, 0, 3)")
        build = publish_build(connection, tmp_path, sample_plan(tmp_path))
        assert build.rows["fct_sessions"] == 3
        connection.execute("COMMIT")
        assert connection.execute("SELECT count(*) FROM fct_sessions").fetchone() == (4,)


def test_the_link_is_relative_and_follows_each_build(tmp_path: Path) -> None:
    root, link = tmp_path / "published", tmp_path / "warehouse.duckdb"
    for version in (2, 3):
        build = publish_sample(root, version, link=link)
        assert link.readlink() == Path("published/builds", build.id, "warehouse.duckdb")
        with duckdb.connect(link, read_only=True) as connection:
            assert connection.execute("SELECT count(*) FROM fct_sessions").fetchone() == (version,)


def test_a_file_where_the_link_belongs_is_left_alone(tmp_path: Path) -> None:
    link = tmp_path / "warehouse.duckdb"
    link.write_text("somebody's own")
    with pytest.raises(PublishError, match=r"not a link to a build\. Move it away"):
        publish_sample(tmp_path / "published", link=link)
    assert link.read_text() == "somebody's own"


def test_only_the_newest_builds_are_kept(tmp_path: Path) -> None:
    ids = [publish_sample(tmp_path, version, keep=3).id for version in range(1, 6)]
    assert build_names(tmp_path) == ids[-3:]
    assert [build.id for build in list_builds(tmp_path)] == ids[-3:]


@pytest.mark.parametrize(
    ("name", "sql"),
    [
        ("false", "SELECT false"),
        ("null", "SELECT NULL::BOOLEAN"),
        ("no row", "SELECT true WHERE false"),
        ("two rows", "SELECT true FROM range(2)"),
        ("broken", "SELECT count(*) = 3 FROM no_such_table"),
    ],
)
def test_a_check_that_does_not_hold_stops_the_publish(tmp_path: Path, name: str, sql: str) -> None:
    old = publish_sample(tmp_path)
    with pytest.raises(PublishError, match=rf"failed: {name} \(.*Build {old.id} is served"):
        publish_sample(tmp_path, checks=(BuildCheck(name=name, sql=sql),))
    assert current_build(tmp_path) == old
    assert build_names(tmp_path) == [old.id]
    assert leftovers(tmp_path) == []


def test_all_failed_checks_are_named(tmp_path: Path) -> None:
    checks = tuple(BuildCheck(name=name, sql="SELECT false") for name in ("first", "second"))
    with pytest.raises(PublishError, match=r"2 check\(s\) failed: first .*; second .*No build is"):
        publish_sample(tmp_path, checks=checks)


def test_a_missing_table_is_named_with_the_closest_one(tmp_path: Path) -> None:
    with pytest.raises(PublishError, match=r'fct_session does not exist[^"]*"fct_sessions"'):
        publish_sample(tmp_path, tables={"fct_session": ""})
    assert leftovers(tmp_path) == []


def test_a_build_id_must_be_later_than_all_others(tmp_path: Path) -> None:
    old = publish_sample(tmp_path)
    with pytest.raises(PublishError, match="not later than"):
        publish_sample(tmp_path, build_id=old.id)


def test_a_plan_cannot_claim_the_table_of_builds(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="written by publishing itself"):
        sample_plan(tmp_path, tables={"build_tables": ""})


def problem_of_publishing(root: Path, files: FailingFiles, plan: BuildPlan) -> str:
    with sample_warehouse() as connection:
        try:
            build = publish_build(connection, root, plan, files)
        except PublishError as problem:
            return str(problem)
    return f"Build {build.id} is served"


@pytest.mark.parametrize("code", [errno.ENOSPC, pytest.param(errno.EIO, marks=pytest.mark.soak)])
def test_a_fault_at_any_file_operation_leaves_a_whole_build_served(
    tmp_path: Path, code: int
) -> None:
    root, link = tmp_path / "published", tmp_path / "warehouse.duckdb"
    served = publish_sample(root, version=2, keep=1, link=link).id
    outcomes = []
    for fails_at in range(1, 100):
        files = FailingFiles(fails_at, code)
        plan = sample_plan(root, keep=1, link=link)
        said = problem_of_publishing(root, files, plan)
        served = served if "was not published" in said else plan.build_id
        assert f"Build {served} is served" in said
        outcomes.append(files.has_failed)
        reader = BuildReader(root)
        assert assert_consistent(reader)[0] == served
        assert reader.notice is None
        if not files.has_failed:
            break
        assert leftovers(root) == [] or "did not finish" in said
    assert outcomes == [True] * (len(outcomes) - 1) + [False]
    assert len(outcomes) > 20
    assert build_names(root) == [served]
    assert link.resolve() == current_build(root).path.resolve()


@contextmanager
def largest_file(size: int) -> Iterator[None]:
    """Let the operating system refuse to make any file of this process larger than `size`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_disk_that_fills_up_under_duckdb_leaves_the_old_build_served(tmp_path: Path) -> None:
    old = publish_sample(tmp_path)
    refused = 0
    with sample_warehouse(300) as connection:
        for size in (0, 4096, 8192, 12288, *range(100_000, 10_000_000, 200_000)):
            try:
                with largest_file(size):
                    publish_build(connection, tmp_path, sample_plan(tmp_path))
                break
            except PublishError as problem:
                said = str(problem)
            refused += 1
            assert f"Build {old.id} is served" in said
            assert assert_consistent(BuildReader(tmp_path)) == (old.id, 3)
            assert build_names(tmp_path) == [old.id]
    assert refused >= 4
    assert assert_consistent(BuildReader(tmp_path)) == (current_build(tmp_path).id, 300)
