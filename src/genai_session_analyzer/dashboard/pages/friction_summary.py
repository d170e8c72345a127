"""The numbers on top of the page Friction."""

import dash_mantine_components as dmc
import pyarrow as pa
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import stat_card
from genai_session_analyzer.dashboard.components.definitions import definition_text
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.theme import compact, duration_ms, percent, points
from genai_session_analyzer.insights.intervals import wilson_interval
from genai_session_analyzer.semantic.features import LABELLED_GENERATIONS, LABELLED_SESSIONS
from genai_session_analyzer.semantic.friction import friction_formula


def summary_cards(services: Services, distribution: pa.Table, outcomes: pa.Table) -> Component:
    """Return the cards: sessions, mean friction, high friction, failures, latency.

    Args:
        services: For the formula of friction.
        distribution: What `session_distribution` returns.
        outcomes: One row: failure rate and latency of everything in view.
    """
    rows, total = distribution.to_pylist(), outcomes.to_pylist()[0]
    scored = [row for row in rows if row["score_from"] is not None]
    n = sum(row["session_count"] for row in scored)
    high = sum(row["session_count"] for row in scored if row["friction_band"] == "high")
    mean = sum(row["total_friction_score"] for row in scored) / n if n else None
    sessions = LABELLED_SESSIONS.measure("session_count")
    count = sum(row["session_count"] for row in rows)
    p50, p95 = total["p50_latency_ms"], total["p95_latency_ms"]
    known = total["known_latency_count"]
    cards = [
        stat_card("Sessions", compact(count), definition_text(sessions, count)),
        stat_card(
            "Mean friction", points(mean), f"{friction_formula(services.friction)}. n = {n:,}."
        ),
        _rate("High friction", "high_friction_share", high, n),
        _rate("Failure rate", "error_rate", total["failure_count"], total["known_status_count"]),
        _latency("Median latency", "p50_latency_ms", p50, known),
        _latency("p95 latency", "p95_latency_ms", p95, known),
    ]
    grid: Component = dmc.SimpleGrid(cards, cols={"base": 2, "md": 3, "xl": 6})
    return grid


def _latency(label: str, measure: str, value: float | None, n: int) -> Component:
    definition = definition_text(LABELLED_GENERATIONS.measure(measure), n)
    return stat_card(label, duration_ms(value), definition)


def _rate(label: str, measure: str, part: int, whole: int) -> Component:
    """A card with a share and its 95 % interval."""
    model = LABELLED_SESSIONS if measure == "high_friction_share" else LABELLED_GENERATIONS
    definition = definition_text(model.measure(measure), whole)
    if not whole:
        return stat_card(label, percent(None), definition)
    low, high = wilson_interval([part], [whole])
    reach = dmc.Text(f"{percent(low[0])} to {percent(high[0])}", size="xs", c="dimmed")
    return stat_card(label, percent(part / whole), definition, change=reach)
