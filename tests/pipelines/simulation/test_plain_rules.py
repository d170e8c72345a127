"""The plain rules of telemetry, held against shares worked out case by case."""

from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from genai_session_analyzer.pipelines.simulation.parameters import TelemetryParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import BLOCK_ROWS, stream
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN
from genai_session_analyzer.pipelines.simulation.telemetry import Requests, simulate_telemetry
from genai_session_analyzer.schema.values import STATUSES, USER_TIERS

BLOCKS = 6
SIGMAS = 4.5
CODE = {status: code for code, status in enumerate(STATUSES)}


@pytest.fixture(scope="module")
def rules(simulation_section):
    """The shipped rules with shares that are neither zero nor rare, so that all can be told."""
    return TelemetryParameters.model_validate(
        simulation_section["telemetry"]
        | {
            "safety_violation_share": 0.3,
            "timeout_share": 0.4,
            "rate_limited_shares": {"free": 0.2, "pro": 0.1, "enterprise": 0.05},
            "model_error_share": 0.15,
            "feedback_shares": {"free": 0.3, "pro": 0.4, "enterprise": 0.5},
            "thumbs_up_share_failure": 0.3,
        }
    )


def requests_of(size):
    """Every mix of tier, length and safety in turn; nothing observed."""
    number = np.arange(size)
    unknown = np.full(size, UNKNOWN)
    return Requests(
        tiers=(number % 3).astype(np.int32),
        token_counts=np.where(number // 3 % 2 == 1, 90, 10).astype(np.int32),
        is_unsafe=number // 6 % 2 == 1,
        status_codes=unknown.astype(np.int8),
        latency_ms=unknown.astype(np.int64),
        feedback_codes=unknown.astype(np.int8),
    )


def simulated(rules, requests, blocks=BLOCKS):
    """The requests and what came of them, side by side over all blocks; by name."""
    runs = [simulate_telemetry(requests, rules, stream(3, "test", n)) for n in range(blocks)]
    asked = {name: np.tile(getattr(requests, name), blocks) for name in ("tiers", "token_counts")}
    asked["is_unsafe"] = np.tile(requests.is_unsafe, blocks)
    made = {name: np.concatenate([vars(run)[name] for run in runs]) for name in vars(runs[0])}
    return asked | made


@pytest.fixture(scope="module")
def rows(rules):
    return simulated(rules, requests_of(BLOCK_ROWS))


def assert_share(holds, expected):
    """The share of rows for which it holds is the expected one, but for chance."""
    sigma = np.sqrt(max(expected * (1 - expected), 1e-12) / len(holds))
    assert np.mean(holds) == pytest.approx(expected, abs=SIGMAS * sigma)


def test_the_first_way_to_fail_that_applies_counts(rows, rules):
    for tier, is_long, is_unsafe in product(range(3), (False, True), (False, True)):
        left, expected = 1.0, {}
        for way, share in (
            ("safety_violation", rules.safety_violation_share * is_unsafe),
            ("timeout", rules.timeout_share * is_long),
            ("rate_limited", rules.rate_limited_shares.as_tuple()[tier]),
            ("model_error", rules.model_error_share),
        ):
            expected[way] = left * share
            left -= expected[way]
        expected["success"] = left
        is_one = (rows["tiers"] == tier) & (rows["is_unsafe"] == is_unsafe)
        is_one &= (rows["token_counts"] > rules.long_prompt_tokens) == is_long
        for status, share in expected.items():
            assert_share(rows["status_codes"][is_one] == CODE[status], share)


def test_latency_follows_from_the_status(rows, rules):
    latency, status = rows["latency_ms"], rows["status_codes"]
    assert set(latency[status == CODE["timeout"]]) == {rules.timeout_latency_ms}
    low, high = rules.rejection_latency_ms
    for way in ("safety_violation", "rate_limited"):
        quick = latency[status == CODE[way]]
        assert low <= quick.min() < quick.max() <= high
        shares = np.histogram(quick, bins=4, range=(low, high))[0] / len(quick)
        assert shares == pytest.approx([0.25] * 4, abs=0.02)
    for usual in ("success", "model_error"):
        for tokens in (10, 90):
            some = latency[(status == CODE[usual]) & (rows["token_counts"] == tokens)]
            typical = rules.latency_fixed_ms + rules.latency_ms_per_token * tokens
            assert np.median(some) == pytest.approx(typical, rel=0.03)
            assert np.log(some).std() == pytest.approx(rules.latency_sigma, rel=0.03)


def test_retries_are_poisson_by_outcome(rows, rules):
    is_success = rows["status_codes"] == CODE["success"]
    for is_one, mean in (
        (is_success, rules.mean_retries_success),
        (~is_success, rules.mean_retries_failure),
    ):
        retries, share = rows["retry_counts"][is_one], np.exp(-mean)
        for count in range(rules.max_retries):
            assert_share(retries == count, share)
            share *= mean / (count + 1)
        assert retries.max() <= rules.max_retries


def test_feedback_depends_on_tier_and_outcome_and_downloads_on_both(rows, rules):
    is_success = rows["status_codes"] == CODE["success"]
    assert not rows["is_downloaded"][~is_success].any()
    for tier, name in enumerate(USER_TIERS):
        given = getattr(rules.feedback_shares, name)
        for outcome, up in (
            (is_success, rules.thumbs_up_share_success),
            (~is_success, rules.thumbs_up_share_failure),
        ):
            feedback = rows["feedback_codes"][outcome & (rows["tiers"] == tier)]
            assert_share(feedback == 1, given * up)
            assert_share(feedback == 0, given * (1 - up))
            assert_share(feedback == UNKNOWN, 1 - given)
        for code in (UNKNOWN, 0, 1):
            is_one = is_success & (rows["tiers"] == tier) & (rows["feedback_codes"] == code)
            share = getattr(rules.download_shares, name)
            share += rules.liked_download_bonus * (code == 1)
            assert_share(rows["is_downloaded"][is_one], min(share, 1))


def test_cost_is_what_the_rates_say(rows, rules):
    for row in range(2_000):
        tier = USER_TIERS[rows["tiers"][row]]
        cost = rows["token_counts"][row] * rules.cost_credits_per_token
        cost += rows["latency_ms"][row] / 1000 * rules.cost_credits_per_compute_s
        cost *= 1 - getattr(rules.tier_discounts, tier)
        if rows["status_codes"][row] != CODE["success"]:
            cost *= rules.failure_cost_share
        assert rows["cost_credits"][row] == pytest.approx(max(cost, 0.0001), abs=0.000051)


def test_a_shorter_table_is_the_beginning_of_a_longer_one(rows, rules):
    short = simulated(rules, requests_of(1_000), blocks=1)
    for name, values in short.items():
        assert np.array_equal(values, rows[name][:1_000]), name


def test_observed_values_decide_what_follows_from_them(rules):
    requests = requests_of(BLOCK_ROWS)
    observed = np.where(np.arange(BLOCK_ROWS) % 2 == 0, CODE["rate_limited"], CODE["success"])
    liked = np.ones(BLOCK_ROWS, dtype=np.int8)
    seen = replace(requests, status_codes=observed.astype(np.int8), feedback_codes=liked)
    rows = simulated(rules, seen, blocks=1)
    assert np.array_equal(rows["status_codes"], observed)
    assert rows["feedback_codes"].min() == 1
    is_limited = observed == CODE["rate_limited"]
    quick = rows["latency_ms"][is_limited]
    assert quick.max() <= rules.rejection_latency_ms[1]
    assert quick.mean() == pytest.approx(sum(rules.rejection_latency_ms) / 2, rel=0.02)
    assert not rows["is_downloaded"][is_limited].any()
    enterprise = rows["is_downloaded"][~is_limited & (rows["tiers"] == 2)]
    assert enterprise.all()  # 0.80 and the bonus of 0.20
