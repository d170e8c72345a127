"""The `gsa` command."""

import duckdb
import pytest
from click.testing import CliRunner

from flow import all_tables
from genai_session_analyzer.cli import main
from genai_session_analyzer.pipelines.publish.nodes import publish_warehouse
from genai_session_analyzer.pipelines.publish.parameters import PublishParameters
from genai_session_analyzer.schema.features import FEATURE_TABLES
from genai_session_analyzer.warehouse.builds import current_build, list_builds
from rows import raw_generations, table


@pytest.fixture
def published(tmp_path, simulation):
    """Two published builds of a tiny warehouse; the root and the link."""
    raw = raw_generations([{}, {"user_name": "ann"}, {}])
    tables = all_tables(raw, simulation)
    for name in ("rejected_rows", *FEATURE_TABLES):
        tables[name] = table(name, [], raw.get_backend())
    parameters = PublishParameters(root=tmp_path / "published", link=tmp_path / "link.duckdb")
    for _ in range(2):
        publish_warehouse(parameters, [], **tables)
    return parameters


def gsa(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def test_summary_prints_the_totals(published):
    result = gsa("summary", "--root", published.root)
    assert result.exit_code == 0
    for words in ("users", "success rate", "rows in fct_generations", "rejected rows"):
        assert words in result.output


def test_builds_marks_the_one_served(published):
    older, newer = list_builds(published.root)
    lines = gsa("builds", "--root", published.root).output.splitlines()
    assert lines[0].startswith(f"  {older.id}")
    assert lines[1].startswith(f"* {newer.id}")


def test_rollback_serves_the_one_before_and_moves_the_link(published):
    older, _ = list_builds(published.root)
    result = gsa("rollback", "--root", published.root, "--link", published.link)
    assert result.exit_code == 0
    assert current_build(published.root).id == older.id
    assert published.link.resolve() == older.path.resolve()
    with duckdb.connect(str(published.link), read_only=True) as connection:
        assert connection.sql("SELECT count(*) FROM fct_generations").fetchone() == (3,)


def test_an_unknown_build_is_one_line_with_what_exists(published):
    result = gsa("rollback", "20990101T000000000000Z", "--root", published.root)
    assert result.exit_code == 1
    assert result.output.startswith("Error: Unknown build")
    assert list_builds(published.root)[0].id in result.output


@pytest.mark.parametrize("command", ["summary", "builds", "rollback"])
def test_nothing_published_says_what_to_do(tmp_path, command):
    result = gsa(command, "--root", tmp_path / "none")
    assert result.exit_code == 1
    assert "make run" in result.output
