"""Ids, CURRENT and the list of builds."""

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_builds import publish_sample, sha256_by_hashlib

from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.warehouse.builds import (
    current_build,
    find_damage,
    list_builds,
    new_build_id,
)
from genai_session_analyzer.warehouse.fingerprint import sha256_of

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


@given(first=MOMENTS, second=MOMENTS)
def test_the_order_of_ids_is_the_order_of_moments(first: datetime, second: datetime) -> None:
    assert (new_build_id(first) < new_build_id(second)) == (first < second)


def test_an_id_is_in_utc() -> None:
    moment = datetime(2026, 1, 31, 15, 25, 30, 7, tzinfo=timezone(timedelta(hours=1)))
    assert new_build_id(moment) == "20260131T142530000007Z"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        new_build_id(datetime(2026, 1, 31))


def test_an_id_is_later_than_all_builds_where_the_clock_was_set_back(tmp_path: Path) -> None:
    build = publish_sample(tmp_path, build_id="20301231T235959999999Z")
    assert new_build_id(datetime(2026, 1, 1, tzinfo=UTC), tmp_path) == "20310101T000000000000Z"
    assert new_build_id(datetime(2031, 1, 1, 1, tzinfo=UTC), tmp_path) > build.id


def test_nothing_published_says_what_to_do(tmp_path: Path) -> None:
    assert list_builds(tmp_path) == []
    with pytest.raises(NoBuildError, match="Run `make run`"):
        current_build(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b'{"build": "../x", "sha256": "0", "rows": {}}'])
def test_a_damaged_pointer_is_said_to_be_damaged(tmp_path: Path, content: bytes) -> None:
    publish_sample(tmp_path)
    (tmp_path / "CURRENT").write_bytes(content)
    with pytest.raises(NoBuildError, match=r"CURRENT is damaged. Run `gsa rollback`"):
        current_build(tmp_path)


def test_a_folder_that_is_no_build_is_not_listed(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    for name in ("notes", "20260101T000000000005Z", "20260101T000000000006Z.tmp"):
        (tmp_path / "builds" / name).mkdir()
    copied = (build.path.parent / "build.json").read_bytes()
    (tmp_path / "builds" / "20260101T000000000005Z" / "build.json").write_bytes(copied)
    assert list_builds(tmp_path) == [build]


def test_the_hash_is_that_of_the_bytes(tmp_path: Path) -> None:
    file = tmp_path / "a file's name"
    file.write_bytes(bytes(range(256)) * 1000)
    assert sha256_of(file) == sha256_by_hashlib(file)


def test_hashing_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        sha256_of(tmp_path / "absent")


def test_a_whole_build_has_no_damage_and_a_write_ahead_log_is_damage(tmp_path: Path) -> None:
    build = publish_sample(tmp_path)
    assert find_damage(build) is None
    build.path.with_name("warehouse.duckdb.wal").write_bytes(b"")
    assert find_damage(build) == "was opened for writing (a .wal file lies beside it)"
