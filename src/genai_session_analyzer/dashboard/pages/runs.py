"""The page Runs: the enrichment's runs with their quality numbers, and the copilot's traces."""

import dash
import dash_mantine_components as dmc
import pyarrow as pa
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import empty_state, export_link
from genai_session_analyzer.dashboard.mlflow_runs import tables_by_run, tracked_runs
from genai_session_analyzer.dashboard.page import Page
from genai_session_analyzer.dashboard.pages.runs_cards import run_card
from genai_session_analyzer.dashboard.pages.runs_traces import trace_section
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/runs", title="Runs", icon="runs", order=6, has_filters=False)
SHOWN_PIPELINE_RUNS = 20


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return one card per pipeline run with its steps; filters do not apply to runs.

    Raises:
        AnalyzerError: MLflow's store cannot be read.
    """
    runs = [run for run in tracked_runs(services) if run.step or run.parent_id is None]
    steps = [run for run in runs if run.step]
    if not steps:
        return empty_state(
            "No enrichment run is recorded.",
            "Run `make run`: it tracks every step in data/mlflow/mlflow.db.",
        )
    parents = [run for run in runs if any(step.parent_id == run.run_id for step in steps)]
    tables = tables_by_run(services)
    known = {run.run_id for run in parents}
    alone = [step for step in steps if step.parent_id not in known]
    cards = [
        run_card(run, [each for each in steps if each.parent_id == run.run_id], tables, services)
        for run in parents[:SHOWN_PIPELINE_RUNS]
    ]
    cards += [run_card(step, [step], tables, services) for step in alone[:SHOWN_PIPELINE_RUNS]]
    head = dmc.Group(
        [_intro(services), export_link("runs", "metrics", filters)],
        justify="space-between",
        align="flex-start",
    )
    parts = [head, dmc.Stack(cards, mt="md"), trace_section(services)]
    return html.Div([part for part in parts if part is not None])


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Add nothing: the page has no controls."""
    del app, services


def export_metrics(services: Services, filters: ViewFilters) -> pa.Table:
    """Return one row per step and metric; filters do not apply.

    Raises:
        AnalyzerError: MLflow's store cannot be read.
    """
    del filters
    columns = ("run_id", "parent_id", "step", "status", "started_at", "metric", "value")
    rows = [
        (run.run_id, run.parent_id, run.step, run.status, run.started_at, metric, value)
        for run in tracked_runs(services)
        if run.step
        for metric, value in run.metrics.items()
    ]
    return pa.Table.from_pylist([dict(zip(columns, row, strict=True)) for row in rows])


EXPORTS = {"metrics": export_metrics}


def _intro(services: Services) -> Component:
    text = (
        "Every step of the enrichment is a run in MLflow, with parameters, metrics and samples. "
        f"Links open {services.mlflow_url}: start it with `make mlflow`."
    )
    return dmc.Text(text, size="sm", c="dimmed", maw=760)
