"""Where the data comes from: observed or simulated, how fresh, which run made it."""

import dash_mantine_components as dmc
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.formats import compact, percent
from genai_session_analyzer.dashboard.mlflow_runs import run_of_build
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.provenance import Provenance

PART_WORDS = {
    "user": "who asked",
    "time": "when they asked",
    "telemetry": "how it went (status, latency, retries, cost, feedback)",
    "profile": "tier, region and device",
}


def origin_sentences(known: Provenance) -> list[str]:
    """Return in plain words what is observed and what is simulated."""
    shares = known.simulated_by_part
    whole = [PART_WORDS[part] for part, share in shares.items() if share >= 1]
    partly = [
        f"{PART_WORDS[part]} in {percent(share)} of the generations"
        for part, share in shares.items()
        if 0 < share < 1
    ]
    observed = [PART_WORDS[part] for part, share in shares.items() if share == 0]
    sentences = [f"Datasets: {', '.join(known.datasets) or 'none'}."]
    if whole:
        sentences.append(f"Simulated throughout: {'; '.join(whole)}.")
    if partly:
        sentences.append(f"Simulated in part: {'; '.join(partly)}.")
    if observed:
        sentences.append(f"Observed: {'; '.join(observed)}.")
    return sentences


def origin_card(known: Provenance, services: Services) -> Component:
    """Return the card: shares in words and as bars, the build, the run that made it."""
    bars = [_bar(part, share) for part, share in known.simulated_by_part.items()]
    facts = dmc.Stack([*_freshness(known), _run(services)], gap=4)
    text = dmc.Stack([dmc.Text(each, size="sm") for each in origin_sentences(known)], gap=4)
    grid = dmc.SimpleGrid([text, html.Div(bars), facts], cols={"base": 1, "md": 3}, spacing="xl")
    return dmc.Card(grid, className="card", withBorder=True)


def _bar(part: str, share: float) -> Component:
    label = dmc.Group(
        [
            dmc.Text(part, size="xs"),
            dmc.Text(f"{percent(share, 0)} simulated", size="xs", c="dimmed"),
        ],
        justify="space-between",
    )
    bar = dmc.Progress(
        value=share * 100, color="orange", size="sm", **aria(label=f"{part}: simulated share")
    )
    return html.Div([label, bar], className="origin-bar")


def _freshness(known: Provenance) -> list[Component]:
    rows = known.build.rows
    counts = ", ".join(
        f"{compact(rows.get(table, 0))} {name}"
        for table, name in (
            ("fct_generations", "generations"),
            ("fct_sessions", "sessions"),
            ("dim_users", "users"),
            ("dim_prompts", "prompts"),
        )
    )
    moment = f"{known.published_at:%d %b %Y, %H:%M} UTC"
    return [
        dmc.Text(f"Published {moment}", size="sm", fw=600),
        dmc.Text(f"Build {known.build.id}", size="xs", c="dimmed"),
        dmc.Text(f"It holds {counts}.", size="xs", c="dimmed"),
    ]


def _run(services: Services) -> Component:
    run = run_of_build(services)
    if run is None:
        return dmc.Text("No MLflow run is recorded for it.", size="xs", c="dimmed")
    return dmc.Anchor(
        f"Made by the run {run.name.strip('_')} ({run.run_id[:8]}) in MLflow",
        href=run.url(services.mlflow_url),
        target="_blank",
        size="xs",
    )
