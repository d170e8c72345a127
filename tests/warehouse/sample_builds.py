"""Small warehouses and builds for the tests of this folder, and what must hold of every build."""

from __future__ import annotations

import errno
import hashlib
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from genai_session_analyzer.warehouse.build_plan import BuildCheck, BuildPlan
from genai_session_analyzer.warehouse.builds import Build, new_build_id
from genai_session_analyzer.warehouse.file_operations import DISK, FileOperations
from genai_session_analyzer.warehouse.publishing import publish_build

if TYPE_CHECKING:  # publishing processes start without Ibis
    from genai_session_analyzer.warehouse.reader import BuildReader

TABLES = {
    "fct_generations": "One row per request for images.",
    "fct_sessions": "One row per user's session.",
}
BALANCED = BuildCheck(
    name="sessions hold all generations",
    sql="SELECT (SELECT sum(generation_count) FROM fct_sessions)"
    " = (SELECT count(*) FROM fct_generations)",
)


def fill_warehouse(connection: duckdb.DuckDBPyConnection, version: int) -> None:
    """Two tables that both carry `version`; session k (1..version) has k generations."""
    connection.execute(
        "CREATE OR REPLACE TABLE fct_sessions AS SELECT range AS session_id,"
        " range AS generation_count, ?::BIGINT AS version FROM range(1, ?::BIGINT + 1)",
        [version, version],
    )
    connection.execute(
        "CREATE OR REPLACE TABLE fct_generations AS SELECT session_id,"
        " unnest(range(generation_count)) AS place, version FROM fct_sessions"
    )


def sample_warehouse(version: int = 3) -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect(":memory:")
    fill_warehouse(connection, version)
    return connection


def sample_plan(root: Path, **changes: Any) -> BuildPlan:
    build_id = new_build_id(datetime(2026, 1, 1, tzinfo=UTC), root)
    facts = {"build_id": build_id, "tables": TABLES, "checks": (BALANCED,), **changes}
    return BuildPlan(**facts)


def publish_sample(
    root: Path, version: int = 3, files: FileOperations = DISK, **changes: Any
) -> Build:
    with sample_warehouse(version) as connection:
        return publish_build(connection, root, sample_plan(root, **changes), files)


def assert_consistent(reader: BuildReader) -> tuple[str, int]:
    """Assert that everything read is of one build; return the build's id and its version."""
    connection = reader.connection()
    ids = connection.execute("SELECT DISTINCT build_id FROM build_tables").fetchall()
    marks = connection.execute("SELECT DISTINCT comment[-23:-2] FROM duckdb_tables()").fetchall()
    sessions = connection.execute(
        "SELECT count(*), sum(generation_count), min(version), max(version) FROM fct_sessions"
    ).fetchone()
    generations = connection.execute(
        "SELECT count(*), min(version), max(version) FROM fct_generations"
    ).fetchone()
    version = sessions[0]
    expected = version * (version + 1) // 2
    assert sessions == (version, expected, version, version)
    assert generations == (expected, version, version)
    assert len(ids) == 1
    assert marks == ids
    return ids[0][0], version


def leftovers(root: Path) -> list[str]:
    return sorted(path.name for path in root.rglob("*.tmp"))


def sha256_by_hashlib(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


class FailingFiles(FileOperations):
    """File operations whose `fails_at`-th call fails; a failing write leaves half its content."""

    def __init__(self, fails_at: int, code: int = errno.ENOSPC) -> None:
        self.fails_at = fails_at
        self.code = code
        self.calls = 0

    @property
    def has_failed(self) -> bool:
        return self.calls >= self.fails_at

    def fail(self) -> None:
        message = f"call {self.calls} fails"
        raise OSError(self.code, message)

    def _count(self) -> None:
        self.calls += 1
        if self.calls == self.fails_at:
            self.fail()

    def make_directory(self, path: Path) -> None:
        self._count()
        super().make_directory(path)

    def write(self, path: Path, content: bytes) -> None:
        path.write_bytes(content[: len(content) // 2])
        self._count()
        super().write(path, content)

    def sync(self, path: Path) -> None:
        self._count()
        super().sync(path)

    def replace(self, source: Path, target: Path) -> None:
        self._count()
        super().replace(source, target)

    def make_read_only(self, path: Path) -> None:
        self._count()
        super().make_read_only(path)

    def link(self, path: Path, target: Path) -> None:
        self._count()
        super().link(path, target)

    def remove(self, path: Path) -> None:
        self._count()
        super().remove(path)

    def remove_tree(self, path: Path) -> None:
        self._count()
        super().remove_tree(path)
