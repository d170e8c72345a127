"""Pointing back at earlier builds."""

from pathlib import Path

import pytest
from sample_builds import FailingFiles, assert_consistent, leftovers, publish_sample

from genai_session_analyzer.errors import (
    BuilderBusyError,
    NoBuildError,
    PublishError,
    UnknownNameError,
)
from genai_session_analyzer.warehouse.builder_lock import pointer_lock
from genai_session_analyzer.warehouse.builds import Build, build_names, current_build
from genai_session_analyzer.warehouse.file_operations import DISK
from genai_session_analyzer.warehouse.pointer import prune
from genai_session_analyzer.warehouse.reader import BuildReader
from genai_session_analyzer.warehouse.rollback import rollback


@pytest.fixture
def builds(tmp_path: Path) -> list[Build]:
    return [publish_sample(tmp_path, version) for version in (1, 2, 3)]


def flip_first_byte(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[0] ^= 1
    path.chmod(0o644)
    path.write_bytes(content)


def test_each_rollback_goes_one_build_back(tmp_path: Path, builds: list[Build]) -> None:
    reader = BuildReader(tmp_path)
    assert assert_consistent(reader) == (builds[2].id, 3)
    for expected, version in ((builds[1], 2), (builds[0], 1)):
        assert rollback(tmp_path) == expected
        assert current_build(tmp_path) == expected
        assert assert_consistent(reader) == (expected.id, version)
    with pytest.raises(NoBuildError, match="No whole build older than"):
        rollback(tmp_path)
    assert current_build(tmp_path) == builds[0]


def test_a_named_build_can_be_served_and_a_newer_one_again(
    tmp_path: Path, builds: list[Build]
) -> None:
    assert rollback(tmp_path, builds[0].id) == builds[0]
    assert rollback(tmp_path, builds[2].id) == builds[2]
    assert assert_consistent(BuildReader(tmp_path)) == (builds[2].id, 3)


def test_an_unknown_build_is_refused_with_the_closest_one(
    tmp_path: Path, builds: list[Build]
) -> None:
    wanted = builds[1].id.replace("2026", "2027")
    with pytest.raises(UnknownNameError, match="Did you mean '2026"):
        rollback(tmp_path, wanted)
    assert current_build(tmp_path) == builds[2]


def test_a_damaged_build_is_never_pointed_at(tmp_path: Path, builds: list[Build]) -> None:
    flip_first_byte(builds[1].path)
    with pytest.raises(PublishError, match=f"Build {builds[1].id} is damaged .* was not moved"):
        rollback(tmp_path, builds[1].id)
    assert current_build(tmp_path) == builds[2]
    assert rollback(tmp_path) == builds[0]


def test_a_damaged_pointer_is_repaired(tmp_path: Path, builds: list[Build]) -> None:
    (tmp_path / "CURRENT").write_bytes(b"\0\0")
    assert rollback(tmp_path) == builds[2]
    assert current_build(tmp_path) == builds[2]


def test_nothing_to_roll_back_leaves_no_trace(tmp_path: Path) -> None:
    with pytest.raises(NoBuildError, match="Nothing has been published"):
        rollback(tmp_path / "published")
    assert list(tmp_path.iterdir()) == []


def test_the_link_moves_along(tmp_path: Path) -> None:
    root, link = tmp_path / "published", tmp_path / "warehouse.duckdb"
    first = publish_sample(root, link=link)
    publish_sample(root, link=link)
    rollback(root, link=link)
    assert link.resolve() == first.path.resolve()


def test_pruning_spares_the_build_that_was_rolled_back_to(
    tmp_path: Path, builds: list[Build]
) -> None:
    rollback(tmp_path, builds[0].id)
    prune(tmp_path, 1, DISK)
    assert build_names(tmp_path) == [builds[0].id, builds[2].id]
    newest = publish_sample(tmp_path, keep=1)
    assert current_build(tmp_path) == newest
    assert build_names(tmp_path) == [newest.id]


def test_a_failing_disk_is_said_and_leaves_a_whole_pointer(
    tmp_path: Path, builds: list[Build]
) -> None:
    fails_at = 0
    while current_build(tmp_path) == builds[2]:
        fails_at += 1
        with pytest.raises(PublishError, match=r"Rolling back .* failed: .* Build \w+ is served"):
            rollback(tmp_path, builds[0].id, files=FailingFiles(fails_at))
        assert current_build(tmp_path) in (builds[0], builds[2])
    assert fails_at == 4  # write, its sync, replace; then the name is there, its sync fails
    assert rollback(tmp_path, builds[1].id) == builds[1]
    assert leftovers(tmp_path) == []


def test_rolling_back_waits_for_no_one(tmp_path: Path, builds: list[Build]) -> None:
    with (
        pointer_lock(tmp_path),
        pytest.raises(BuilderBusyError, match="is publishing or rolling back"),
    ):
        rollback(tmp_path)
    with pointer_lock(tmp_path), pytest.raises(BuilderBusyError):
        publish_sample(tmp_path)
    assert current_build(tmp_path) == builds[2]
