"""The page Friction: where people struggle, by whatever they and their prompts have in common."""

from functools import partial
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
from genai_session_analyzer.dashboard.pages.card_callbacks import FilledCard, register_card
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
        """Fill the totals and the distribution."""
        filters = ViewFilters.from_query(search)
        rows = answers.distribution(services, filters)
        cards = summary_cards(services, rows, answers.outcomes(services, filters))
        figure = distribution_figure(rows) if len(rows) else empty_figure(NO_ROWS)
        count = sum(rows["session_count"].to_pylist())
        return cards, figure, DISTRIBUTION.aside(count, "distribution", filters)

    register_card(
        app,
        FilledCard(
            chart=KINDS,
            answer=partial(answers.failure_kinds, services),
            draw=draw_kinds,
            counted="known_status_count",
            export="failure-kinds",
        ),
    )


def _register_groups(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(STRUGGLE.graph_id, "figure"),
        Output(STRUGGLE.aside_id, "children"),
        Input(BY_ID, "value"),
        State(URL_ID, "search"),
    )
    def show_groups(dimension: str, search: str | None) -> tuple[Figure, Component]:
        """Fill friction, failures and latency by group."""
        filters = ViewFilters.from_query(search)
        rows = answers.struggle(services, filters, dimension)
        count = sum(rows["generation_count"].to_pylist())
        note = left_out(min(len(rows), MOST_GROUPS), len(rows))
        aside = STRUGGLE.aside(count, f"by-{dimension}", filters, note)
        return draw_struggle(services, rows, dimension), aside


def _register_prompts(app: dash.Dash, services: Services) -> None:
    register_card(
        app,
        FilledCard(
            chart=COMPLEXITY,
            answer=partial(answers.complexity, services),
            draw=partial(draw_complexity, services),
            counted="known_status_count",
            export="complexity",
        ),
    )
    register_card(
        app,
        FilledCard(
            chart=REACTIONS_DOMAIN,
            answer=partial(answers.reactions, services, dimension="domain"),
            draw=partial(draw_reactions, services),
            counted="generation_count",
            export="reactions-domain",
        ),
    )
    _register_styles(app, services)


def _register_styles(app: dash.Dash, services: Services) -> None:
    @app.callback(
        *(Output(each.graph_id, "figure") for each in (LATENCY, REACTIONS_STYLE)),
        *(Output(each.aside_id, "children") for each in (LATENCY, REACTIONS_STYLE)),
        Input(LATENCY.aside_id, "id"),
        State(URL_ID, "search"),
    )
    def show_styles(_: str, search: str | None) -> tuple[Any, ...]:
        """Fill latency and reactions by style."""
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


def _wide(card: Component) -> Component:
    """The card at a width its columns need; a phone scrolls it."""
    inner = html.Div(card, style={"minWidth": WIDE_PX})
    return html.Div(inner, style={"overflowX": "auto"}, tabIndex=0)
