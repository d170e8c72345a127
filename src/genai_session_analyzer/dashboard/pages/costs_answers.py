"""What the page Costs shows, as tables: asked once per build and filters, then remembered."""

from functools import partial

import pyarrow as pa

from genai_session_analyzer.dashboard.export_routes import Exporter
from genai_session_analyzer.dashboard.pages.friction_answers import view_of
from genai_session_analyzer.dashboard.pages.friction_choices import DIMENSIONS
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.cost_views import (
    COST_MEASURES,
    Concentration,
    concentration,
    costs_by,
)
from genai_session_analyzer.semantic.view_filters import ViewFilters


def totals(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the costs of everything in view: one row."""
    key = ("costs", "totals", filters)
    return services.remember(key, lambda: costs_by(view_of(services, filters)))


def costs(services: Services, filters: ViewFilters, dimension: str) -> pa.Table:
    """Return the costs by a dimension."""
    key = ("costs", "by", dimension, filters)
    return services.remember(key, lambda: costs_by(view_of(services, filters), dimension))


def over_time(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the costs by day, or by week where there are many days."""
    key = ("costs", "time", filters)
    return services.remember(key, lambda: view_of(services, filters).over_time(COST_MEASURES))


def spenders(services: Services, filters: ViewFilters) -> Concentration | None:
    """Return who spends what; None where no user has a cost."""
    key = ("costs", "spenders", filters)
    return services.remember(key, lambda: concentration(view_of(services, filters)))


def curve(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the points of the cumulated shares of users and cost, 0-1."""
    found = spenders(services, filters)
    users, cost = ((), ()) if found is None else (found.user_share, found.cost_share)
    points = {
        "user_share": pa.array(users, pa.float64()),
        "cost_share": pa.array(cost, pa.float64()),
    }
    return pa.table(points)


EXPORTS: dict[str, Exporter] = {
    "over-time": over_time,
    "spenders": curve,
    **{f"by-{name}": partial(costs, dimension=name) for name in DIMENSIONS},
}
"""What `/export/costs/<name>.csv` offers."""
