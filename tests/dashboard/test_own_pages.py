"""Overview, Runs, Data model & method and the shell's parts, through the test client."""

import csv
import io
import json
import sqlite3
from datetime import date
from pathlib import Path

import dash
import pytest
from dash import dcc
from flask.testing import FlaskClient

from dashboard.dash_client import answer, ask, page_text
from dashboard.dashboard_build import records, services
from genai_session_analyzer.dashboard.app import create_app
from genai_session_analyzer.dashboard.filter_bar import (
    LABELS,
    chosen_filters,
    shown_values,
    url_speaks,
)
from genai_session_analyzer.dashboard.pages.overview_numbers import STYLES, change_words
from genai_session_analyzer.dashboard.pages.overview_segments import segment_href, segment_list
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.insights.overview import Headline
from genai_session_analyzer.insights.segments import Segment
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic.generations import GENERATIONS
from genai_session_analyzer.semantic.view_filters import ViewFilters
from genai_session_analyzer.warehouse.tracking_runs import read_runs

STORE_TABLES = """
create table runs (run_uuid, experiment_id, name, status, start_time, end_time, lifecycle_stage);
create table tags (run_uuid, key, value);
create table latest_metrics (run_uuid, key, value, is_nan);
create table params (run_uuid, key, value);
insert into runs values ('parent', 1, '__default__', 'FINISHED', 1000, 90000, 'active'),
  ('step', 1, 'label_prompts', 'FINISHED', 2000, 5500, 'active'),
  ('gone', 1, 'label_prompts', 'FAILED', 2000, null, 'deleted');
insert into tags values ('step', 'gsa.step', 'label_prompts'),
  ('step', 'mlflow.parentRunId', 'parent');
insert into latest_metrics values ('step', 'coverage.domain', 0.897, 0), ('step', 'new', 7444, 0),
  ('step', 'silhouette', 0, 1);
insert into params values ('step', 'model', '<script>alert(1)</script>');
"""


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> dash.Dash:
    folder = tmp_path_factory.mktemp("build")
    with sqlite3.connect(folder / "mlflow.db") as store:
        store.executescript(STORE_TABLES)
    store.close()
    return create_app(services(folder, mlflow_store=folder / "mlflow.db"))


@pytest.fixture
def client(app: dash.Dash) -> FlaskClient:
    return app.server.test_client()


def test_overview_shows_what_the_records_sum_to(app: dash.Dash, client: FlaskClient) -> None:
    text = page_text(client, app, "/", "?tier=pro")
    ours = [row for row in records()["fct_generations"] if row["user_tier"] == "pro"]
    assert f'"children": "{len(ours)}", "className": "stat-value"' in text
    assert str(len({row["user_id"] for row in ours})) in text
    assert "Simulated in part" in text
    assert "Made by the run default (parent) in MLflow" in text


def test_a_view_without_rows_says_what_to_do(app: dash.Dash, client: FlaskClient) -> None:
    text = page_text(client, app, "/", "?from=2031-01-01")
    assert "No generation passes these filters." in text
    assert "clear the filters" in text


def test_an_unknown_page_says_so(app: dash.Dash, client: FlaskClient) -> None:
    assert "There is no such page." in page_text(client, app, "/nowhere")


def test_runs_shows_steps_quality_and_links_and_prompts_stay_text(
    app: dash.Dash, client: FlaskClient
) -> None:
    text = page_text(client, app, "/runs")
    assert "http://127.0.0.1:5000/#/experiments/1/runs/parent" in text
    assert "coverage domain 0.897" in text
    assert "in the build now served" in text
    assert "gone" not in text
    assert "dangerously" not in text


def test_runs_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(services(tmp_path))
    assert "Run `make run`" in page_text(app.server.test_client(), app, "/runs")


def test_a_store_is_read_only_and_a_damaged_one_is_a_sentence(tmp_path: Path) -> None:
    store = tmp_path / "mlflow.db"
    with sqlite3.connect(store) as connection:
        connection.executescript(STORE_TABLES)
    connection.close()
    before = store.read_bytes()
    runs = {run.run_id: run for run in read_runs(store)}
    assert set(runs) == {"parent", "step"}
    assert runs["step"].metrics == {"coverage.domain": 0.897, "new": 7444}
    assert runs["step"].duration_ms == 3500
    assert store.read_bytes() == before
    store.write_bytes(b"not a database at all" * 99)
    with pytest.raises(AnalyzerError, match="make run"):
        read_runs(store)
    with pytest.raises(AnalyzerError, match="cannot be read"):
        read_runs(tmp_path / "missing.db")


def test_method_names_every_published_table_and_every_measure(
    app: dash.Dash, client: FlaskClient
) -> None:
    text = page_text(client, app, "/method")
    for name in ("fct_generations", "dim_clusters", "data_quality"):
        assert TABLES[name].grain in text
    for measure in GENERATIONS.measures:
        assert f'"{measure.name}"' in text
    assert "50 x error_rate" in text


@pytest.mark.parametrize("path", ["/runs", "/method", "/copilot"])
def test_filters_are_hidden_where_they_say_nothing(
    app: dash.Dash, client: FlaskClient, path: str
) -> None:
    values = {"url.pathname": path, "url.search": ""}
    shown = answer(ask(client, app, "page.children", values, "url.pathname"))
    assert shown["filters"]["hidden"] is True


def test_segments_come_by_their_own_callback(app: dash.Dash, client: FlaskClient) -> None:
    shown = answer(ask(client, app, "overview-segments.children", {"url.search": ""}, "url.search"))
    assert "stands out" in json.dumps(shown) or "/friction?" in json.dumps(shown)


def test_a_segment_links_to_friction_with_the_filters_in_use() -> None:
    segment = Segment("user_tier", "free", 80, 31.0, 20.0, 4.0, 18.0, 880.0)
    filters = ViewFilters(region=("asia",), user_tier=("free", "pro"))
    assert segment_href(segment, filters) == "/friction?tier=free&region=asia"
    text = str(segment_list([segment], filters))
    assert "not known here" in str(segment_list([], filters, has_friction=False))
    assert "friction 31.0 against 20.0 elsewhere: +11.0 points (4.0 to 18.0), 80 sessions" in text


@pytest.mark.parametrize(
    ("name", "recent", "previous", "words"),
    [
        ("generations", 110, 100, "+10.0\u202f%"),
        ("generations", 90, 100, "-10.0\u202f%"),
        ("generations", 90, 0, None),
        ("generations", 90, None, None),
        ("success_rate", 0.95, 0.93, "+2.0 points"),
        ("friction", 18.5, 20.0, "-1.5 points"),
    ],
)
def test_change_in_words(name: str, recent: float, previous: float | None, words: str) -> None:
    line = Headline(value=1, recent=recent, previous=previous, by_day=(), n=1)
    assert change_words(line, STYLES[name]) == words


def test_controls_show_the_filters_and_give_them_back() -> None:
    filters = ViewFilters(
        user_tier=("pro",), cluster_id=(3, 12), first_day=date(2024, 1, 3), mood=("dark",)
    )
    days, *chosen = shown_values(filters)
    assert chosen_filters(days, chosen) == filters
    assert chosen_filters(None, [None] * len(LABELS)) == ViewFilters()


def test_a_control_writes_the_url_and_the_url_the_controls(
    app: dash.Dash, client: FlaskClient
) -> None:
    values = {
        "url.search": "?session=s1&tier=pro",
        "filter-user-tier.value": ["pro", "free"],
        "filter-days.value": ["2024-01-03", None],
    }
    shown = answer(ask(client, app, "url.search", values, "filter-user-tier.value"))
    assert shown["url"]["search"] == "?from=2024-01-03&tier=pro&tier=free&session=s1"
    shown = answer(ask(client, app, "url.search", values, "url.search"))
    assert shown["filter-user-tier"]["value"] == ["pro"]
    assert "url" not in shown
    shown = answer(ask(client, app, "url.search", values, "filter-clear.n_clicks"))
    assert shown["url"]["search"] == "?session=s1"
    shown = answer(ask(client, app, "url.search", {"url.search": "?tier=gold"}, "url.search"))
    assert "tier=gold" in json.dumps(shown["filter-note"])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        (["."], True),
        ([], True),
        (["url.search"], True),
        (["filter-region.value", "filter-mood.value"], True),
        (["filter-region.value"], False),
        (["filter-clear.n_clicks"], False),
    ],
)
def test_the_url_speaks_until_a_person_changes_a_control(
    changed: list[str], expected: bool
) -> None:
    assert url_speaks(changed) is expected


def test_exports_hold_the_rows_of_the_view(client: FlaskClient) -> None:
    answered = client.get("/export/overview/days.csv?tier=pro&from=2024-03-01&to=2024-03-03")
    assert answered.mimetype == "text/csv"
    assert "attachment" in answered.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(answered.text)))
    expected = [
        row
        for row in records()["fct_generations"]
        if row["user_tier"] == "pro"
        and date(2024, 3, 1) <= row["requested_date"] <= date(2024, 3, 3)
    ]
    assert [row["day"] for row in rows] == ["2024-03-01", "2024-03-02", "2024-03-03"]
    assert sum(int(row["generation_count"]) for row in rows) == len(expected)
    assert len(client.get("/export/runs/metrics.csv").text.splitlines()) == 3
    assert "success_rate" in client.get("/export/method/glossary.csv").text
    assert client.get("/export/overview/nothing.csv").status_code == 404


def test_markdown_and_raw_html_are_never_used_for_data() -> None:
    package = Path(dash.__file__).parent  # the check below must be able to fail
    assert "dangerously_allow_html" in (package / "dcc" / "Markdown.py").read_text("utf-8")
    ours = Path(create_app.__code__.co_filename).parent
    for file in ours.rglob("*.py"):
        text = file.read_text(encoding="utf-8")
        assert "dangerously_allow_html" not in text, file
        assert f"{dcc.__name__.rsplit('.', maxsplit=1)[-1]}.Markdown" not in text, file
