"""Intervals against the equations they solve, and against repeated draws."""

import math

import numpy as np
import pytest

from genai_session_analyzer.insights.intervals import Z_95, mean_interval, wilson_interval


@pytest.mark.parametrize(("successes", "trials"), [(0, 1), (0, 40), (3, 10), (250, 1000), (7, 7)])
def test_wilsons_ends_solve_the_score_equation(successes: int, trials: int) -> None:
    """An end p is where |rate - p| equals z standard errors of p itself."""
    rate = successes / trials
    for end in wilson_interval([successes], [trials]):
        p = float(end[0])
        assert abs(rate - p) == pytest.approx(Z_95 * math.sqrt(p * (1 - p) / trials), abs=1e-9)


def test_wilson_covers_the_truth_about_95_times_in_100() -> None:
    random = np.random.default_rng(5)
    draws = random.binomial(60, 0.08, size=20_000)
    low, high = wilson_interval(draws, np.full(len(draws), 60))
    assert 0.93 < float(np.mean((low <= 0.08) & (high >= 0.08))) < 0.985


def test_a_rate_of_nothing_has_no_interval_and_no_rate_leaves_0_to_1() -> None:
    low, high = wilson_interval([0, 0, 5], [0, 5, 5])
    assert np.isnan(low[0])
    assert np.isnan(high[0])
    assert 0 <= low[1] < 1e-12
    assert 1 - 1e-12 < high[2] <= 1
    assert 0 < high[1] < 1


def test_a_mean_is_as_sure_as_its_count_allows() -> None:
    low, high = mean_interval([10, 10, 10], [4, 4, None], [4, 400, 1])
    assert high[0] - 10 == pytest.approx(Z_95 * 2)
    assert 10 - low[1] == pytest.approx(Z_95 * 0.2)
    assert np.isnan(low[2])


def test_a_mean_covers_the_truth_about_95_times_in_100() -> None:
    values = np.random.default_rng(6).exponential(3, size=(5_000, 80))
    low, high = mean_interval(values.mean(axis=1), values.std(axis=1, ddof=1), np.full(5_000, 80))
    assert 0.92 < float(np.mean((low <= 3) & (high >= 3))) < 0.97
