import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import ks_2samp, kstwobign

from genai_session_analyzer.insights.distributions import (
    chance_distance,
    ks_distance,
    measure_distance,
    quantiles,
    step_curve,
    usual_chance,
)

few_values = st.lists(st.integers(0, 5), min_size=4, max_size=30)
many_values = st.lists(st.floats(-1e6, 1e6), min_size=4, max_size=30)


@given(st.one_of(few_values, many_values), st.one_of(few_values, many_values))
def test_distance_is_the_one_that_another_library_finds(one, other):
    theirs = ks_2samp(one, other, method="asymp").statistic
    assert ks_distance(np.array(one), np.array(other)) == pytest.approx(theirs, abs=1e-12)


def test_distance_of_counts_by_hand():
    # Up to 1: all of the first and half of the second; up to 2: all of both.
    assert ks_distance(np.array([1, 1, 1]), np.array([1, 2])) == 0.5


def test_distance_of_two_shares_is_their_difference():
    one = np.repeat([0, 1], [70, 30])
    other = np.repeat([0, 1], [9, 1])
    assert ks_distance(one, other) == pytest.approx(0.2)


def test_distance_is_symmetric_and_knows_its_ends():
    low, high = np.arange(10), np.arange(100, 120)
    assert ks_distance(low, low) == 0
    assert ks_distance(low, high) == ks_distance(high, low) == 1


def test_chance_exceeds_its_distance_in_one_of_twenty_cases():
    rng = np.random.default_rng(7)
    found = [ks_distance(rng.random(300), rng.random(500)) for _ in range(2_000)]
    assert np.mean(np.array(found) > chance_distance(300, 500)) == pytest.approx(0.05, abs=0.02)
    assert chance_distance(300, 500) == pytest.approx(kstwobign.ppf(0.95) * np.sqrt(8 / 1500), 1e-3)
    assert chance_distance(1, 1) == 1


@pytest.mark.parametrize("count", [24, 400])
@pytest.mark.parametrize("law", ["continuous", "counts"])
def test_usual_chance_is_the_median_of_plain_draws(law, count):
    rng = np.random.default_rng(11)
    values = rng.random(90) if law == "continuous" else rng.poisson(1.5, 90)
    plain = [ks_distance(rng.choice(values, count), values) for _ in range(800)]
    assert usual_chance(values, count) == pytest.approx(np.median(plain), rel=0.15)
    assert usual_chance(values, count) == usual_chance(values[::-1], count)


def test_a_step_curve_by_hand():
    values, shares = step_curve(np.array([3, 1, 1, 2]))
    assert values.tolist() == [1, 2, 3]
    assert shares.tolist() == [0.5, 0.75, 1]


def test_measured_distance_carries_its_sample_sizes():
    measured = measure_distance(np.zeros(4), np.ones(9))
    assert (measured.distance, measured.real_count, measured.simulated_count) == (1, 4, 9)


def test_quantiles_lie_between_neighbours():
    assert quantiles(np.array([30, 10, 20]), (0, 0.25, 0.5, 1)) == {0: 10, 0.25: 15, 0.5: 20, 1: 30}


@pytest.mark.parametrize("wrong", [[], [1.0, np.nan]])
def test_samples_without_numbers_are_refused(wrong):
    with pytest.raises(ValueError, match="needs values"):
        ks_distance(np.array(wrong), np.ones(3))
    with pytest.raises(ValueError, match="needs values"):
        quantiles(np.array(wrong))
    with pytest.raises(ValueError, match="needs values"):
        step_curve(np.array(wrong))
    with pytest.raises(ValueError, match="needs values"):
        usual_chance(np.array(wrong), 3)
