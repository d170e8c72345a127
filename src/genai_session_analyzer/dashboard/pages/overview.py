"""The page Overview: six numbers, daily activity, what stands out, where the data comes from."""

from datetime import date
from typing import Any

import dash
import dash_mantine_components as dmc
import pyarrow as pa
from dash import Input, Output, html
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components import (
    chart_card,
    empty_state,
    export_link,
    guarded,
    section,
)
from genai_session_analyzer.dashboard.components.accessibility import aria
from genai_session_analyzer.dashboard.figures.daily import daily_activity
from genai_session_analyzer.dashboard.page import URL_ID, Page
from genai_session_analyzer.dashboard.pages.overview_numbers import number_cards
from genai_session_analyzer.dashboard.pages.overview_origin import origin_card
from genai_session_analyzer.dashboard.pages.overview_segments import segment_list
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.overview import Overview, overview
from genai_session_analyzer.insights.provenance import provenance
from genai_session_analyzer.insights.segments import Segment, worst_segments
from genai_session_analyzer.schema.values import STATUSES
from genai_session_analyzer.semantic.view_filters import ViewFilters

PAGE = Page(path="/", title="Overview", icon="overview", order=1)
SEGMENTS_ID = "overview-segments"


def layout(services: Services, filters: ViewFilters) -> Component:
    """Return the numbers and the daily chart; what stands out follows by a callback.

    Raises:
        NoBuildError: Nothing has been published.
    """
    found = overview_of(services, filters)
    if found is None or not found.headlines["generations"].value:
        return empty_state(
            "No generation passes these filters.", "Choose more days, or clear the filters."
        )
    known = services.remember(("provenance",), lambda: provenance(services.reader))
    stands_out = html.Div(
        dmc.Skeleton(height=220, radius="md"), id=SEGMENTS_ID, **aria(live="polite")
    )
    return html.Div(
        [
            number_cards(found),
            dmc.SimpleGrid(
                [
                    section("Every day", _daily_card(found, filters)),
                    section(
                        "What stands out",
                        stands_out,
                        note="Groups with surely more friction than the rest, weighed by size",
                    ),
                ],
                cols={"base": 1, "lg": 2},
            ),
            section("Where this comes from", origin_card(known, services)),
        ]
    )


def register_callbacks(app: dash.Dash, services: Services) -> None:
    """Fill in what stands out, after the numbers are shown."""

    @app.callback(Output(SEGMENTS_ID, "children"), Input(URL_ID, "search"))
    def show_segments(search: str | None) -> Component:
        """Fill the groups that stand out."""
        filters = ViewFilters.from_query(search)
        return guarded(lambda: _segments(services, filters))


def _segments(services: Services, filters: ViewFilters) -> Component:
    found = overview_of(services, filters)
    has_friction = found is None or found.headlines["friction"].value is not None
    return segment_list(segments_of(services, filters), filters, has_friction)


def overview_of(services: Services, filters: ViewFilters) -> Overview | None:
    """Return the overview's data, remembered per build and filters."""
    return services.remember(("overview", filters), lambda: overview(services.view(filters)))


def segments_of(services: Services, filters: ViewFilters) -> tuple[Segment, ...]:
    """Return the segments that stand out, remembered per build and filters."""
    return services.remember(("segments", filters), lambda: worst_segments(services.view(filters)))


def export_days(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the chart's rows: one per day shown."""
    found = overview_of(services, filters)
    return pa.Table.from_pylist([] if found is None else [dict(row) for row in found.days])


EXPORTS = {"days": export_days}


def _daily_card(found: Overview, filters: ViewFilters) -> Component:
    return chart_card(
        "Generations by day and outcome",
        daily_activity(*_outcomes(found)),
        "Requests for images per day (UTC), stacked by how they ended; 'unknown' = the source "
        "does not say.",
        n=int(found.headlines["generations"].value or 0),
        export=export_link("overview", "days", filters),
    )


def _outcomes(found: Overview) -> tuple[list[date], dict[str | None, list[int]]]:
    """Days and, by status, how many generations ended so; None = unknown."""
    rows: list[dict[str, Any]] = [dict(row) for row in found.days]
    counts: dict[str | None, list[int]] = {
        status: [row[f"{status}_count"] for row in rows] for status in STATUSES
    }
    counts[None] = [row["generation_count"] - row["known_status_count"] for row in rows]
    return [row["day"] for row in rows], counts
