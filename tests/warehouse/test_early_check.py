"""A build checked early is the one its reader would have checked."""

from pathlib import Path

import ibis

from genai_session_analyzer.warehouse.build_plan import BuildPlan
from genai_session_analyzer.warehouse.early_check import early_check
from genai_session_analyzer.warehouse.publishing import publish_build
from rows import generation, table


def _published(root: Path) -> Path:
    backend = ibis.duckdb.connect()
    table("fct_generations", [generation(1)], backend)
    plan = BuildPlan(
        build_id="20260101T000000000000Z", tables={"fct_generations": "generations"}, checks=()
    )
    return publish_build(backend.con, root, plan).path


def test_a_whole_build_is_known_by_its_sha256(tmp_path: Path) -> None:
    file = _published(tmp_path)
    with early_check(tmp_path) as found:
        pass
    assert found.done()
    sha256 = found.result()
    assert sha256 is not None
    assert sha256 in (file.parent / "build.json").read_text(encoding="utf-8")


def test_what_is_damaged_or_not_there_is_left_to_the_reader(tmp_path: Path) -> None:
    with early_check(tmp_path) as nothing:
        assert nothing.result() is None
    file = _published(tmp_path)
    file.chmod(0o644)
    with file.open("ab") as end:
        end.write(b"x")
    with early_check(tmp_path) as damaged:
        assert damaged.result() is None
