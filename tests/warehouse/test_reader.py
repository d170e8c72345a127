"""Reading the current build: threads, refresh, damage, and what a reader may not do."""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import numpy as np
import pytest
from pydantic import ValidationError
from sample_builds import assert_consistent, publish_sample, sha256_by_hashlib

from genai_session_analyzer.errors import AnalyzerError, NoBuildError
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.reader import BuildReader
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings

ibis_warnings = pytest.mark.filterwarnings("ignore:fetch_arrow_table:DeprecationWarning")


def open_files() -> list[str]:
    links = Path("/proc/self/fd")
    return [str(link.readlink()) for link in links.iterdir() if link.is_symlink()]


def damage_byte(path: Path, offset: int) -> None:
    path.chmod(0o644)
    with path.open("r+b") as file:
        file.seek(offset)
        old = file.read(1)
        file.seek(offset)
        file.write(bytes([old[0] ^ 1]))


def test_a_query_returns_arrow_and_takes_parameters(tmp_path: Path) -> None:
    publish_sample(tmp_path, version=3)
    reader = BuildReader(tmp_path)
    by_place = reader.query("SELECT session_id FROM fct_sessions WHERE session_id > ?", [2])
    by_name = reader.query("SELECT $answer AS answer", {"answer": 42})
    assert by_place.to_pydict() == {"session_id": [3]}
    assert by_name.to_pydict() == {"answer": [42]}


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoBuildError, match="Run `make run`"):
        BuildReader(tmp_path).query("SELECT 1")


def test_a_new_build_is_noticed_and_a_cursor_in_use_keeps_its_own(tmp_path: Path) -> None:
    publish_sample(tmp_path, version=2, keep=1)
    reader = BuildReader(tmp_path)
    before = reader.connection()
    new = publish_sample(tmp_path, version=5, keep=1)
    assert assert_consistent(reader) == (new.id, 5)
    assert reader.build == new
    assert before.execute("SELECT count(*) FROM fct_sessions").fetchone() == (2,)


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="needs Linux's /proc")
def test_no_handle_of_an_old_build_stays_open(tmp_path: Path) -> None:
    old = publish_sample(tmp_path, version=2)
    reader = BuildReader(tmp_path)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: assert_consistent(reader), range(40)))
        assert str(old.path) in open_files()
        publish_sample(tmp_path, version=3)
        assert reader.query("SELECT count(*) AS n FROM fct_sessions")["n"].to_pylist() == [3]
        assert str(old.path) not in open_files()
    reader.close()
    assert not [name for name in open_files() if name.startswith(str(tmp_path))]


@ibis_warnings
def test_eight_threads_get_right_answers(tmp_path: Path) -> None:
    publish_sample(tmp_path, version=40)
    reader = BuildReader(tmp_path)

    def ask(limit: int) -> tuple[int, int]:
        sql = "SELECT count(*) AS n FROM fct_generations WHERE session_id <= ?"
        sessions = reader.ibis().table("fct_sessions")
        by_ibis = sessions.filter(sessions.session_id <= limit).generation_count.sum()
        return reader.query(sql, [limit])["n"][0].as_py(), by_ibis.to_pyarrow().as_py()

    limits = [1 + place % 40 for place in range(320)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(ask, limits))
    assert answers == [(limit * (limit + 1) // 2,) * 2 for limit in limits]


@ibis_warnings
def test_an_ibis_backend_belongs_to_one_thread_and_one_build(tmp_path: Path) -> None:
    publish_sample(tmp_path, version=2)
    reader = BuildReader(tmp_path)
    mine = reader.ibis()
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(reader.ibis).result() is not mine
    assert reader.ibis() is mine
    publish_sample(tmp_path, version=3)
    new = reader.ibis()
    assert new != mine
    assert not new.table("fct_sessions").equals(mine.table("fct_sessions"))
    assert new.table("fct_sessions").count().to_pyarrow().as_py() == 3


@pytest.mark.parametrize("seed", range(6))
def test_one_flipped_byte_is_noticed_and_the_previous_build_read(tmp_path: Path, seed: int) -> None:
    old = publish_sample(tmp_path, version=2)
    new = publish_sample(tmp_path, version=3)
    offset = int(np.random.default_rng(seed).integers(new.path.stat().st_size))
    damage_byte(new.path, offset)
    reader = BuildReader(tmp_path)
    assert assert_consistent(reader) == (old.id, 2)
    assert reader.notice == (
        f"You see build {old.id} because build {new.id} is damaged (its SHA-256 is not the "
        "published one); run `make run` to publish a new one."
    )


def test_only_the_build_that_was_just_checked_is_read_unchecked(tmp_path: Path) -> None:
    old = publish_sample(tmp_path, version=2)
    new = publish_sample(tmp_path, version=3)
    with BuildReader(tmp_path, checked_sha256=new.sha256) as reader:
        assert assert_consistent(reader) == (new.id, 3)
    damage_byte(new.path, new.path.stat().st_size - 1)
    with BuildReader(tmp_path, checked_sha256=new.sha256) as reader:
        assert reader.build.id == new.id  # its word was taken
    with BuildReader(tmp_path, checked_sha256=old.sha256) as reader:
        assert reader.build.id == old.id


def test_a_truncated_a_missing_and_a_written_build_are_passed_over(tmp_path: Path) -> None:
    whole = publish_sample(tmp_path, version=2, keep=9)
    truncated, missing, written = (publish_sample(tmp_path, n, keep=9) for n in (3, 4, 5))
    truncated.path.chmod(0o644)
    os.truncate(truncated.path, truncated.path.stat().st_size - 1)
    missing.path.unlink()
    written.path.with_name("warehouse.duckdb.wal").touch()
    reader = BuildReader(tmp_path)
    assert assert_consistent(reader) == (whole.id, 2)
    assert reader.notice is not None
    for build, words in ((truncated, "damaged"), (missing, "missing"), (written, "writing")):
        assert f"build {build.id} " in reader.notice
        assert words in reader.notice


def test_damage_is_noticed_on_refresh_and_gone_with_the_next_build(tmp_path: Path) -> None:
    old = publish_sample(tmp_path, version=2)
    reader = BuildReader(tmp_path)
    assert reader.notice is None
    damage_byte(publish_sample(tmp_path, version=3).path, 5000)
    assert assert_consistent(reader) == (old.id, 2)
    assert reader.notice is not None
    new = publish_sample(tmp_path, version=4)
    assert assert_consistent(reader) == (new.id, 4)
    assert reader.notice is None


def test_a_damaged_pointer_leads_to_the_newest_whole_build(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    (tmp_path / "CURRENT").write_bytes(b"{}")
    reader = BuildReader(tmp_path)
    assert assert_consistent(reader) == (build.id, 3)
    assert reader.notice is not None
    assert "because CURRENT is damaged" in reader.notice


def test_no_whole_build_left_says_why(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    damage_byte(build.path, 0)
    with pytest.raises(NoBuildError, match=f"build {build.id} is damaged .*Run `make run`"):
        BuildReader(tmp_path).query("SELECT 1")


def forbidden(build: Build) -> list[str]:
    path, manifest = build.path, build.path.parent / "build.json"
    return [
        f"COPY (SELECT 1) TO '{path}' (USE_TMP_FILE false)",
        f"COPY (SELECT 1) TO '{path}.csv'",
        "CREATE TABLE mine AS SELECT 1",
        "INSERT INTO fct_sessions VALUES (9, 9, 9)",
        "DELETE FROM fct_sessions",
        "DROP TABLE fct_sessions",
        f"ATTACH '{path}' AS again",
        f"FROM read_text('{path}')",
        f"FROM read_csv('{manifest}')",
        f"EXPORT DATABASE '{path.parent}/export'",
        "SET enable_external_access = true",
        "SET lock_configuration = false",
        "SET memory_limit = '100GB'",
        "RESET disabled_filesystems",
        "INSTALL httpfs",
        "LOAD httpfs",
        "SELECT * FROM local_variable",
    ]


def test_a_reader_can_change_and_reach_nothing(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    before = sha256_by_hashlib(build.path)
    reader = BuildReader(tmp_path)
    local_variable = reader.query("SELECT 1 AS one")
    for statement in forbidden(build):
        with pytest.raises((duckdb.Error, AnalyzerError)):
            reader.query(statement)
    assert local_variable.num_rows == 1
    assert assert_consistent(reader) == (build.id, 3)
    assert sha256_by_hashlib(build.path) == before
    assert sorted(path.name for path in build.path.parent.iterdir()) == [
        "build.json",
        "warehouse.duckdb",
    ]


def test_times_are_utc_on_every_thread(tmp_path: Path) -> None:
    publish_sample(tmp_path)
    reader = BuildReader(tmp_path)
    zone = "SELECT current_setting('TimeZone') AS zone"
    with ThreadPoolExecutor(1) as pool:
        assert pool.submit(reader.query, zone).result()["zone"].to_pylist() == ["UTC"]


def test_too_large_a_query_is_said_to_be_too_large(tmp_path: Path) -> None:
    publish_sample(tmp_path)
    reader = BuildReader(tmp_path, ReaderSettings(memory_limit="20MB", threads=1))
    with pytest.raises(AnalyzerError, match=r"more than 20MB of memory.*LIMIT"):
        reader.query("SELECT list(range ORDER BY hash(range)) FROM range(2_000_000)")
    assert reader.query("SELECT 1 AS one")["one"].to_pylist() == [1]


def test_settings_are_checked(tmp_path: Path) -> None:
    for wrong in ({"memory_limit": "1GB'; --"}, {"threads": 0}, {"extensions": ["absent"]}):
        with pytest.raises(ValidationError):
            ReaderSettings(**wrong)


def test_a_second_reader_does_not_drop_the_lock_of_the_first(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    first, second = BuildReader(tmp_path), BuildReader(tmp_path)
    assert assert_consistent(first) == assert_consistent(second)
    write = f"import duckdb; duckdb.connect({str(build.path)!r})"
    child = subprocess.run(
        [sys.executable, "-c", write], capture_output=True, text=True, check=False
    )
    assert child.returncode != 0
    assert "Could not set lock" in child.stderr
