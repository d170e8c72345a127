"""A run of the enrichment as a card: its steps, their quality numbers, links into MLflow."""

from collections.abc import Sequence

import dash_mantine_components as dmc
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import explained, icon
from genai_session_analyzer.dashboard.formats import NOTHING, compact, duration_ms, words
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.warehouse.tracking_runs import TrackedRun

STATUS_COLOURS = {"FINISHED": "teal", "FAILED": "red", "KILLED": "red", "RUNNING": "blue"}
QUALITY = (
    "coverage",
    "coverage.domain",
    "coverage.art_style",
    "coverage.setting",
    "coverage.lighting",
    "coherence",
    "silhouette",
    "trustworthiness",
    "noise_share",
    "failed",
    "rejected",
    "fallbacks",
)
"""Metrics that say how good a step's result is, in the order they are shown."""
VOLUME = ("new", "cached", "items_per_s")


def run_card(
    run: TrackedRun,
    steps: Sequence[TrackedRun],
    tables: dict[str, tuple[str, ...]],
    services: Services,
) -> Component:
    """Return the card of one run with a row per step, in the order they began.

    Args:
        run: The run of the pipeline, or a step that stands alone.
        steps: Its steps.
        tables: By run id, the published tables it computed.
        services: Where MLflow is served.
    """
    started = f"{run.started_at:%d %b %Y, %H:%M} UTC"
    served = any(step.run_id in tables for step in steps)
    head = dmc.Group(
        [
            dmc.Title(f"{run.name.strip('_')} run", order=2, size="h5"),
            _status(run, "filled"),
            dmc.Badge("in the build now served", color="indigo", variant="light", tt="none")
            if served
            else None,
            dmc.Text(f"{started}, {duration_ms(run.duration_ms)}", size="sm", c="dimmed"),
            _link(run, services),
        ],
        gap="sm",
        mb="sm",
    )
    ordered = sorted(steps, key=lambda step: step.started_at)
    table = dmc.TableScrollContainer(
        dmc.Table(
            [_head_row(), dmc.TableTbody([_step_row(step, tables, services) for step in ordered])],
            striped=True,
            verticalSpacing="xs",
        ),
        minWidth=720,
    )
    return dmc.Card([head, table], className="card", withBorder=True)


def _head_row() -> Component:
    names = ("Step", "Status", "Took", "Items", "Quality", "Model", "Tables served", "MLflow")
    return dmc.TableThead(dmc.TableTr([dmc.TableTh(name) for name in names]))


def _step_row(
    step: TrackedRun, tables: dict[str, tuple[str, ...]], services: Services
) -> Component:
    status = _status(step, "light")
    cells = [
        dmc.Text(words(step.step), fw=600, size="sm"),
        status,
        duration_ms(step.duration_ms),
        _volume(step),
        _quality(step),
        dmc.Text(step.parameters.get("model", NOTHING), size="xs", maw=180, truncate="end"),
        dmc.Text(", ".join(tables.get(step.run_id, ())) or NOTHING, size="xs"),
        _link(step, services),
    ]
    return dmc.TableTr([dmc.TableTd(cell) for cell in cells])


def _status(run: TrackedRun, variant: str) -> Component:
    colour = STATUS_COLOURS.get(run.status, "gray")
    return dmc.Badge(run.status.lower(), color=colour, variant=variant, tt="none", miw=76)


def _volume(step: TrackedRun) -> str:
    known = [(name, step.metrics[name]) for name in VOLUME if name in step.metrics]
    named = {"items_per_s": "a second"}
    return (
        ", ".join(f"{compact(value)} {named.get(name, name)}" for name, value in known) or NOTHING
    )


def _quality(step: TrackedRun) -> Component:
    known = [(name, step.metrics[name]) for name in QUALITY if name in step.metrics]
    marks = [
        dmc.Badge(
            f"{words(name).replace('.', ' ')} {_written(value)}",
            variant="outline",
            color="gray",
            tt="none",
            fw=500,
        )
        for name, value in known
    ]
    more = {name: value for name, value in step.metrics.items() if name not in (*QUALITY, *VOLUME)}
    if more:
        listing = "; ".join(f"{words(name)} {_written(value)}" for name, value in more.items())
        marks.append(explained(listing, f"{len(more)} more metrics:"))
    return dmc.Group(marks, gap=4) if marks else dmc.Text(NOTHING, size="sm")


def _written(value: float) -> str:
    return compact(value) if abs(value) >= 1 or value == 0 else f"{value:.3f}"


def _link(run: TrackedRun, services: Services) -> Component:
    return dmc.Anchor(
        dmc.Group(["Open", icon("external")], gap=2, wrap="nowrap"),
        href=run.url(services.mlflow_url),
        target="_blank",
        size="sm",
        anchorProps={"aria-label": f"Open {run.name} in MLflow"},
    )
