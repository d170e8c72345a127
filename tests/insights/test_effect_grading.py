"""Effects graded against plain loops, and intervals against how often they hold the truth."""

import json
import math
from collections import defaultdict
from datetime import timedelta

import ibis
import numpy as np
import pytest

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.insights.effect_estimates import (
    MIN_USERS,
    UserSums,
    difference_of_means,
    ratio_of_means,
)
from genai_session_analyzer.insights.planted_effects import grade_effects
from rows import generation, minutes, table

OFFSETS = {"asia": 8, "us-west": -8, "europe": 1.5}
STATUSES = ("success", "success", "success", "timeout", "rate_limited", None)
SEGMENTS = {
    "one_condition": {"region": ["asia"]},
    "three_conditions": {
        "region": ["asia", "europe"],
        "art_style": ["watercolor"],
        "device_type": ["mobile"],
    },
    "evening": {"region": ["asia"], "hour_from": 18, "hour_to": 23},
    "night": {"hour_from": 22, "hour_to": 5},
    "model": {"model_version": ["v1.5"]},
    "everywhere": {},
}


def effect(effect_id, segment, **values):
    return {
        "effect_id": effect_id,
        "kind": "planted",
        "segment": json.dumps(segment),
        "measure": "failure",
        "multiplier": 3.0,
        "affected_generations": 0,
    } | values


def random_generations(row_count=3000):
    rng = np.random.default_rng(3)
    return [
        generation(
            number,
            user_id=f"u{rng.integers(0, 24)}",
            prompt_id=f"p{rng.integers(0, 8)}",
            requested_at=minutes(int(rng.integers(0, 20 * 1440))),
            status=STATUSES[rng.integers(0, len(STATUSES))],
            latency_ms=int(rng.integers(100, 9000)),
            region=("asia", "us-west", "europe")[rng.integers(0, 3)],
            device_type=("mobile", "desktop")[rng.integers(0, 2)],
            model_version=("v1.5", "v2.0", None)[rng.integers(0, 3)],
        )
        for number in range(row_count)
    ]


STYLES = {f"p{number}": ("watercolor", "sketch", None)[number % 3] for number in range(7)}
"""Of the prompts; p7 is not known."""


def warehouse(generations, effects):
    backend = ibis.duckdb.connect()
    table("fct_generations", generations, backend)
    table("simulation_truth", effects, backend)
    prompts = [
        {"prompt_id": prompt, "meant_art_style": style, "difficulty": 0.0}
        for prompt, style in STYLES.items()
    ]
    table("simulation_prompts", prompts, backend)
    return backend


def is_in_hours(row, first, last):
    local = row["requested_at"] + timedelta(hours=OFFSETS[row["region"]])
    return first <= local.hour < last if first < last else local.hour >= first or local.hour < last


def conditions_missed(row, truth):
    segment = json.loads(truth["segment"])
    row = row | {"art_style": STYLES.get(row["prompt_id"])}
    missed = sum(row[name] not in values for name, values in segment.items() if "hour" not in name)
    if "hour_from" in segment:
        missed += not is_in_hours(row, segment["hour_from"], segment["hour_to"])
    start, end = truth.get("starts_at"), truth.get("ends_at")
    if start or end:
        at = row["requested_at"]
        missed += not ((start is None or at >= start) and (end is None or at < end))
    return missed


def plain_values(row, measure):
    """A list of the value, or of nothing where the row does not count."""
    if row["status"] is None:
        return []
    if measure == "latency":
        return [row["latency_ms"]] if row["status"] == "success" else []
    return [row["status"] != "success" if measure == "failure" else row["status"] == measure]


def plain_groups(generations, truth):
    """Values within and without, by number of missed conditions."""
    groups = defaultdict(list)
    for row in generations:
        groups[conditions_missed(row, truth)] += plain_values(row, truth["measure"])
    return groups[0], groups[1]


EFFECTS = [
    effect(f"{name}_{measure}", segment, measure=measure)
    for name, segment in SEGMENTS.items()
    for measure in ("failure", "latency", "timeout")
] + [
    effect("from", {"region": ["asia"]}, starts_at=minutes(9000)),
    effect("window", {}, starts_at=minutes(9000), ends_at=minutes(15000), measure="latency"),
    effect("added", {"model_version": ["v1.5"]}, multiplier=None, delta=0.2, ends_at=minutes(9000)),
]


@pytest.fixture(scope="module")
def generations():
    return random_generations()


@pytest.fixture(scope="module")
def graded(generations):
    found = grade_effects(warehouse(generations, EFFECTS), OFFSETS)
    return {effect.truth["effect_id"]: effect for effect in found}


@pytest.mark.parametrize("truth", EFFECTS, ids=lambda truth: truth["effect_id"])
def test_effects_are_what_a_loop_over_rows_finds(generations, graded, truth):
    found = graded[truth["effect_id"]]
    within, without = plain_groups(generations, truth)
    assert found.within_count == sum(conditions_missed(row, truth) == 0 for row in generations)
    assert found.compared_count == len(without)
    if not without:
        assert found.estimate is None
        return
    means = np.mean(within), np.mean(without)
    plain = means[0] / means[1] if truth["multiplier"] else means[0] - means[1]
    assert found.estimate.value == pytest.approx(plain)
    low, high = found.estimate.interval
    assert low < plain < high


def test_retries_that_are_rows_do_not_count(generations, graded):
    retries = [
        row | {"generation_id": f"{row['generation_id']}:retry1", "status": "timeout"}
        for row in generations
    ]
    found = grade_effects(warehouse(generations + retries, EFFECTS[:1]), OFFSETS)
    assert found[0] == graded[EFFECTS[0]["effect_id"]]


def test_nothing_planted_grades_nothing():
    assert grade_effects(warehouse([generation(1)], []), OFFSETS) == ()


def test_an_effect_that_met_nobody_has_no_estimate():
    (found,) = grade_effects(warehouse([generation(1)], EFFECTS[:1]), OFFSETS)
    assert (found.within_count, found.compared_count, found.estimate) == (0, 1, None)


def test_hours_need_the_offset_of_every_region():
    rows = [generation(1, region="asia"), generation(2, region="other")]
    with pytest.raises(UnknownNameError, match="'other'"):
        grade_effects(warehouse(rows, [effect("evening", SEGMENTS["evening"])]), OFFSETS)


def users_of(rng, user_count, rate):
    """Sums of users with rates of their own around a mean rate."""
    counts = rng.integers(1, 40, user_count)
    own = np.clip(rate * rng.lognormal(-0.18, 0.6, user_count), 0, 1)
    return UserSums(counts, rng.binomial(counts, own))


@pytest.mark.parametrize(("estimate", "true"), [(ratio_of_means, 3.0), (difference_of_means, 0.2)])
def test_intervals_hold_the_truth_in_95_of_100_cases(estimate, true):
    rng = np.random.default_rng(8)
    found = [estimate(users_of(rng, 200, 0.3), users_of(rng, 200, 0.1)) for _ in range(600)]
    covered = [one.interval[0] <= true <= one.interval[1] for one in found]
    assert np.mean(covered) == pytest.approx(0.95, abs=0.03)
    assert np.mean([one.value for one in found]) == pytest.approx(true, rel=0.05)


def test_where_each_user_has_one_row_the_interval_is_the_textbooks():
    within = UserSums(np.repeat([1, 0], [50, 80]), np.repeat([1, 0], [20, 110]))
    without = UserSums(np.repeat([0, 1], [50, 80]), np.repeat([0, 1], [122, 8]))
    found = ratio_of_means(within, without)
    reach = 1.96 * math.sqrt(1 / 20 - 1 / 50 + 1 / 8 - 1 / 80)  # Katz et al. 1978
    assert found.value == pytest.approx((20 / 50) / (8 / 80))
    assert found.interval == pytest.approx((4 / math.exp(reach), 4 * math.exp(reach)), rel=1e-4)


def test_without_failures_or_rows_there_is_no_estimate():
    nobody, calm = UserSums(np.zeros(3), np.zeros(3)), UserSums(np.ones(3), np.zeros(3))
    failing = UserSums(np.ones(3), np.array([1, 0, 1]))
    assert ratio_of_means(failing, calm) is None
    assert ratio_of_means(calm, failing) is None
    assert ratio_of_means(nobody, failing) is None
    assert difference_of_means(failing, nobody) is None
    assert difference_of_means(failing, calm).value == pytest.approx(2 / 3)


@pytest.mark.parametrize("estimate", [ratio_of_means, difference_of_means])
def test_few_users_give_no_interval_however_many_rows(estimate):
    def users(count):
        sums = np.zeros((2, MIN_USERS + 5))
        sums[:, :count] = [[1000], [300]]
        return UserSums(*sums)

    enough = users(MIN_USERS)
    assert estimate(enough, enough).interval is not None
    assert estimate(users(MIN_USERS - 1), enough).interval is None
    assert estimate(enough, users(MIN_USERS - 1)).interval is None
