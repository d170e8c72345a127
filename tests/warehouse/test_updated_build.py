"""Builds made from a copy of an earlier one, in which only some rows are replaced."""

import errno
from contextlib import closing
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from sample_builds import (
    BALANCED,
    FailingFiles,
    assert_consistent,
    leftovers,
    sample_plan,
    sha256_by_hashlib,
)

from genai_session_analyzer.errors import PublishError
from genai_session_analyzer.warehouse.build_plan import BuildUpdate
from genai_session_analyzer.warehouse.builds import Build, build_names, current_build, find_damage
from genai_session_analyzer.warehouse.compaction import WORN_AT
from genai_session_analyzer.warehouse.file_operations import DISK, FileOperations
from genai_session_analyzer.warehouse.publishing import publish_build
from genai_session_analyzer.warehouse.reader import BuildReader

COMMENTS = {"fct_sessions": {"session_id": "id of the session"}}


class Warehouse:
    """Sessions that grow: `rows` generations each; the numbers of the last changed ones."""

    def __init__(self, sessions: int = 5) -> None:
        self.connection = duckdb.connect(":memory:")
        self.connection.execute(
            "CREATE TABLE fct_sessions AS SELECT range AS session_id, 2 AS generation_count,"
            " 0 AS version FROM range(?)",
            [sessions],
        )
        self._make_generations()

    def _make_generations(self) -> None:
        self.connection.execute(
            "CREATE OR REPLACE TABLE fct_generations AS SELECT session_id,"
            " unnest(range(generation_count)) AS place, version FROM fct_sessions"
        )

    def change(self, *sessions: int) -> None:
        """Lengthens sessions; new numbers are new sessions."""
        for session in sessions:
            self.connection.execute(
                "INSERT INTO fct_sessions SELECT $1, 0, 1"
                " WHERE $1 NOT IN (SELECT session_id FROM fct_sessions)",
                [session],
            )
            self.connection.execute(
                "UPDATE fct_sessions SET generation_count = generation_count + 3,"
                " version = version + 1 WHERE session_id = $1",
                [session],
            )
        self._make_generations()

    def publish(
        self,
        root: Path,
        base: Build | None = None,
        changed: tuple[int, ...] = (),
        files: FileOperations = DISK,
    ) -> Build:
        keys = pa.table({"session_id": pa.array(changed, pa.int64())})
        of_tables = {"fct_sessions": keys, "fct_generations": keys}
        update = BuildUpdate(base.id, of_tables) if base else None
        plan = sample_plan(root, column_comments=COMMENTS, checks=(BALANCED,))
        return publish_build(self.connection, root, plan, files, update)

    def content(self) -> dict[str, list[tuple[int, ...]]]:
        return content(self.connection)


def content(connection: duckdb.DuckDBPyConnection) -> dict[str, list[tuple[int, ...]]]:
    return {
        table: sorted(connection.sql(f"FROM {table}").fetchall())
        for table in ("fct_sessions", "fct_generations")
    }


def published(build: Build) -> dict[str, list[tuple[int, ...]]]:
    with closing(duckdb.connect(build.path, read_only=True)) as connection:
        return content(connection)


def test_only_the_rows_with_the_keys_are_copied(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    warehouse.change(1, 7)
    warehouse.connection.execute("UPDATE fct_sessions SET version = 99 WHERE session_id = 3")
    build = warehouse.publish(tmp_path, base, (1, 7))
    versions = {session: version for session, _, version in published(build)["fct_sessions"]}
    assert versions == {0: 0, 1: 1, 2: 0, 3: 0, 4: 0, 7: 2}  # 3 was changed too, but is not a key


def test_an_updated_build_is_whole_and_the_earlier_one_as_it_was(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    before = base.path.read_bytes()
    warehouse.change(1, 7)
    build = warehouse.publish(tmp_path, base, (1, 7))
    assert published(build) == warehouse.content()
    assert build.sha256 == sha256_by_hashlib(build.path)
    assert build.path.stat().st_mode & 0o777 == 0o444
    assert dict(build.rows) == {name: len(rows) for name, rows in published(build).items()}
    assert base.path.read_bytes() == before
    assert find_damage(base) is None
    with closing(duckdb.connect(build.path, read_only=True)) as connection:
        marks = connection.sql("SELECT DISTINCT comment[-23:-2] FROM duckdb_tables()").fetchall()
        ids = connection.sql("SELECT DISTINCT build_id FROM build_tables").fetchall()
        comments = connection.sql(
            "SELECT comment FROM duckdb_columns() WHERE comment IS NOT NULL"
        ).fetchall()
    assert marks == ids == [(build.id,)]
    assert comments == [("id of the session",)]


def test_rows_that_went_away_go_from_the_build(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    warehouse.connection.execute("DELETE FROM fct_sessions WHERE session_id = 2")
    warehouse._make_generations()
    assert published(warehouse.publish(tmp_path, base, (2,))) == warehouse.content()


def test_rows_at_hand_are_not_looked_for_in_the_warehouse(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    warehouse.change(1, 7)
    keys = pa.table({"session_id": [1, 7]})
    rows = warehouse.connection.sql(
        "SELECT version + 40 AS version, generation_count, session_id FROM fct_sessions"
        " WHERE session_id IN (1, 7)"
    ).to_arrow_table()
    of_tables = {"fct_sessions": keys, "fct_generations": keys}
    update = BuildUpdate(base.id, of_tables, {"fct_sessions": rows})
    plan = sample_plan(tmp_path, checks=(BALANCED,))
    build = publish_build(warehouse.connection, tmp_path, plan, update=update)
    sessions = published(build)["fct_sessions"]
    assert sessions == [(0, 2, 0), (1, 5, 41), (2, 2, 0), (3, 2, 0), (4, 2, 0), (7, 3, 42)]
    assert published(build)["fct_generations"] == warehouse.content()["fct_generations"]


def test_too_few_rows_at_hand_lead_to_a_whole_copy(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    warehouse.change(1, 7)
    keys = pa.table({"session_id": [1, 7]})
    rows = warehouse.connection.sql("FROM fct_sessions WHERE session_id = 1").to_arrow_table()
    of_tables = {"fct_sessions": keys, "fct_generations": keys}
    update = BuildUpdate(base.id, of_tables, {"fct_sessions": rows})
    build = publish_build(warehouse.connection, tmp_path, sample_plan(tmp_path), update=update)
    assert published(build) == warehouse.content()


def test_a_table_without_keys_is_copied_as_a_whole(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    warehouse.change(1, 7)
    plan = sample_plan(tmp_path)
    build = publish_build(warehouse.connection, tmp_path, plan, update=BuildUpdate(base.id))
    assert published(build) == warehouse.content()


def test_keys_that_do_not_tell_all_lead_to_a_whole_copy(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    warehouse.change(1, 7)
    assert published(warehouse.publish(tmp_path, base, (1,))) == warehouse.content()


@pytest.mark.parametrize("damage", ["a byte", "shortened", "gone"])
def test_a_damaged_earlier_build_is_not_built_upon(tmp_path: Path, damage: str) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    base.path.chmod(0o644)
    held = bytearray(base.path.read_bytes())
    if damage == "gone":
        base.path.unlink()
    elif damage == "shortened":
        base.path.write_bytes(held[: len(held) // 2])
    else:
        held[len(held) // 2] ^= 1
        base.path.write_bytes(held)
    warehouse.change(1)
    build = warehouse.publish(tmp_path, base, (1,))
    assert published(build) == warehouse.content()
    assert leftovers(tmp_path) == []


def test_an_earlier_build_that_was_removed_is_no_problem(tmp_path: Path) -> None:
    warehouse = Warehouse()
    base = warehouse.publish(tmp_path)
    for session in range(3):
        warehouse.change(session)
        warehouse.publish(tmp_path)
    assert base.id not in build_names(tmp_path)
    warehouse.change(4)
    assert published(warehouse.publish(tmp_path, base, (4,))) == warehouse.content()


def test_a_fault_at_any_file_operation_leaves_a_whole_build_served(tmp_path: Path) -> None:
    warehouse = Warehouse()
    served = warehouse.publish(tmp_path)
    warehouse.change(1)
    for fails_at in range(1, 100):
        files = FailingFiles(fails_at, errno.ENOSPC)
        try:
            served = warehouse.publish(tmp_path, served, (1,), files)
        except PublishError as problem:
            if "did not finish" in str(problem):
                served = current_build(tmp_path)
        assert current_build(tmp_path).id == served.id
        assert find_damage(served) is None
        if not files.has_failed:
            break
    assert fails_at > 8
    assert published(served) == warehouse.content()


def test_many_updates_do_not_let_the_file_grow_without_end(tmp_path: Path) -> None:
    warehouse = Warehouse(sessions=200_000)
    build = warehouse.publish(tmp_path)
    fresh = build.path.stat().st_size
    changed = tuple(range(0, 200_000, 5))
    for version in range(1, 9):
        warehouse.connection.execute(
            "UPDATE fct_sessions SET version = ? WHERE session_id % 5 = 0", [version]
        )
        warehouse._make_generations()
        build = warehouse.publish(tmp_path, build, changed)
    assert published(build) == warehouse.content()
    assert build.path.stat().st_size < 2 * WORN_AT * fresh


def test_readers_see_the_updated_build(tmp_path: Path) -> None:
    with closing(duckdb.connect(":memory:")) as connection:
        connection.execute(
            "CREATE TABLE fct_sessions AS SELECT 1 AS session_id, 1 AS generation_count, 1 AS"
            " version; CREATE TABLE fct_generations AS SELECT 1 AS session_id, 0 AS place,"
            " 1 AS version"
        )
        base = publish_build(connection, tmp_path, sample_plan(tmp_path))
        connection.execute("INSERT INTO fct_sessions VALUES (2, 2, 2)")
        connection.execute("INSERT INTO fct_generations VALUES (2, 0, 2), (2, 1, 2)")
        connection.execute("UPDATE fct_sessions SET version = 2")
        connection.execute("UPDATE fct_generations SET version = 2")
        keys = pa.table({"session_id": [1, 2]})
        update = BuildUpdate(base.id, {"fct_sessions": keys, "fct_generations": keys})
        reader = BuildReader(tmp_path)
        assert assert_consistent(reader) == (base.id, 1)
        build = publish_build(connection, tmp_path, sample_plan(tmp_path), update=update)
        assert assert_consistent(reader) == (build.id, 2)
