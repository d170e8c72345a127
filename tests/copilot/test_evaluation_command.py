"""`gsa eval-copilot`."""

import json

import pytest
from click.testing import CliRunner

from copilot.gold_build import gold_backend
from genai_session_analyzer.cli import main

RIGHT = {"id": "1", "question": "How many generations are there?"}


def evaluated(*arguments):
    return CliRunner().invoke(main, ["eval-copilot", *map(str, arguments)])


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    """A DuckDB file that is no build."""
    path = tmp_path_factory.mktemp("file") / "some.duckdb"
    connection = gold_backend().con
    connection.execute(f"ATTACH '{path}' AS file")
    connection.execute("COPY FROM DATABASE memory TO file")
    connection.execute("DETACH file")
    return path


def questions(folder, *lines):
    path = folder / "asked.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    return path


@pytest.mark.weights
def test_any_file_of_questions_over_any_database_is_scored(tmp_path, database):
    file = questions(
        tmp_path,
        RIGHT | {"gold_sql": "SELECT count(*) FROM fct_generations", "note": "ours"},
        RIGHT | {"id": "2", "gold_sql": "SELECT count(*) + 1 FROM fct_generations"},
        {"id": "3", "question": "delete all users", "gold_sql": None},
        RIGHT | {"id": "4", "gold_sql": "SELECT nothing FROM fct_generations"},
    )
    result = evaluated(file, "--database", database, "--planner", "lexicon", "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    verdicts = [each["verdict"] for each in found["questions"]]
    assert verdicts == ["right", "wrong", "declined_right", "unscored"]
    assert found["totals"]["all"]["count"] == 3
    assert found["unscored"] == 1


def test_errors_are_one_line_with_the_place(tmp_path, database):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"id": "1", "question": "?", "gold_sql": null}\nnot json\n', encoding="utf-8")
    good = questions(tmp_path, RIGHT | {"gold_sql": None})
    for arguments, said in (
        ((bad, "--database", database, "--planner", "lexicon"), "bad.jsonl:2: no JSON"),
        ((good, "--database", tmp_path / "none.duckdb"), "none.duckdb"),
        ((good, "--root", tmp_path / "published"), "Run `make run`"),
    ):
        result = evaluated(*arguments)
        assert result.exit_code == 1
        assert said in result.stderr
        assert len(result.stderr.strip().splitlines()) == 1


def test_a_model_that_is_not_there_is_asked_for_by_name(tmp_path, database, monkeypatch):
    monkeypatch.delenv("GSA_LLM_BACKEND", raising=False)
    file = questions(tmp_path, RIGHT | {"gold_sql": None})
    result = evaluated(file, "--database", database, "--planner", "model")
    assert result.exit_code == 1
    assert "GSA_LLM_BACKEND" in result.stderr
