"""What surrounds every page: navigation, header with freshness, filter bar, dark switch."""

from collections.abc import Sequence
from typing import Any

import dash_mantine_components as dmc
from dash import dcc, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.build_watch import (
    FRESHNESS_ID,
    build_watch,
    choices_of,
    provenance_of,
)
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.components.definitions import icon
from genai_session_analyzer.dashboard.components.messages import empty_state
from genai_session_analyzer.dashboard.filter_bar import filter_bar
from genai_session_analyzer.dashboard.freshness import freshness
from genai_session_analyzer.dashboard.page import URL_ID, Page
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.dashboard.theme import THEME
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.insights.provenance import Provenance
from genai_session_analyzer.semantic.view_filters import ViewFilters

SHELL_ID, BURGER_ID, NAV_ID, PAGE_ID = "shell", "burger", "nav", "page"
ERROR_ID, FILTERS_ID = "error-note", "filters"
SHOWN_ID = "page-shown"
"""Holds the mark of what the page's body was drawn from; see `app.page_mark`."""
NAV_WIDTH = 232


def shell(services: Services) -> Component:
    """Return the whole document; where nothing is published, a page that says what to do."""
    try:
        body = _frame(services)
    except NoBuildError as problem:
        body = empty_state(str(problem), "Then reload this page: it shows the build at once.")
    return dmc.MantineProvider(body, theme=THEME, defaultColorScheme="auto")


def navigation(pages: Sequence[Page], pathname: str, filters: ViewFilters) -> list[Component]:
    """Return one link per page, filters carried along."""
    query = filters.to_query()
    return [
        dmc.NavLink(
            label=page.title,
            leftSection=icon(page.icon),
            href=f"{page.path}{query}",
            active=page.path == pathname,
            className="nav-link",
        )
        for page in sorted(pages, key=lambda page: page.order)
    ]


def skeleton() -> Component:
    """Return the grey shapes that stand for a page while it comes."""
    cards = [dmc.Skeleton(height=112, radius="md") for _ in range(6)]
    charts = [dmc.Skeleton(height=320, radius="md") for _ in range(2)]
    return dmc.Stack(
        [
            dmc.SimpleGrid(cards, cols={"base": 1, "xs": 2, "md": 3, "lg": 6}),
            dmc.SimpleGrid(charts, cols={"base": 1, "md": 2}),
        ]
    )


def _frame(services: Services) -> Component:
    waits_for: Any = {PAGE_ID: "children"}
    page = dcc.Loading(
        html.Div(id=PAGE_ID),
        custom_spinner=skeleton(),
        target_components=waits_for,
        delay_show=250,
        overlay_style={"visibility": "visible", "opacity": 0.4},
    )
    main = dmc.AppShellMain(
        [html.Div(id=ERROR_ID), html.Div(filter_bar(choices_of(services)), id=FILTERS_ID), page],
        id="main",
        tabIndex=-1,
    )
    return dmc.AppShell(
        [
            dcc.Location(id=URL_ID, refresh="callback-nav"),
            build_watch(services),
            dcc.Store(id=SHOWN_ID),
            html.A("Skip to the page", href="#main", className="skip-link"),
            _header(provenance_of(services)),
            dmc.AppShellNavbar(html.Nav(id=NAV_ID, **aria(label="Pages")), p="xs"),
            main,
        ],
        id=SHELL_ID,
        header={"height": 56},
        navbar=navbar(opened=False),
        padding="md",
    )


def navbar(opened: bool) -> dict[str, Any]:
    """Return the navbar's geometry: always there on wide screens, on phones where opened."""
    return {"width": NAV_WIDTH, "breakpoint": "sm", "collapsed": {"mobile": not opened}}


def _header(known: Provenance) -> Component:
    name = dmc.Group(
        [
            dmc.Burger(id=BURGER_ID, size="sm", hiddenFrom="sm", **aria(label="Menu")),
            html.Span(className="logo", **aria(hidden="true")),
            dmc.Title("GenAI Session Analyzer", order=1, size="h4", className="product-name"),
        ],
        gap="sm",
        wrap="nowrap",
    )
    switch = dmc.ColorSchemeToggle(
        lightIcon=icon("sun"),
        darkIcon=icon("moon"),
        variant="subtle",
        color="gray",
        size="lg",
        id="colour-scheme",
        **aria(label="Light or dark"),
    )
    right = dmc.Group(
        [html.Div(freshness(known), id=FRESHNESS_ID), switch], gap="sm", wrap="nowrap"
    )
    return dmc.AppShellHeader(
        dmc.Group([name, right], justify="space-between", h="100%", px="md", wrap="nowrap")
    )
