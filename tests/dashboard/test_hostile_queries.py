"""Statements without end beside the pages: they end in time, and the pages stay right and quick."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bench_dashboard_asker import Asker
from bench_dashboard_hostile import HOSTILE, LIMIT_S, MOST_TIMES, SEEN_S, measure_beside
from bench_dashboard_server import Server, served
from dashboard.dashboard_build import publish

SLACK_S = 3.0
"""For a machine that does other things too; `make bench-dashboard` holds it to the limit."""
NOISE = 2.0
ENDS = ("was stopped after 5 s", "more than 512MB of memory", "is larger than 8,000,000 bytes")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile") / "published"
    publish(folder)
    return folder


@pytest.fixture
def server(root: Path) -> Iterator[Server]:
    with served(root) as found:
        yield found


def test_a_statement_runs_by_the_page_over_http(server: Server) -> None:
    asker = Asker(server.port, "a-browser-session")
    assert "SQL edited by you." in asker.run("SELECT count(*) AS n FROM dim_prompts").shown
    assert "rule: not_a_select" in asker.run("DROP TABLE dim_users").shown
    asker.close()


@pytest.mark.soak
def test_pages_beside_hostile_statements_stay_right_and_quick(root: Path) -> None:
    found = measure_beside(root, per_page=12)
    times = {percentile: round(found.times(percentile), 2) for percentile in (50, 95)}
    print(f"times as long beside hostile statements, by percentile: {times}")
    assert found.differing == 0
    assert {each.sql for each in found.ended} <= set(HOSTILE)
    for each in found.ended:
        assert any(end in each.shown for end in ENDS), each
        assert each.seconds < LIMIT_S + SEEN_S + SLACK_S, each
    assert times[50] < MOST_TIMES * NOISE
