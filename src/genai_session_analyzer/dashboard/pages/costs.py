"""The page Costs: where the money goes, what of it bought nothing, and who spends it."""

from functools import partial
from typing import Any

import dash
import dash_mantine_components as dmc
from dash import Input, Output, State, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import section
from genai_session_analyzer.dashboard.page import URL_ID, Page
from genai_session_analyzer.dashboard.pages import costs_answers as answers
from genai_session_analyzer.dashboard.pages.card_callbacks import FilledCard, register_card
from genai_session_analyzer.dashboard.pages.costs_charts import (
    GRAPH_IDS,
    GROUPS,
    SPENDERS,
    TIME,
    UNIT,
)
from genai_session_analyzer.dashboard.pages.costs_drawings import (
    cost_cards,
    draw_groups,
    draw_spenders,
    draw_time,
    spenders_note,
)
from genai_session_analyzer.dashboard.pages.friction_choices import (
    MOST_GROUPS,
    dimension_control,
    left_out,
)
from genai_session_analyzer.dashboard.pages.friction_drill import register_drill
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/costs", title="Costs", icon="costs", order=4)
EXPORTS = answers.EXPORTS
SUMMARY_ID, BY_ID = "costs-summary", "costs-by"


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return the page's body; callbacks fill in the numbers."""
    del services, filters
    two = {"base": 1, "lg": 2}
    body: Component = dmc.Stack(
        [
            html.Div(id=SUMMARY_ID),
            dmc.SimpleGrid([TIME.card(), SPENDERS.card()], cols=two),
            section(
                "What costs how much",
                dimension_control(BY_ID, "user_tier"),
                dmc.SimpleGrid([GROUPS.card(), UNIT.card()], cols=two),
                note="Click a bar to see its sessions. The cost of retries is an estimate: a "
                "generation's cost, split evenly over its attempts.",
            ),
        ],
        gap="md",
    )
    return body


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Fill the cards when the page appears, and again when the dimension changes."""
    _register_totals(app, services)
    _register_groups(app, services)
    register_drill(app, GRAPH_IDS)


def _register_totals(app: dash.Dash, services: Services) -> None:
    @app.callback(
        Output(SUMMARY_ID, "children"),
        Output(SPENDERS.graph_id, "figure"),
        Output(SPENDERS.aside_id, "children"),
        Input(SUMMARY_ID, "id"),
        State(URL_ID, "search"),
    )
    def show_totals(_: str, search: str | None) -> tuple[Any, ...]:
        """Fill the totals and who spends what."""
        filters = ViewFilters.from_query(search)
        found = answers.spenders(services, filters)
        cards = cost_cards(answers.totals(services, filters), found)
        count = 0 if found is None else found.user_count
        aside = SPENDERS.aside(count, "spenders", filters, spenders_note(found))
        return cards, draw_spenders(found), aside

    register_card(
        app,
        FilledCard(
            chart=TIME,
            answer=partial(answers.over_time, services),
            draw=draw_time,
            counted="known_cost_count",
            export="over-time",
        ),
    )


def _register_groups(app: dash.Dash, services: Services) -> None:
    @app.callback(
        *(Output(each.graph_id, "figure") for each in (GROUPS, UNIT)),
        *(Output(each.aside_id, "children") for each in (GROUPS, UNIT)),
        Input(BY_ID, "value"),
        State(URL_ID, "search"),
    )
    def show_groups(dimension: str, search: str | None) -> tuple[Any, ...]:
        """Fill the costs of each group."""
        filters = ViewFilters.from_query(search)
        rows = answers.costs(services, filters, dimension)
        known = sum(rows["known_cost_count"].to_pylist())
        images = sum(rows["paid_image_count"].to_pylist())
        note = left_out(min(len(rows), MOST_GROUPS), len(rows))
        export = f"by-{dimension}"
        return (
            *draw_groups(services, rows, dimension),
            GROUPS.aside(known, export, filters, note),
            UNIT.aside(images, export, filters),
        )
