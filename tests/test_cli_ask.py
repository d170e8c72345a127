"""`gsa ask` on a published build and on any file, as a person calls it."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from dashboard.dashboard_build import publish, records
from genai_session_analyzer.cli import main
from genai_session_analyzer.warehouse.builds import current_build

QUESTION = "Show error rate by user tier"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder: Path = tmp_path_factory.mktemp("data") / "published"
    publish(folder)
    return folder


@pytest.fixture(autouse=True)
def no_language_model(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("GSA_LLM_BACKEND", "GSA_LLM_MODEL", "GSA_LLM_BASE_URL"):
        monkeypatch.delenv(name, raising=False)


def ask(*arguments: object) -> Result:
    return CliRunner().invoke(main, ["ask", *(str(each) for each in arguments)])


def failed_by(key: str) -> dict[Any, float]:
    found: dict[Any, list[bool]] = {}
    for row in records()["fct_generations"]:
        if row.get("status") is not None:
            found.setdefault(row[key], []).append(row["status"] != "success")
    return {value: sum(failed) / len(failed) for value, failed in found.items()}


def test_an_answer_is_readable_and_exits_with_0(root: Path) -> None:
    result = ask(QUESTION, "--root", root)
    assert result.exit_code == 0, result.output
    for words in ("Error rate", "user_tier", "SELECT", "Data of", "Planned by", "3 rows"):
        assert words in result.output, words


def test_json_holds_the_right_numbers(root: Path) -> None:
    result = ask(QUESTION, "--root", root, "--json")
    found = json.loads(result.stdout)
    assert dict(found["rows"]) == pytest.approx(failed_by("user_tier"))
    assert found["made"]["model"] is None


def test_a_follow_up_changes_the_first_question_on_any_file(root: Path) -> None:
    file = current_build(root).path
    result = ask("and by region?", "--follow-up-to", QUESTION, "--database", file, "--json")
    found = json.loads(result.stdout)
    known = {region: rate for region, rate in found["rows"] if rate is not None}
    assert known == pytest.approx(failed_by("region"))


def test_a_no_exits_with_3(root: Path) -> None:
    result = ask("what is the average age of users?", "--root", root, "--json")
    assert result.exit_code == 3
    assert json.loads(result.stdout)["status"] == "declined"


def test_errors_are_one_line(root: Path, tmp_path: Path) -> None:
    missing = ask(QUESTION, "--database", tmp_path / "none.duckdb")
    assert missing.exit_code == 1
    assert missing.output.strip().count("\n") == 0
    assert "There is no file" in missing.output
    nothing = ask(QUESTION, "--root", tmp_path / "published")
    assert nothing.exit_code == 1
    assert "make run" in nothing.output
    first = ask("by region?", "--follow-up-to", "who are you, really?", "--root", root)
    assert first.exit_code == 1
    assert "cannot be followed up" in first.output
