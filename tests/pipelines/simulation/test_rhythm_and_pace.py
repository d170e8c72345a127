"""The change of time, the plan of sessions, and the queue they wait in."""

import numpy as np
import pytest

from genai_session_analyzer.pipelines.simulation.pace import PacePlan
from genai_session_analyzer.pipelines.simulation.prompt_queue import SessionQueue
from genai_session_analyzer.pipelines.simulation.rhythm import (
    DAY_US,
    HOUR_US,
    WEEK_US,
    WeeklyRhythm,
)

MOMENTS = np.int64(1_700_000_000_000_000) + np.arange(5000) * np.int64(977_000_003)
NOWHERE = np.zeros(len(MOMENTS))


def test_even_time_and_back_is_the_moment_itself():
    rhythm = WeeklyRhythm(night_share=0.2, weekend_share=0.5)
    for offset in (NOWHERE, NOWHERE - 8 * HOUR_US):
        back = rhythm.real_time(rhythm.even_time(MOMENTS, offset), offset)
        assert np.abs(back - MOMENTS).max() <= 2


def test_a_week_is_a_week_wherever_it_begins_and_order_is_kept():
    rhythm = WeeklyRhythm(night_share=0.2, weekend_share=0.5)
    even = rhythm.even_time(MOMENTS, NOWHERE)
    later = rhythm.even_time(MOMENTS + WEEK_US, NOWHERE)
    assert later - even == pytest.approx(WEEK_US, abs=2)
    assert (np.diff(even) > 0).all()


def test_even_time_runs_slowly_at_night_and_on_weekends():
    rhythm = WeeklyRhythm(night_share=0.25, weekend_share=0.5)
    monday = np.datetime64("2024-01-01T00:00", "us").astype(np.int64)

    def speed(start):
        ends = rhythm.even_time(np.array([start, start + HOUR_US]), np.zeros(2))
        return ends[1] - ends[0]

    assert speed(monday + 4 * HOUR_US) == pytest.approx(0.25 * speed(monday + 16 * HOUR_US))
    saturday = monday + 5 * DAY_US
    assert speed(saturday + 16 * HOUR_US) == pytest.approx(0.5 * speed(monday + 16 * HOUR_US))


@pytest.mark.parametrize("per_user", [9, 12, 18])
def test_the_plan_brings_about_the_sessions_it_was_made_for(simulation, per_user):
    returns, users, days = simulation.returns, 3000, 90.0
    lapse = np.repeat([0.4, 0.15, 0.05], users // 3)
    plan = PacePlan(np.linspace(0.5, 2, users), lapse, returns, days, seed=1)
    pace = plan.pace_for(users * per_user)
    rng = np.random.default_rng(0)
    felt = lapse * 1.26
    at, sessions = pace.first_days.copy(), 0
    while (at < days).any():  # one session of everybody at a time
        sessions += int((at < days).sum())
        usual = np.exp(np.log(returns.median_hours / 24) + 2.05 * rng.standard_normal(users))
        usual = np.mod(usual * pace.gap_scale, 7 - 1 / 24) + 31 / 1440
        away = 7 + pace.away_days * rng.exponential(size=users)
        at = at + np.where(rng.random(users) < felt, away, usual)
    assert sessions == pytest.approx(users * per_user, rel=0.15)
    assert plan.fewest_sessions() < users * per_user


def test_the_queue_hands_out_in_order_and_what_came_back_first():
    queue = SessionQueue(np.array([0, 3, 4, 9]))
    assert queue.take(1).T.tolist() == [[0, 3]]
    queue.give_back(np.array([[1], [3]]))
    assert len(queue) == 3
    assert queue.take(2).T.tolist() == [[1, 3], [3, 4]]
    assert queue.take(5).T.tolist() == [[4, 9]]
    assert queue.take(5).shape == (2, 0)
    assert len(queue) == 0
