"""Asking the first views of a build before a person does."""

from genai_session_analyzer.dashboard.pages import (
    costs_answers,
    friction_answers,
    gallery_map,
    gallery_search,
    overview,
)
from genai_session_analyzer.dashboard.pages.friction_choices import cluster_titles
from genai_session_analyzer.dashboard.pages.sessions_data import block_of_rows, total_of
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.session_list import SessionListQuery
from genai_session_analyzer.semantic.view_filters import ViewFilters

_EVERYTHING = ViewFilters()
FIRST_DIMENSION = "user_tier"
"""What the pages are grouped by when they are opened."""


def warm_up(services: Services) -> None:
    """Answer what the pages ask when they are opened without filters.

    The answers are remembered, and so is the SQL, which is the same under filters.

    Raises:
        NoBuildError: Nothing has been published.
    """
    overview.overview_of(services, _EVERYTHING)
    overview.segments_of(services, _EVERYTHING)
    cluster_titles(services)
    friction_answers.distribution(services, _EVERYTHING)
    friction_answers.outcomes(services, _EVERYTHING)
    friction_answers.failure_kinds(services, _EVERYTHING)
    friction_answers.struggle(services, _EVERYTHING, FIRST_DIMENSION)
    pair = (FIRST_DIMENSION, "model_version")
    friction_answers.grid(services, _EVERYTHING, pair, "mean_friction_score")
    friction_answers.complexity(services, _EVERYTHING)
    for label in ("art_style", "domain"):
        friction_answers.reactions(services, _EVERYTHING, label)
    costs_answers.totals(services, _EVERYTHING)
    costs_answers.spenders(services, _EVERYTHING)
    costs_answers.over_time(services, _EVERYTHING)
    costs_answers.costs(services, _EVERYTHING, FIRST_DIMENSION)
    total_of(services, _EVERYTHING, ())
    block_of_rows(services, _EVERYTHING, SessionListQuery())
    if gallery_search.contents_of(services).embedded_count:
        gallery_search.whole_facts(services)
        gallery_map.places_of(services)
