"""The summaries against pandas."""

import pandas as pd
import pytest

from flow import FRICTION, MODELING
from genai_session_analyzer.pipelines.metrics.summaries import (
    build_daily_metrics,
    build_user_friction_summary,
)
from genai_session_analyzer.pipelines.modeling.facts import build_fct_sessions
from rows import generation, minutes, table

DAY = 24 * 60


@pytest.fixture
def sessions():
    """Three users on days 0, 0 and 3; one session without a known status."""
    rows = [
        generation(1, user_id="ann", session_id="a", requested_at=minutes(0), feedback="thumbs_up"),
        generation(2, user_id="ann", session_id="a", requested_at=minutes(1), status="timeout"),
        generation(3, user_id="bob", session_id="b", requested_at=minutes(2), user_tier="pro"),
        generation(4, user_id="cid", session_id="c", requested_at=minutes(3 * DAY), status=None,
                   latency_ms=None, retry_count=None, cost_credits=None),
    ]  # fmt: skip
    facts = table("fct_generations", rows)
    built = build_fct_sessions(facts, MODELING, FRICTION)
    return facts.get_backend().create_table("fct_sessions", built)


def test_daily_metrics_have_a_row_for_every_day(sessions):
    daily = build_daily_metrics(sessions).to_pandas().sort_values("session_date")
    assert list(daily.session_date) == list(pd.date_range("2024-01-01", "2024-01-04"))
    assert list(daily.generation_count) == [3, 0, 0, 1]
    assert list(daily.session_count) == [2, 0, 0, 1]
    assert list(daily.active_users) == [2, 0, 0, 1]
    assert daily.success_rate.iloc[0] == pytest.approx(2 / 3, abs=1e-6)
    assert daily.success_rate.iloc[1:].isna().all()
    assert daily.mean_friction_score.iloc[1:].isna().all()


def test_daily_metrics_of_nothing_are_empty():
    assert build_daily_metrics(table("fct_sessions", [])).count().execute() == 0


def test_user_friction_summary_is_one_row_per_tier(sessions):
    summary = build_user_friction_summary(sessions).to_pandas().set_index("user_tier")
    assert set(summary.index) == {"free", "pro"}
    free = summary.loc["free"]
    assert free.user_count == 2
    assert free.session_count == 2
    assert free.generation_count == 3
    assert free.success_rate == pytest.approx(0.5)  # the unknown status is in neither number
    frame = sessions.to_pandas()
    assert free.mean_friction_score == pytest.approx(
        frame[frame.user_tier == "free"].friction_score.mean(), abs=1e-6
    )
    assert free.feedback_rate == pytest.approx(1 / 3, abs=1e-6)
