"""Generations and sessions with labels, against loops over the records."""

from datetime import date
from typing import Any

import pytest

from dashboard.dashboard_build import backend_with, records
from genai_session_analyzer.semantic.features import (
    LABELLED_GENERATIONS,
    LABELLED_SESSIONS,
    generations_in_view,
    generations_with_features,
    labelled_sessions,
    sessions_by,
)
from genai_session_analyzer.semantic.view_filters import ViewFilters

RECORDS = records()
LABELS = {row["prompt_id"]: row for row in RECORDS["ftr_prompt_labels"]}
BANDS = {row["session_id"]: row.get("friction_band") for row in RECORDS["fct_sessions"]}
CLUSTERS = {row["prompt_id"]: row["cluster_id"] for row in RECORDS["ftr_prompt_clusters"]}


@pytest.fixture(scope="module")
def backend() -> Any:
    return backend_with()


def label(record: dict[str, Any], name: str) -> Any:
    return LABELS.get(record.get("prompt_id"), {}).get(name)


def labels(wanted: tuple[Any, ...]) -> tuple[Any, ...]:
    """The values of a label that a filter accepts."""
    return tuple(None if value == "not_labelled" else value for value in wanted)


def has_band(record: dict[str, Any], filters: ViewFilters) -> bool:
    """Whether the session of a row has a band that the filter accepts."""
    wanted = filters.friction_band
    return not wanted or (BANDS[record["session_id"]] or "unknown") in wanted


def matches(record: dict[str, Any], filters: ViewFilters) -> bool:
    """Whether a generation passes what is not its session's own."""
    return (
        (not filters.model_version or record["model_version"] in filters.model_version)
        and (not filters.status or record.get("status") in filters.status)
        and (not filters.domain or label(record, "domain") in labels(filters.domain))
        and (
            not filters.complexity_score
            or label(record, "complexity_score") in labels(filters.complexity_score)
        )
        and (
            not filters.prompt_length_category
            or record["prompt_length_category"] in filters.prompt_length_category
        )
        and (not filters.cluster_id or CLUSTERS.get(record["prompt_id"]) in filters.cluster_id)
    )


def test_one_row_per_generation_and_null_where_nothing_is_labelled(backend: Any) -> None:
    rows = generations_with_features(backend).to_pyarrow().to_pylist()
    found = {row["generation_id"]: row for row in rows}
    assert len(rows) == len(found) == len(RECORDS["fct_generations"])
    for record in RECORDS["fct_generations"]:
        row = found[record["generation_id"]]
        assert row["domain"] == label(record, "domain")
        assert row["complexity_score"] == label(record, "complexity_score")
        assert row["cluster_id"] == CLUSTERS.get(record["prompt_id"])
    assert None in {row["domain"] for row in rows}
    assert "unknown" in {row["domain"] for row in rows}


def test_only_wanted_features_are_joined(backend: Any) -> None:
    columns = generations_with_features(backend, ("cluster_id",)).columns
    assert "cluster_id" in columns
    assert "domain" not in columns


FILTERS = [
    ViewFilters(),
    ViewFilters(user_tier=("pro",)),
    ViewFilters(domain=("animal",)),
    ViewFilters(domain=("animal",), status=("timeout",)),
    ViewFilters(cluster_id=(1, 2), region=("europe",), model_version=("v2.1",)),
    ViewFilters(first_day=date(2024, 2, 28), last_day=date(2024, 2, 29)),
    ViewFilters(domain=("not_labelled", "animal"), user_tier=("free",)),
    ViewFilters(complexity_score=(2, "not_labelled")),
    ViewFilters(prompt_length_category=("short", "long")),
    ViewFilters(friction_band=("high",)),
    ViewFilters(friction_band=("unknown", "low"), domain=("animal",)),
]


@pytest.mark.parametrize("filters", FILTERS)
def test_generations_in_view(backend: Any, filters: ViewFilters) -> None:
    counted = LABELLED_GENERATIONS.aggregate(
        generations_in_view(backend, filters), (), ("generation_count",)
    )
    expected = [
        record
        for record in RECORDS["fct_generations"]
        if matches(record, filters)
        and has_band(record, filters)
        and (not filters.user_tier or record["user_tier"] in filters.user_tier)
        and (not filters.region or record["region"] in filters.region)
        and (filters.first_day is None or record["requested_date"] >= filters.first_day)
        and (filters.last_day is None or record["requested_date"] <= filters.last_day)
    ]
    assert counted.to_pyarrow()["generation_count"][0].as_py() == len(expected)
    assert expected


def expected_sessions(filters: ViewFilters) -> dict[str, list[dict[str, Any]]]:
    """Sessions in view, each with its generations that match."""
    found = {}
    for session in RECORDS["fct_sessions"]:
        own = [
            record
            for record in RECORDS["fct_generations"]
            if record["session_id"] == session["session_id"] and matches(record, filters)
        ]
        day = session["session_date"]
        if (
            own
            and has_band(session, filters)
            and (not filters.user_tier or session["user_tier"] in filters.user_tier)
            and (not filters.region or session["region"] in filters.region)
            and (filters.first_day is None or day >= filters.first_day)
            and (filters.last_day is None or day <= filters.last_day)
        ):
            found[session["session_id"]] = own
    return found


@pytest.mark.parametrize("filters", FILTERS)
def test_sessions_in_view_and_by_a_dimension_of_their_generations(
    backend: Any, filters: ViewFilters
) -> None:
    expected = expected_sessions(filters)
    rows = labelled_sessions(backend, filters).to_pyarrow()["session_id"].to_pylist()
    assert sorted(rows) == sorted(expected)
    by = LABELLED_SESSIONS.aggregate(
        sessions_by(backend, filters, ("domain",)), ("domain",), ("session_count",)
    )
    counts = {row["domain"]: row["session_count"] for row in by.to_pyarrow().to_pylist()}
    domains = [{label(record, "domain") for record in own} for own in expected.values()]
    assert counts == {
        domain: sum(domain in each for each in domains) for domain in set().union(*domains)
    }
