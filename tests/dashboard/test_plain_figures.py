"""Figures go to the browser unchecked, so Plotly checks every name and value of each here."""

from pathlib import Path
from typing import Any

import dash
import plotly.graph_objects as go
import pytest

from dashboard.callback_client import ask
from dashboard.dashboard_build import services
from genai_session_analyzer.dashboard.app import create_app

GRID = {
    "friction-down.value": "user_tier",
    "friction-across.value": "model_version",
    "friction-measure.value": "mean_friction_score",
}
ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("friction-distribution-graph", {"friction-summary.id": "friction-summary"}),
    ("friction-kinds-graph", {"friction-kinds-aside.id": "friction-kinds-aside"}),
    ("friction-struggle-graph", {"friction-by.value": "art_style"}),
    ("friction-grid-graph", GRID),
    ("friction-complexity-graph", {"friction-complexity-aside.id": "friction-complexity-aside"}),
    ("friction-latency-graph", {"friction-latency-aside.id": "friction-latency-aside"}),
    ("friction-reactions-style-graph", {"friction-latency-aside.id": "friction-latency-aside"}),
    ("friction-reactions-domain-graph", {"friction-reactions-domain-aside.id": "x"}),
    ("costs-time-graph", {"costs-time-aside.id": "costs-time-aside"}),
    ("costs-groups-graph", {"costs-by.value": "user_tier"}),
    ("costs-unit-graph", {"costs-by.value": "user_tier"}),
    ("costs-spenders-graph", {"costs-summary.id": "costs-summary"}),
)


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> dash.Dash:
    folder: Path = tmp_path_factory.mktemp("figures")
    return create_app(services(folder))


@pytest.mark.parametrize("query", ["", "?tier=pro", "?from=2031-01-01"])
@pytest.mark.parametrize(("graph", "values"), ASKED, ids=[graph for graph, _ in ASKED])
def test_plotly_knows_every_name_and_value(
    app: dash.Dash, graph: str, values: dict[str, Any], query: str
) -> None:
    answer = ask(app, f"{graph}.figure", values | {"url.search": query})
    sent = answer[graph]["figure"]
    checked = go.Figure(sent)
    assert len(checked.data) == len(sent["data"])
    assert checked.layout.template.layout.font.size == 12
    assert bool(sent["data"]) != ("2031" in query)
