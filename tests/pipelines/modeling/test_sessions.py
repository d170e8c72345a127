"""Sessions against a second, dumber calculation: a loop over one user's sorted times."""

from datetime import datetime, timedelta

import ibis
import numpy as np
import pytest

from flow import fct_generations
from genai_session_analyzer.pipelines.modeling.facts import build_fct_sessions
from genai_session_analyzer.pipelines.modeling.parameters import ModelingParameters
from genai_session_analyzer.semantic.friction import FrictionParameters
from rows import generation, minutes, raw_generations, table

MODELING = ModelingParameters()
FRICTION = FrictionParameters()


def facts_of(rows, simulation, modeling=MODELING):
    backend = ibis.duckdb.connect()
    return fct_generations(raw_generations(rows, backend), simulation, modeling)


def sessions_by_hand(times: dict[str, list[datetime]], gap: timedelta) -> set[tuple]:
    """(user, start, end, count) of each session."""
    found = set()
    for user, moments in times.items():
        ordered = sorted(moments)
        start, count = ordered[0], 0
        for previous, moment in zip([ordered[0], *ordered], ordered, strict=False):
            if moment - previous > gap:
                found.add((user, start, previous, count))
                start, count = moment, 0
            count += 1
        found.add((user, start, ordered[-1], count))
    return found


@pytest.mark.parametrize("seed", range(5))
def test_sessions_equal_a_loop_over_sorted_times(seed, observed_only):
    generator = np.random.default_rng(seed)
    users = ["ann", "ann-1", "bob", "user-with-dash"]
    rows, times = [], {}
    for number in range(300):
        user = users[generator.integers(len(users))]
        # Whole minutes, so that pauses of exactly 30 minutes occur.
        moment = minutes(int(generator.integers(0, 6000)))
        rows.append({"user_name": user, "requested_at": moment, "prompt_text": f"p {number % 7}"})
        times.setdefault(user, []).append(moment)
    sessions = build_fct_sessions(facts_of(rows, observed_only), MODELING, FRICTION).to_pandas()
    found = {
        (
            row.user_id,
            row.started_at.to_pydatetime(),
            row.ended_at.to_pydatetime(),
            row.generation_count,
        )
        for row in sessions.itertuples()
    }
    assert found == sessions_by_hand(times, timedelta(minutes=30))
    assert sessions.session_id.is_unique


def test_a_pause_of_exactly_the_gap_does_not_end_a_session(observed_only):
    moments = [minutes(0), minutes(30), minutes(60) + timedelta(microseconds=1)]
    rows = [{"user_name": "ann", "requested_at": moment} for moment in moments]
    sessions = build_fct_sessions(facts_of(rows, observed_only), MODELING, FRICTION).to_pandas()
    assert sorted(sessions.generation_count) == [1, 2]


def test_the_gap_is_a_parameter(observed_only):
    rows = [{"user_name": "ann", "requested_at": minutes(count)} for count in (0, 5, 12)]
    facts = facts_of(rows, observed_only, ModelingParameters(session_gap_minutes=6))
    assert facts.session_id.nunique().execute() == 2


def test_an_unknown_status_is_neither_success_nor_failure_and_has_no_friction(observed_only):
    rows = [
        {"user_name": "ann", "requested_at": minutes(count), "latency_ms": 10} for count in (0, 1)
    ]
    facts = facts_of(rows, observed_only)
    assert facts.status.isnull().all().execute()
    assert facts.is_success.isnull().all().execute()
    session = build_fct_sessions(facts, MODELING, FRICTION).to_pandas().iloc[0]
    assert session.success_count == 0
    assert session.known_status_count == 0
    assert np.isnan(session.success_rate)
    assert np.isnan(session.friction_score)


def test_session_measures_by_hand():
    rows = [
        generation(
            1,
            latency_ms=1000,
            retry_count=0,
            cost_credits=0.5,
            feedback="thumbs_up",
            is_downloaded=True,
        ),
        generation(2, status="timeout", latency_ms=30_000, retry_count=2, cost_credits=0.1),
        generation(
            3,
            status=None,
            latency_ms=None,
            retry_count=None,
            cost_credits=None,
            feedback="thumbs_down",
        ),
        generation(4, status="rate_limited", latency_ms=200, retry_count=1, cost_credits=0.25),
    ]
    session = (
        build_fct_sessions(table("fct_generations", rows), MODELING, FRICTION).to_pandas().iloc[0]
    )
    assert session.generation_count == 4
    assert session.known_status_count == 3
    assert session.success_count == 1
    assert session.timeout_count == 1
    assert session.rate_limited_count == 1
    assert session.model_error_count == 0
    assert session.success_rate == pytest.approx(1 / 3, abs=1e-6)
    assert session.mean_latency_ms == pytest.approx((1000 + 30_000 + 200) / 3, abs=1e-6)
    assert session.max_latency_ms == 30_000
    assert session.total_cost_credits == pytest.approx(0.85)
    assert session.total_retries == 3
    assert session.mean_retry_count == 1
    assert session.thumbs_up_count == 1
    assert session.thumbs_down_count == 1
    assert session.download_count == 1
    assert session.duration_s == 180
    assert session.friction_score == pytest.approx(50 * 2 / 3 + 33 * 1 + 17 * 0.5, abs=1e-4)
    assert session.friction_band == "high"


def test_churn_is_no_activity_in_the_seven_days_after():
    day = 24 * 60
    starts = {"returns": (0, 6.9), "leaves": (0,), "late": (25,), "long pause": (0, 8, 30)}
    rows = [
        generation(
            number,
            user_id=user,
            session_id=f"{user}-{index}",
            requested_at=minutes(start * day),
        )
        for number, (user, index, start) in enumerate(
            (user, index, start)
            for user, moments in starts.items()
            for index, start in enumerate(moments)
        )
    ]
    sessions = build_fct_sessions(table("fct_generations", rows), MODELING, FRICTION)
    churned = {row["session_id"]: row["churned_after"] for row in sessions.to_pyarrow().to_pylist()}
    assert churned == {
        "returns-0": False,
        "returns-1": True,
        "leaves-0": True,
        "late-0": None,
        "long pause-0": True,
        "long pause-1": True,
        "long pause-2": None,
    }
