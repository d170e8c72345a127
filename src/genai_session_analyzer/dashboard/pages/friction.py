"""The page Friction: where people struggle, by whatever they and their prompts have in common."""

from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import section
from genai_session_analyzer.dashboard.figures.friction_distribution import distribution_figure
from genai_session_analyzer.dashboard.figures.friction_labels import empty_figure
from genai_session_analyzer.dashboard.figures.plain import Figure
from genai_session_analyzer.dashboard.page import URL_ID, Page
from genai_session_analyzer.dashboard.pages import friction_answers as answers
from genai_session_analyzer.dashboard.pages.friction_charts import (
    COMPLEXITY,
    DISTRIBUTION,
    GRAPH_IDS,
    GRID,
    KINDS,
    LATENCY,
    REACTIONS_DOMAIN,
    REACTIONS_STYLE,
    STRUGGLE,
)
from genai_session_analyzer.dashboard.pages.friction_choices import (
    MOST_GROUPS,
    dimension_control,
    left_out,
)
from genai_session_analyzer.dashboard.pages.friction_drawings import (
    NO_ROWS,
    draw_complexity,
    draw_kinds,
    draw_latency,
    draw_reactions,
    draw_struggle,
)
from genai_session_analyzer.dashboard.pages.friction_drill import register_drill
from genai_session_analyzer.dashboard.pages.friction_grid import grid_controls, register_grid
from genai_session_analyzer.dashboard.pages.friction_summary import summary_cards
from genai_session_analyzer.dashboard.pages.friction_view import (
    BY_ID,
    VIEW_KEYS,
    register_view,
)
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/friction", title="Friction", icon="friction", order=2, own_keys=VIEW_KEYS)
EXPORTS = answers.EXPORTS
SUMMARY_ID = "friction-summary"
WIDE_PX = 640


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return the page's body; callbacks fill in the numbers."""
    del services, filters
    two = {"base": 1, "lg": 2}
    body: Component = dmc.Stack(
        [
            html.Div(id=SUMMARY_ID, className="friction-summary"),
            dmc.SimpleGrid([DISTRIBUTION.card(), KINDS.card()], cols=two),
            section(
                "Who struggles",
                dimension_control(BY_ID, "user_tier", is_kept=False),
                _wide(STRUGGLE.card()),
                note="Click a bar to see its sessions. Thin lines are 95 % intervals.",
            ),
            section("Two dimensions at once", grid_controls(), _wide(GRID.card())),
            section(
                "What the prompt asks for",
                dmc.SimpleGrid(
                    [
                        each.card()
                        for each in (COMPLEXITY, LATENCY, REACTIONS_DOMAIN, REACTIONS_STYLE)
                    ],
                    cols=two,
                ),
            ),
        ],
        gap="md",
    )
    return body


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Fill the cards when the page appears, and again when a control changes."""
    _register_totals(app, services)
    _register_groups(app, services)
    register_view(app)
    register_grid(app, services)
    _register_prompts(app, services)
    register_drill(app, GRAPH_IDS)


def _register_totals(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(SUMMARY_ID, "children"),
        Output(DISTRIBUTION.graph_id, "figure"),
        Output(DISTRIBUTION.aside_id, "children"),
        Input(SUMMARY_ID, "id"),
        State(URL_ID, "search"),
    )
    def show_totals(_: str, search: str | None) -> tuple[Component, Figure, Component]:
        filters = ViewFilters.from_query(search)
        rows = answers.distribution(services, filters)
        cards = summary_cards(services, rows, answers.outcomes(services, filters))
        figure = distribution_figure(rows) if len(rows) else empty_figure(NO_ROWS)
        count = sum(rows["session_count"].to_pylist())
        return cards, figure, DISTRIBUTION.aside(count, "distribution", filters)

    @app.callback(
        Output(KINDS.graph_id, "figure"),
        Output(KINDS.aside_id, "children"),
        Input(KINDS.aside_id, "id"),
        State(URL_ID, "search"),
    )
    def show_kinds(_: str, search: str | None) -> tuple[Figure, Component]:
        filters = ViewFilters.from_query(search)
        rows = answers.failure_kinds(services, filters)
        count = sum(rows["known_status_count"].to_pylist())
        return draw_kinds(rows), KINDS.aside(count, "failure-kinds", filters)


def _register_groups(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(STRUGGLE.graph_id, "figure"),
        Output(STRUGGLE.aside_id, "children"),
        Input(BY_ID, "value"),
        State(URL_ID, "search"),
    )
    def show_groups(dimension: str, search: str | None) -> tuple[Figure, Component]:
        filters = ViewFilters.from_query(search)
        rows = answers.struggle(services, filters, dimension)
        count = sum(rows["generation_count"].to_pylist())
        note = left_out(min(len(rows), MOST_GROUPS), len(rows))
        aside = STRUGGLE.aside(count, f"by-{dimension}", filters, note)
        return draw_struggle(services, rows, dimension), aside


def _register_prompts(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(COMPLEXITY.graph_id, "figure"),
        Output(COMPLEXITY.aside_id, "children"),
        Input(COMPLEXITY.aside_id, "id"),
        State(URL_ID, "search"),
    )
    def show_complexity(_: str, search: str | None) -> tuple[Figure, Component]:
        filters = ViewFilters.from_query(search)
        rows = answers.complexity(services, filters)
        count = sum(rows["known_status_count"].to_pylist())
        return draw_complexity(services, rows), COMPLEXITY.aside(count, "complexity", filters)

    @app.callback(
        *(Output(each.graph_id, "figure") for each in (LATENCY, REACTIONS_STYLE)),
        *(Output(each.aside_id, "children") for each in (LATENCY, REACTIONS_STYLE)),
        Input(LATENCY.aside_id, "id"),
        State(URL_ID, "search"),
    )
    def show_styles(_: str, search: str | None) -> tuple[Any, ...]:
        filters = ViewFilters.from_query(search)
        rows = answers.reactions(services, filters, "art_style")
        latencies, count = (
            sum(rows[name].to_pylist()) for name in ("known_latency_count", "generation_count")
        )
        return (
            draw_latency(services, rows),
            draw_reactions(services, rows),
            LATENCY.aside(latencies, "reactions-style", filters),
            REACTIONS_STYLE.aside(count, "reactions-style", filters),
        )

    @app.callback(
        Output(REACTIONS_DOMAIN.graph_id, "figure"),
        Output(REACTIONS_DOMAIN.aside_id, "children"),
        Input(REACTIONS_DOMAIN.aside_id, "id"),
        State(URL_ID, "search"),
    )
    def show_domains(_: str, search: str | None) -> tuple[Figure, Component]:
        filters = ViewFilters.from_query(search)
        rows = answers.reactions(services, filters, "domain")
        count = sum(rows["generation_count"].to_pylist())
        aside = REACTIONS_DOMAIN.aside(count, "reactions-domain", filters)
        return draw_reactions(services, rows), aside


def _wide(card: Component) -> Component:
    """The card at a width its columns need; a phone scrolls it."""
    inner = html.Div(card, style={"minWidth": WIDE_PX})
    return html.Div(inner, style={"overflowX": "auto"}, tabIndex=0)
