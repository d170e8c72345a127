"""The newest questions to the copilot, each a trace in MLflow."""

import dash_mantine_components as dmc
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.mlflow_writing import EXPERIMENT
from genai_session_analyzer.dashboard.components import error_sentence, icon, section
from genai_session_analyzer.dashboard.formats import NOTHING, duration_ms, words
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.warehouse.tracking_traces import TrackedTrace, read_traces

SHOWN_TRACES = 12
OUTCOME_COLOURS = {
    "answered": "teal",
    "asked_back": "blue",
    "declined": "gray",
    "cancelled": "yellow",
    "failed": "red",
}
COLUMNS = ("Asked", "Question", "Outcome", "Took", "Parts", "Planner", "Tokens", "MLflow")


def trace_section(services: Services) -> Component | None:
    """Return the table of the newest questions; None where there is none, or no store."""
    if services.mlflow_store is None:
        return None
    try:
        traces = read_traces(services.mlflow_store, EXPERIMENT, SHOWN_TRACES)
    except AnalyzerError as problem:
        return error_sentence(problem)
    if not traces:
        return None
    rows = [_row(trace, services) for trace in traces]
    head = dmc.TableThead(dmc.TableTr([dmc.TableTh(name) for name in COLUMNS]))
    table = dmc.TableScrollContainer(
        dmc.Table([head, dmc.TableTbody(rows)], striped=True, verticalSpacing="xs"), minWidth=860
    )
    return section(
        "Questions to the copilot",
        dmc.Card(table, className="card", withBorder=True),
        note="Each is a trace: what was done, how long it took, tokens read and written.",
    )


def _row(trace: TrackedTrace, services: Services) -> Component:
    outcome = trace.tags.get("outcome", trace.status.lower())
    colour = OUTCOME_COLOURS.get(outcome, "gray")
    cells = [
        dmc.Text(f"{trace.started_at:%d %b, %H:%M}", size="xs"),
        dmc.Text(trace.question, size="sm", fw=500, maw=320, lineClamp=2),
        dmc.Badge(words(outcome), color=colour, variant="light", tt="none", miw=104),
        duration_ms(trace.duration_ms),
        dmc.Text(_parts(trace), size="xs", c="dimmed"),
        dmc.Text(trace.tags.get("planner", NOTHING), size="xs"),
        NOTHING if trace.tokens is None else f"{trace.tokens:,}",
        dmc.Anchor(
            dmc.Group(["Open", icon("external")], gap=2, wrap="nowrap"),
            href=trace.url(services.mlflow_url),
            target="_blank",
            size="sm",
            anchorProps={"aria-label": f"Open the trace of {trace.question} in MLflow"},
        ),
    ]
    return dmc.TableTr([dmc.TableTd(cell) for cell in cells])


def _parts(trace: TrackedTrace) -> str:
    known = [f"{name} {duration_ms(spent)}" for name, spent in trace.spans_ms.items()]
    return ", ".join(known) or NOTHING
