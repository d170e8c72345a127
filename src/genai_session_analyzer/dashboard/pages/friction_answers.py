"""What the page Friction shows, as tables: asked once per build and filters, then remembered."""

from functools import partial

import pyarrow as pa

from genai_session_analyzer.dashboard.export_routes import Exporter
from genai_session_analyzer.dashboard.pages.friction_choices import DIMENSIONS
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.friction_views import (
    LATENCIES,
    crossed,
    rates_by,
    session_distribution,
    struggle_by,
)
from genai_session_analyzer.insights.views import View
from genai_session_analyzer.schema.values import FAILURE_STATUSES
from genai_session_analyzer.semantic.view_filters import ViewFilters

REACTIONS = ("download_rate", "thumbs_up_share")
FAILURE_COUNTS = tuple(f"{status}_count" for status in FAILURE_STATUSES)


def view_of(services: Services, filters: ViewFilters) -> View:
    """Return what is in view of the current build, for this thread."""
    return services.view(filters)


def distribution(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the friction of the sessions in view, by bin and band."""
    key = ("friction", "distribution", filters)
    return services.remember(key, lambda: session_distribution(view_of(services, filters)))


def outcomes(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the failure rate and latency of everything in view: one row."""
    rates, others = ("error_rate",), ("generation_count", *LATENCIES)
    return services.remember(
        ("friction", "outcomes", filters),
        lambda: rates_by(view_of(services, filters), None, rates, others),
    )


def struggle(services: Services, filters: ViewFilters, dimension: str) -> pa.Table:
    """Return friction, failures and latency by a dimension."""
    key = ("friction", "struggle", dimension, filters)
    return services.remember(key, lambda: struggle_by(view_of(services, filters), dimension))


def grid(
    services: Services, filters: ViewFilters, dimensions: tuple[str, str], measure: str
) -> pa.Table:
    """Return one measure over two dimensions."""
    return services.remember(
        ("friction", "grid", dimensions, measure, filters),
        lambda: crossed(view_of(services, filters), dimensions, measure),
    )


def failure_kinds(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the generations of known status and the failures of each kind over time."""
    names = ("known_status_count", *FAILURE_COUNTS)
    key = ("friction", "kinds", filters)
    return services.remember(key, lambda: view_of(services, filters).over_time(names))


def complexity(services: Services, filters: ViewFilters) -> pa.Table:
    """Return the timeout rate by complexity of the prompt."""
    return services.remember(
        ("friction", "complexity", filters),
        lambda: rates_by(view_of(services, filters), "complexity_score", ("timeout_rate",)),
    )


def reactions(services: Services, filters: ViewFilters, dimension: str) -> pa.Table:
    """Return downloads, thumbs and latency by domain or style."""
    others = ("generation_count", *LATENCIES)
    return services.remember(
        ("friction", "reactions", dimension, filters),
        lambda: rates_by(view_of(services, filters), dimension, REACTIONS, others),
    )


EXPORTS: dict[str, Exporter] = {
    "distribution": distribution,
    "failure-kinds": failure_kinds,
    "complexity": complexity,
    "reactions-domain": partial(reactions, dimension="domain"),
    "reactions-style": partial(reactions, dimension="art_style"),
    **{f"by-{name}": partial(struggle, dimension=name) for name in DIMENSIONS},
}
"""What `/export/friction/<name>.csv` offers."""
