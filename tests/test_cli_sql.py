"""`gsa sql`: rows, refusals and errors on a terminal."""

import json

import duckdb
import pytest
from click.testing import CliRunner

from genai_session_analyzer.cli import main


@pytest.fixture(scope="module")
def database(tmp_path_factory):
    path = tmp_path_factory.mktemp("files") / "mine.duckdb"
    with duckdb.connect(path) as connection:
        connection.execute(
            "CREATE TABLE user_friction_summary AS FROM (VALUES ('free', 0.8898688976377948, 127),"
            " ('pro', NULL, 41)) AS t (user_tier, success_rate, user_count)"
        )
        connection.execute(
            "CREATE TABLE dim_prompts AS SELECT concat('red', chr(27), '[31m') AS prompt_text,"
            " repeat('x', 200) AS prompt_id, TIMESTAMP '2024-02-29 12:00:00' AS first_seen_at"
        )
    return path


def gsa_sql(statement, *options):
    return CliRunner().invoke(main, ["sql", statement, *map(str, options)])


def test_rows_are_aligned_and_rates_untouched(database):
    result = gsa_sql("FROM user_friction_summary ORDER BY user_tier", "--database", database)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[:4] == [
        "user_tier        success_rate  user_count",
        "---------  ------------------  ----------",
        "free       0.8898688976377948         127",
        "pro                                    41",
    ]
    assert lines[5].startswith("2 rows in ")
    assert lines[5].endswith(" ms")


def test_texts_are_cut_and_cannot_move_the_cursor(database):
    output = gsa_sql("FROM dim_prompts", "--database", database).output
    assert "\x1b" not in output
    assert "x" * 79 + "…" in output
    assert "x" * 80 not in output


def test_json_has_every_value_whole(database):
    told = json.loads(gsa_sql("FROM dim_prompts", "--database", database, "--json").output)
    assert told["columns"] == ["prompt_text", "prompt_id", "first_seen_at"]
    assert told["types"] == ["VARCHAR", "VARCHAR", "TIMESTAMP"]
    assert told["rows"] == [["red\x1b[31m", "x" * 200, "2024-02-29T12:00:00"]]
    assert (told["row_count"], told["is_truncated"]) == (1, False)


def test_json_of_unusual_values(database):
    sql = (
        "SELECT 'nan'::DOUBLE, 1.5::DECIMAL(4, 2), 'a'::BLOB, [DATE '2024-01-01'],"
        " {'k': NULL}, true"
    )
    told = json.loads(gsa_sql(sql, "--database", database, "--json").output)
    assert told["rows"] == [["nan", 1.5, "61", ["2024-01-01"], {"k": None}, True]]


def test_no_rows_still_show_their_columns(database):
    output = gsa_sql("FROM user_friction_summary WHERE false", "--database", database).output
    assert output.splitlines()[0] == "user_tier  success_rate  user_count"
    assert "0 rows in" in output


def test_more_rows_than_are_kept_are_said_to_be_cut_off(database):
    result = gsa_sql("SELECT range FROM range(10001)", "--database", database)
    assert "10,000 rows in " in result.output
    assert "more were cut off" in result.output


def test_a_refusal_is_one_line_with_rule_and_remedy_and_exit_code_2(database):
    result = gsa_sql("DROP TABLE dim_prompts", "--database", database)
    assert result.exit_code == 2
    assert result.output == (
        "Refused: This is no SELECT but of the kind DROP."
        " Write one SELECT; the data can only be read. (rule: not_a_select)\n"
    )
    with duckdb.connect(database, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM dim_prompts").fetchone() == (1,)


def test_an_error_of_the_engine_is_one_line_and_exit_code_1(database):
    result = gsa_sql("SELECT 'x'::INTEGER", "--database", database)
    assert result.exit_code == 1
    assert result.output.startswith("Error: Conversion Error")
    assert result.output.count("\n") == 1


def test_a_file_that_is_no_database_or_no_build_says_what_to_do(tmp_path):
    (tmp_path / "text.duckdb").write_text("no database", encoding="utf-8")
    for options in (
        ("--database", tmp_path / "text.duckdb"),
        ("--database", tmp_path / "missing.duckdb"),
        ("--root", tmp_path),
    ):
        result = gsa_sql("SELECT 1", *options)
        assert result.exit_code == 1
        assert result.output.startswith("Error: ")
        assert result.output.count("\n") == 1
