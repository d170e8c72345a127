"""The page Friction over HTTP: its numbers against loops over the build's records."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import dash
import pytest
from callback_client import HOST, ask
from friction_build import app_over

from genai_session_analyzer.dashboard.pages import friction
from genai_session_analyzer.dashboard.pages.friction_charts import GRAPH_IDS
from genai_session_analyzer.dashboard.pages.friction_choices import DIMENSIONS
from genai_session_analyzer.dashboard.pages.friction_drill import sessions_link
from genai_session_analyzer.semantic.view_filters import ViewFilters
from insights.view_rows import GENERATIONS, SESSIONS, style_of

STRUGGLE, GRID = "friction-struggle-graph.figure", "friction-grid-graph.figure"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> dash.Dash:
    return app_over(tmp_path_factory.mktemp("published"))


def texts(component: Any) -> list[str]:
    """Every text in a component, in order."""
    if isinstance(component, dict):
        return texts(component.get("props", component).get("children"))
    if isinstance(component, list):
        return [text for each in component for text in texts(each)]
    return [] if component is None else [str(component)]


def bars(figure: dict[str, Any], number: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = figure["data"][number]
    return found


def records(**wanted: str) -> list[dict[str, Any]]:
    return [row for row in GENERATIONS if all(row[name] == wanted[name] for name in wanted)]


def test_the_totals_follow_the_filter_in_the_url(app: dash.Dash) -> None:
    for search, tier in (("", None), ("?tier=pro", "pro")):
        sessions = [row for row in SESSIONS if tier in (None, row["user_tier"])]
        values = {"friction-summary.id": "friction-summary", "url.search": search}
        answer = ask(app, "friction-summary.children", values)

        shown = texts(answer["friction-summary"]["children"])
        assert shown[:2] == ["Sessions", str(len(sessions))]
        drawn = answer["friction-distribution-graph"]["figure"]["data"]
        scored = [row for row in sessions if row["friction_score"] is not None]
        assert sum(sum(trace["y"]) for trace in drawn) == len(scored)
        for trace in drawn:
            band = trace["name"].split(" ")[0]
            assert sum(trace["y"]) == sum(row["friction_band"] == band for row in scored)


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_dimension_can_be_grouped_by(app: dash.Dash, dimension: str) -> None:
    answer = ask(app, STRUGGLE, {"friction-by.value": dimension, "url.search": "?device=mobile"})
    figure = answer["friction-struggle-graph"]["figure"]
    assert len(figure["data"]) == 4
    labels = bars(figure)["y"]
    assert 0 < len(labels) == len(set(labels))


def test_failure_bars_are_the_records_rates_with_n(app: dash.Dash) -> None:
    answer = ask(app, STRUGGLE, {"friction-by.value": "art_style", "url.search": None})
    drawn = bars(answer["friction-struggle-graph"]["figure"], 1)
    for style in ("anime", "sketch", "watercolor"):
        place = drawn["customdata"].index(f"art_style={style}")
        statuses = [r["status"] for r in GENERATIONS if style_of(r) == style and r.get("status")]
        failed = len(statuses) - statuses.count("success")
        assert drawn["x"][place] == pytest.approx(failed / len(statuses), abs=1e-6)
        assert f"n = {len(statuses)}" in drawn["hovertext"][place]


def test_small_groups_are_marked(app: dash.Dash) -> None:
    search = "?model=v1.4&region=europe&from=2024-03-01"
    answer = ask(app, STRUGGLE, {"friction-by.value": "device_type", "url.search": search})
    drawn = bars(answer["friction-struggle-graph"]["figure"])
    for label, shape, text in zip(
        drawn["y"], drawn["marker"]["pattern"]["shape"], drawn["hovertext"], strict=True
    ):
        assert "*" in label
        assert shape == "/", text


def test_a_grid_cell_is_its_combination(app: dash.Dash) -> None:
    values = {
        "friction-down.value": "user_tier",
        "friction-across.value": "model_version",
        "friction-measure.value": "generation_count",
        "url.search": "",
    }
    heat = bars(ask(app, GRID, values)["friction-grid-graph"]["figure"])
    assert heat["y"] == ["free", "pro", "enterprise"]
    for tier, line, clicks in zip(heat["y"], heat["z"], heat["customdata"], strict=True):
        for model, count, click in zip(heat["x"][:2], line, clicks, strict=False):
            assert count == len(records(user_tier=tier, model_version=model))
            assert click == f"user_tier={tier}&model_version={model}"


def test_one_dimension_twice_is_refused_in_words(app: dash.Dash) -> None:
    values = {
        "friction-down.value": "region",
        "friction-across.value": "region",
        "friction-measure.value": "error_rate",
    }
    figure = ask(app, GRID, values)["friction-grid-graph"]["figure"]
    assert "two different" in figure["layout"]["annotations"][0]["text"]


def test_the_grid_is_exported_as_drawn(app: dash.Dash) -> None:
    values = {
        "friction-grid-export.n_clicks": 1,
        "friction-down.value": "user_tier",
        "friction-across.value": "region",
        "friction-measure.value": "error_rate",
    }
    data = ask(app, "friction-download.data", values)["friction-download"]["data"]
    rows = list(csv.DictReader(io.StringIO(data["content"])))
    assert len(rows) == len({(row["user_tier"], row["region"]) for row in GENERATIONS})
    assert set(rows[0]) == {"user_tier", "region", "error_rate", "n"}


def test_failure_kinds_add_up_to_all_failures(app: dash.Dash) -> None:
    values = {"friction-kinds-aside.id": "friction-kinds-aside", "url.search": ""}
    figure = ask(app, "friction-kinds-graph.figure", values)["friction-kinds-graph"]["figure"]
    assert [trace["name"] for trace in figure["data"]] == [
        "timeout", "safety violation", "rate limited", "model error",
    ]  # fmt: skip
    for trace in figure["data"]:
        for day, share in zip(trace["x"], trace["y"], strict=True):
            statuses = [r["status"] for r in GENERATIONS
                        if str(r["requested_date"]) == day[:10] and r.get("status")]  # fmt: skip
            kind = trace["name"].replace(" ", "_")
            expected = statuses.count(kind) / len(statuses) if statuses else None
            assert share == pytest.approx(expected)


@pytest.mark.parametrize("part", ["complexity", "latency", "reactions-domain"])
def test_the_prompts_charts_are_drawn(app: dash.Dash, part: str) -> None:
    place, output = f"friction-{part}-aside", f"friction-{part}-graph"
    figure = ask(app, f"{output}.figure", {f"{place}.id": place})[output]["figure"]
    assert bars(figure)["y"]


@pytest.mark.parametrize("part", ["complexity", "latency", "reactions-domain"])
def test_without_labels_the_charts_say_what_to_run(tmp_path: Path, part: str) -> None:
    bare = app_over(tmp_path, ftr_prompt_labels=[], ftr_prompt_clusters=[], dim_clusters=[])
    place, output = f"friction-{part}-aside", f"friction-{part}-graph"
    figure = ask(bare, f"{output}.figure", {f"{place}.id": place})[output]["figure"]
    assert "kedro run" in figure["layout"]["annotations"][0]["text"]


def test_filters_that_keep_nothing_say_so(app: dash.Dash) -> None:
    for output, values in (
        (STRUGGLE, {"friction-by.value": "user_tier"}),
        ("friction-kinds-graph.figure", {"friction-kinds-aside.id": "x"}),
        ("friction-distribution-graph.figure", {"friction-summary.id": "x"}),
    ):
        answer = ask(app, output, {**values, "url.search": "?model=v9"})
        figure = answer[output.removesuffix(".figure")]["figure"]
        assert "Nothing matches" in figure["layout"]["annotations"][0]["text"]


@pytest.mark.parametrize("name", friction.EXPORTS)
def test_every_export_is_a_csv_of_what_is_in_view(app: dash.Dash, name: str) -> None:
    client = app.server.test_client()
    response = client.get(f"/export/friction/{name}.csv?tier=pro", base_url=HOST)
    rows = list(csv.DictReader(io.StringIO(response.get_data(as_text=True))))
    assert response.status_code == 200
    assert rows
    counts = [int(row["generation_count"] or 0) for row in rows if "generation_count" in row]
    assert sum(counts) in (0, len(records(user_tier="pro")))


@pytest.mark.parametrize(
    ("clicked", "search", "link"),
    [
        ("art_style=oil+painting", "?tier=pro", "/sessions?tier=pro&style=oil+painting"),
        ("user_tier=free&model_version=v2.1", "", "/sessions?tier=free&model=v2.1"),
        ("status=timeout&first_day=2024-01-08&last_day=2024-01-14", "?from=2024-01-10",
         "/sessions?from=2024-01-10&to=2024-01-14&status=timeout"),
        ("cluster_id=3", "?cluster=3&cluster=4", "/sessions?cluster=3"),
        ("user_tier=unknown", "", "/sessions?tier=unknown"),
        ("complexity_score=3", "?complexity=1", "/sessions?complexity=3"),
        ("prompt_length_category=very_long", "", "/sessions?length=very_long"),
        ("friction_band=high", "?by=region", "/sessions?friction=high"),
        ("art_style=not_labelled", "", "/sessions?style=not_labelled"),
        ("cluster_id=not_labelled", "", "/sessions?cluster=not_labelled"),
        ("no_filter=1", "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_a_click_leads_to_its_sessions(clicked: str, search: str, link: str | None) -> None:
    point = {"points": [{"customdata": clicked}]}
    assert sessions_link(point, ViewFilters.from_query(search)) == link


@pytest.mark.parametrize("dimension", DIMENSIONS)
def test_every_bar_and_cell_leads_to_the_sessions_of_its_group(
    app: dash.Dash, dimension: str
) -> None:
    across = "user_tier" if dimension != "user_tier" else "region"
    answers = (
        ask(app, STRUGGLE, {"friction-by.value": dimension, "url.search": ""}),
        ask(app, GRID, {"friction-down.value": dimension, "friction-across.value": across,
                        "friction-measure.value": "session_count", "url.search": ""}),
    )  # fmt: skip
    bars_drawn = bars(answers[0]["friction-struggle-graph"]["figure"])["customdata"]
    cells = bars(answers[1]["friction-grid-graph"]["figure"])["customdata"]
    for clicked in (*bars_drawn, *(cell for line in cells for cell in line)):
        assert clicked.startswith(f"{dimension}=")
        link = sessions_link({"points": [{"customdata": clicked}]}, ViewFilters())
        assert link is not None
        kept = ViewFilters.from_query(link.split("?")[1])
        assert len(getattr(kept, dimension)) == 1


def test_every_bar_of_the_distribution_leads_to_its_band(app: dash.Dash) -> None:
    answer = ask(app, "friction-distribution-graph.figure", {"friction-summary.id": "x"})
    for trace in answer["friction-distribution-graph"]["figure"]["data"]:
        band = trace["name"].split(" ")[0]
        for clicked in trace["customdata"]:
            link = sessions_link({"points": [{"customdata": clicked}]}, ViewFilters())
            assert link == f"/sessions?friction={band}"


def test_no_click_leads_nowhere() -> None:
    assert sessions_link(None, ViewFilters()) is None
    assert sessions_link({"points": [{}]}, ViewFilters()) is None


def test_the_layout_holds_a_graph_for_every_callback() -> None:
    body = friction.layout(None, ViewFilters())  # type: ignore[arg-type]
    drawn = json.dumps(body, default=lambda each: each.to_plotly_json())
    for graph in GRAPH_IDS:
        assert f'"{graph}"' in drawn
