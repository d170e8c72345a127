"""An open page notices a new build: header, filter choices and the page itself follow it."""

from typing import Any

import dash
from dash import Input, Output, State, dcc, html, no_update
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.filter_bar import CHOICE_OUTPUTS, choice_values
from genai_session_analyzer.dashboard.freshness import freshness
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.insights.filter_choices import FilterChoices, filter_choices
from genai_session_analyzer.insights.provenance import Provenance, provenance

BUILD_ID, CLOCK_ID, FRESHNESS_ID = "build-shown", "build-clock", "freshness"
EVERY_MS = 5_000
"""Pause between two looks; each reads one small file."""


def choices_of(services: Services) -> FilterChoices:
    """Return what the filter bar offers.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.remember(("choices",), lambda: filter_choices(services.reader.ibis()))


def provenance_of(services: Services) -> Provenance:
    """Return where the current build comes from.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return services.remember(("provenance",), lambda: provenance(services.reader))


def build_watch(services: Services) -> Component:
    """Return the clock and the id of the build the page shows; nothing to be seen.

    Raises:
        NoBuildError: Nothing has been published.
    """
    clock = dcc.Interval(id=CLOCK_ID, interval=EVERY_MS)
    return html.Div([clock, dcc.Store(id=BUILD_ID, data=services.reader.build.id)])


def register_build_watch(app: dash.Dash, services: Services) -> None:
    """Compare the build shown with the current one; answer only where they differ."""

    @app.callback(
        Output(BUILD_ID, "data"),
        Output(FRESHNESS_ID, "children"),
        *CHOICE_OUTPUTS,
        Input(CLOCK_ID, "n_intervals"),
        State(BUILD_ID, "data"),
        prevent_initial_call=True,
    )
    def look(_: int | None, shown: str | None) -> Any:
        """Tell the page of a new build."""
        try:
            current = services.reader.build.id
        except NoBuildError:
            return no_update  # what is shown stays
        if current == shown:
            return no_update
        choices = choice_values(choices_of(services))
        return current, freshness(provenance_of(services)), *choices
