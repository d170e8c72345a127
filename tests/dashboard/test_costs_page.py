"""The page Costs over HTTP: its numbers against sums over the build's records."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import dash
import pytest
from callback_client import HOST, ask
from friction_build import app_over

from genai_session_analyzer.dashboard.pages import costs
from genai_session_analyzer.dashboard.pages.costs_charts import GRAPH_IDS, SPENDERS
from genai_session_analyzer.dashboard.pages.friction_choices import DIMENSIONS
from genai_session_analyzer.semantic.view_filters import ViewFilters
from insights.view_rows import GENERATIONS

GROUPS = "costs-groups-graph.figure"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> dash.Dash:
    return app_over(tmp_path_factory.mktemp("published"))


def cost(records: list[dict[str, Any]]) -> float:
    return sum(row.get("cost_credits") or 0 for row in records)


def test_the_parts_of_each_bar_add_up_to_the_groups_cost(app: dash.Dash) -> None:
    answer = ask(app, GROUPS, {"costs-by.value": "user_tier", "url.search": "?model=v2.1"})
    results, retries, failures = answer["costs-groups-graph"]["figure"]["data"]
    assert [trace["name"] for trace in (results, retries, failures)] == [
        "spent on results", "spent on retries", "spent on failures",
    ]  # fmt: skip
    for place, click in enumerate(results["customdata"]):
        tier = click.removeprefix("user_tier=")
        records = [r for r in GENERATIONS
                   if r["user_tier"] == tier and r["model_version"] == "v2.1"]  # fmt: skip
        failed = [r for r in records if r.get("status") not in (None, "success")]
        parts = sum(trace["x"][place] or 0 for trace in (results, retries, failures))
        assert parts == pytest.approx(cost(records), abs=1e-5)
        assert failures["x"][place] == pytest.approx(cost(failed), abs=1e-5)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_can_be_grouped_by(app: dash.Dash, dimension: str) -> None:
    answer = ask(app, GROUPS, {"costs-by.value": dimension, "url.search": ""})
    for name in ("costs-groups-graph", "costs-unit-graph"):
        labels = answer[name]["figure"]["data"][0]["y"]
        assert 0 < len(labels) == len(set(labels))


def test_the_days_costs_add_up_to_all(app: dash.Dash) -> None:
    values = {"costs-time-aside.id": "costs-time-aside", "url.search": ""}
    figure = ask(app, "costs-time-graph.figure", values)["costs-time-graph"]["figure"]
    drawn = sum(value or 0 for trace in figure["data"] for value in trace["y"])
    assert drawn == pytest.approx(cost(GENERATIONS), abs=1e-4)


def test_the_curve_goes_from_nobody_to_everybody(app: dash.Dash) -> None:
    answer = ask(app, "costs-spenders-graph.figure", {"costs-summary.id": "costs-summary"})
    curve = answer["costs-spenders-graph"]["figure"]["data"][0]
    assert (curve["x"][0], curve["y"][0], curve["x"][-1], curve["y"][-1]) == (0, 0, 1, 1)
    assert all(y <= x + 1e-9 for x, y in zip(curve["x"], curve["y"], strict=True))


def test_a_source_without_costs_says_so(tmp_path: Path) -> None:
    free = [row | {"cost_credits": None} for row in GENERATIONS]
    bare = app_over(tmp_path, fct_generations=free)
    for output, values in (
        (GROUPS, {"costs-by.value": "user_tier"}),
        ("costs-time-graph.figure", {"costs-time-aside.id": "x"}),
        ("costs-spenders-graph.figure", {"costs-summary.id": "x"}),
    ):
        figure = ask(bare, output, values)[output.removesuffix(".figure")]["figure"]
        assert "No cost is known" in figure["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("name", costs.EXPORTS)
def test_every_export_is_a_csv_of_what_is_in_view(app: dash.Dash, name: str) -> None:
    client = app.server.test_client()
    response = client.get(f"/export/costs/{name}.csv?tier=pro", base_url=HOST)
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
    assert response.status_code == 200
    assert rows
    if name != "spenders":
        total = sum(float(row["total_cost_credits"] or 0) for row in rows)
        records = [row for row in GENERATIONS if row["user_tier"] == "pro"]
        assert total == pytest.approx(cost(records), abs=1e-5)


def test_the_layout_holds_a_graph_for_every_callback() -> None:
    body = costs.layout(None, ViewFilters())  # type: ignore[arg-type]
    drawn = json.dumps(body, default=lambda each: each.to_plotly_json())
    for graph in (*GRAPH_IDS, SPENDERS.graph_id):
        assert f'"{graph}"' in drawn
