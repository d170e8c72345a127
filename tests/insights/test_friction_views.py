"""The friction views against loops over the same records."""

import statistics
from collections import defaultdict
from typing import Any

import pytest

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.insights.friction_views import (
    crossed,
    rates_by,
    sample_measure,
    session_distribution,
    struggle_by,
)
from genai_session_analyzer.semantic.view_filters import ViewFilters
from insights.view_rows import GENERATIONS, SESSIONS, STYLES, style_of, view

V21 = ViewFilters(model_version=("v2.1",))


def sessions_of(generations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    wanted = {row["session_id"] for row in generations}
    return [row for row in SESSIONS if row["session_id"] in wanted]


def scores(sessions: list[dict[str, Any]]) -> list[float]:
    return [row["friction_score"] for row in sessions if row["friction_score"] is not None]


def by_value(dimension: str) -> dict[Any, list[dict[str, Any]]]:
    groups = defaultdict(list)
    for row in GENERATIONS:
        groups[style_of(row) if dimension == "art_style" else row[dimension]].append(row)
    return groups


@pytest.mark.parametrize("filters", [ViewFilters(), V21])
def test_the_distribution_holds_every_session_in_view_once(filters: ViewFilters) -> None:
    seen = [r for r in GENERATIONS if filters != V21 or r["model_version"] == "v2.1"]
    sessions = sessions_of(seen)
    rows = session_distribution(view(filters)).to_pylist()

    assert sum(row["session_count"] for row in rows) == len(sessions)
    unscored = [row["session_count"] for row in rows if row["score_from"] is None]
    assert sum(unscored) == len(sessions) - len(scores(sessions)) > 0
    for row in rows:
        if row["score_from"] is None:
            continue
        inside = [
            score
            for score in scores(sessions)
            if row["score_from"] <= score < row["score_below"] or score == row["score_below"] == 100
        ]
        assert row["session_count"] == len(inside)
        assert row["total_friction_score"] == pytest.approx(sum(inside))


@pytest.mark.parametrize(
    "dimension", ["model_version", "user_tier", "prompt_length_category", "art_style"]
)
def test_struggle_counts_a_session_in_every_group_it_touches(dimension: str) -> None:
    groups = by_value(dimension)
    rows = struggle_by(view(), dimension).to_pylist()

    assert {row[dimension] for row in rows} == set(groups)
    for row in rows:
        records = groups[row[dimension]]
        found = scores(sessions_of(records))
        statuses = [r["status"] for r in records if r.get("status") is not None]
        assert row["generation_count"] == len(records)
        assert row["failure_count"] == len(statuses) - statuses.count("success")
        assert row["scored_session_count"] == len(found)
        assert row["mean_friction_score"] == pytest.approx(statistics.mean(found), abs=1e-6)
        assert row["error_rate_low"] < row["error_rate"] < row["error_rate_high"]
        reach = 1.959964 * statistics.stdev(found) / len(found) ** 0.5
        assert row["friction_high"] - row["mean_friction_score"] == pytest.approx(reach, abs=1e-5)


def test_a_group_without_a_known_status_has_no_rate_and_no_interval() -> None:
    rows = struggle_by(view(), "region").to_pylist()
    silent = next(row for row in rows if row["region"] == "other")
    assert silent["generation_count"] > 0
    for name in ("error_rate", "error_rate_low", "error_rate_high", "mean_friction_score"):
        assert silent[name] is None, name


def test_filters_that_keep_nothing_give_no_rows() -> None:
    nothing = view(ViewFilters(model_version=("v9",)))
    assert len(session_distribution(nothing)) == 0
    assert len(struggle_by(nothing, "user_tier")) == 0
    assert len(crossed(nothing, ("user_tier", "region"), "error_rate")) == 0


def test_crossed_counts_what_the_measure_was_computed_from() -> None:
    rows = crossed(view(V21), ("user_tier", "region"), "error_rate").to_pylist()
    for row in rows:
        statuses = [
            r.get("status")
            for r in GENERATIONS
            if r["model_version"] == "v2.1"
            and (r["user_tier"], r["region"]) == (row["user_tier"], row["region"])
        ]
        known = [status for status in statuses if status is not None]
        assert row["n"] == len(known)
        expected = 1 - known.count("success") / len(known) if known else None
        assert row["error_rate"] == pytest.approx(expected, abs=1e-6)


def test_crossed_friction_is_of_the_sessions_that_touch_both() -> None:
    rows = crossed(view(), ("model_version", "art_style"), "mean_friction_score").to_pylist()
    assert len(rows) > 4
    for row in rows:
        both = [
            r
            for r in GENERATIONS
            if (r["model_version"], style_of(r)) == (row["model_version"], row["art_style"])
        ]
        found = scores(sessions_of(both))
        assert row["n"] == len(found)
        assert row["mean_friction_score"] == pytest.approx(statistics.mean(found), abs=1e-6)


def test_many_days_are_shown_as_weeks() -> None:
    few = view().over_time(("generation_count",))
    assert few.column_names[0] == "requested_date"
    assert sum(few["generation_count"].to_pylist()) == len(GENERATIONS)

    spread = [
        row | {"requested_at": row["requested_at"].replace(month=1 + number % 12, day=1 + number)}
        for number, row in enumerate(GENERATIONS[:28] * 12)
        if number < 28
    ]
    days = [
        row
        | {"generation_id": f"x{month}-{number}", "requested_date": at.date(), "requested_at": at}
        for number, row in enumerate(spread)
        for month in range(1, 13)
        for at in [row["requested_at"].replace(month=month, day=1 + number)]
    ]
    many = view(fct_generations=days).over_time(("generation_count",))
    assert many.column_names[0] == "requested_week"
    assert {day.weekday() for day in many["requested_week"].to_pylist()} == {0}
    assert sum(many["generation_count"].to_pylist()) == len(days)


@pytest.mark.parametrize(
    ("measure", "count"),
    [
        ("error_rate", "known_status_count"),
        ("p95_latency_ms", "known_latency_count"),
        ("download_rate", "success_count"),
        ("generation_count", "generation_count"),
        ("mean_friction_score", "scored_session_count"),
    ],
)
def test_n_is_what_a_measure_divides_by(measure: str, count: str) -> None:
    assert sample_measure(measure) == count


def test_an_unknown_measure_is_named() -> None:
    with pytest.raises(UnknownNameError, match="error_rte"):
        crossed(view(), ("user_tier", "region"), "error_rte")


def test_an_unknown_dimension_is_named() -> None:
    with pytest.raises(UnknownNameError, match="art_styel"):
        struggle_by(view(), "art_styel")


def test_rates_carry_both_counts_and_an_interval() -> None:
    rows = rates_by(view(), "art_style", ("thumbs_up_share", "timeout_rate")).to_pylist()
    assert {row["art_style"] for row in rows} == {*STYLES, None}
    for row in rows:
        records = [r for r in GENERATIONS if style_of(r) == row["art_style"]]
        verdicts = [r["feedback"] for r in records if r.get("feedback") is not None]
        assert row["thumbs_up_count"] == verdicts.count("thumbs_up")
        assert row["feedback_count"] == len(verdicts)
        assert row["thumbs_up_share_low"] <= row["thumbs_up_share"] <= row["thumbs_up_share_high"]
        statuses = [r["status"] for r in records if r.get("status") is not None]
        assert row["timeout_rate"] == pytest.approx(
            statuses.count("timeout") / len(statuses), abs=1e-6
        )
