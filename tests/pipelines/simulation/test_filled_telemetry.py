"""A source with users and times of its own, whose outcomes are simulated on request."""

import numpy as np
import pytest
from simulated import changed, corpus, model

from rows import START, minutes

USERS = 40
EVENING = {
    "effect_id": "evening",
    "segment": {"hour_from": 22, "hour_to": 2},
    "measure": "rate_limited",
    "delta": 0.5,
}


@pytest.fixture(scope="module")
def log():
    """20,000 generations of 40 users, 7 minutes apart, and no outcomes."""
    raw, _ = corpus(20_000)
    frame = raw.to_pandas()
    frame["user_name"] = [f"user {number % USERS}" for number in range(len(frame))]
    frame["requested_at"] = [minutes(7 * number) for number in range(len(frame))]
    frame["thread_id"] = None
    return raw.get_backend().create_table("log", frame, schema=raw.schema(), overwrite=True)


@pytest.fixture(scope="module")
def facts(log, simulation_section):
    parameters = changed(simulation_section, fill={"telemetry": True}, effects=[EVENING])
    return model(log, None, parameters)


def test_users_and_times_stay_and_outcomes_are_simulated(facts):
    frame = facts["fct_generations"].to_pandas()
    assert set(frame.user_id) == {f"user {number}" for number in range(USERS)}
    assert frame.requested_at.min().to_pydatetime() == START
    assert set(frame.telemetry_origin) == {"simulated"}
    assert set(frame.user_origin) == {"observed"}
    assert 0.78 < frame.is_success.mean() < 0.90


def test_effects_apply_in_the_users_own_evening(facts):
    frame = facts["fct_generations"].to_pandas()
    offsets = {"us-west": -8, "us-east": -5, "europe": 1, "asia": 8, "other": 0}
    hour = (frame.requested_at.dt.hour + frame.region.map(offsets)) % 24
    evening = (hour >= 22) | (hour < 2)
    assert frame.is_rate_limited[evening].mean() > 0.45
    assert frame.is_rate_limited[~evening].mean() < 0.12
    truth = facts["simulation_truth"].to_pandas().set_index("effect_id")
    assert truth.loc["evening"].affected_generations == evening.sum()


def test_what_real_prompts_mean_is_not_known(facts):
    prompts = facts["simulation_prompts"].to_pandas()
    assert prompts[["meant_domain", "meant_art_style", "meant_mood"]].isna().all().all()
    assert prompts.difficulty.std() == pytest.approx(1, abs=0.05)
    users = facts["simulation_users"].to_pandas()
    assert users.activity_weight.isna().all()
    assert len(users) == USERS
    assert np.isfinite(users.base_hazard).all()


def test_equal_prompts_are_equally_difficult_where_ideas_are_not_known(log, simulation_section):
    frame = log.to_pandas()
    frame["prompt_text"] = [f"a lake {number % 50}" for number in range(len(frame))]
    same = log.get_backend().create_table("same", frame, schema=log.schema(), overwrite=True)
    hard = changed(simulation_section, latents={"difficulty_on_failure": 2.0}, effects=[])
    facts = model(same, None, hard)["fct_generations"].to_pandas()
    shares = facts.groupby("prompt_id").is_success.mean()
    assert len(shares) == 50
    assert shares.max() - shares.min() > 0.2
