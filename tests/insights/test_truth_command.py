"""`gsa truth`: what was planted, printed from what the last run wrote."""

import json
from pathlib import Path

import ibis
import pytest
from click.testing import CliRunner

from genai_session_analyzer.cli import main
from rows import generation, minutes, table

PARAMETERS = Path(__file__).parent.parent.parent / "conf/base/parameters_simulation.yml"


def write_warehouse(path, effects):
    backend = ibis.duckdb.connect(path)
    rows = [
        generation(
            number,
            user_id=f"u{number % 20}",
            status="success" if number % (2 if number % 3 else 5) else "timeout",
            region="europe" if number % 3 else "asia",
        )
        for number in range(600)
    ]
    table("fct_generations", rows, backend)
    table("simulation_truth", effects, backend)
    table("simulation_prompts", [], backend)
    backend.disconnect()
    return path


def gsa_truth(path):
    arguments = ["truth", "--warehouse", str(path), "--parameters", str(PARAMETERS)]
    return CliRunner(env={"COLUMNS": "170"}).invoke(main, arguments)


def row(effect_id, segment, **values):
    return {
        "effect_id": effect_id,
        "kind": "planted",
        "segment": json.dumps(segment),
        "measure": "failure",
        "affected_generations": 400,
    } | values


EUROPE = {"region": ["europe"]}


def line_of(output, effect_id):
    (line,) = [line for line in output.splitlines() if effect_id in line]
    return line


def test_each_effect_is_a_line_with_what_was_planted_and_what_is_seen(tmp_path):
    effects = [
        row("worse", EUROPE, multiplier=2.5),
        row("added", EUROPE, delta=0.3),
        row("rollout_v9", EUROPE, measure="model_share", starts_at=minutes(0)),
        row("nowhere", {"region": ["other"]}, multiplier=2.0, affected_generations=0),
    ]
    result = gsa_truth(write_warehouse(tmp_path / "warehouse.duckdb", effects))
    assert result.exit_code == 0, result.output
    assert "x2.50 (" in line_of(result.output, "worse")  # half of 400 against a fifth of 200
    assert "+0.30 (" in line_of(result.output, "added")
    assert "from 2024-01-01 12:00" in line_of(result.output, "rollout_v9")
    assert "nothing to measure" in line_of(result.output, "nowhere")
    assert "found" not in result.output


def test_a_count_that_differs_from_the_truth_is_shown(tmp_path):
    effects = [row("worse", EUROPE, multiplier=2.5, affected_generations=399)]
    result = gsa_truth(write_warehouse(tmp_path / "warehouse.duckdb", effects))
    assert "399 (found 400)" in line_of(result.output, "worse")


def test_a_run_that_planted_nothing_says_so(tmp_path):
    result = gsa_truth(write_warehouse(tmp_path / "warehouse.duckdb", []))
    assert result.exit_code == 0
    assert result.output.startswith("Nothing was planted")


def test_without_a_warehouse_it_says_what_to_do(tmp_path):
    result = gsa_truth(tmp_path / "none.duckdb")
    assert result.exit_code == 1
    assert "make run" in result.output


@pytest.mark.parametrize("name", ["simulation_truth", "simulation_prompts", "fct_generations"])
def test_a_table_that_is_not_there_is_named(tmp_path, name):
    path = write_warehouse(tmp_path / "warehouse.duckdb", [])
    backend = ibis.duckdb.connect(path)
    backend.drop_table(name)
    backend.disconnect()
    result = gsa_truth(path)
    assert result.exit_code == 1
    assert name in result.output


def test_a_file_that_is_no_warehouse_is_one_line(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    path.write_bytes(b"this is not a warehouse" * 1000)
    result = gsa_truth(path)
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert len(result.output.splitlines()) == 1
