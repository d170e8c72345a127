"""The profile `classic` against the published table of 10,000 generations and 500 users."""

import numpy as np
import pytest

from flow import FRICTION, MODELING, corpus_generations, fct_generations
from genai_session_analyzer.pipelines.modeling.facts import build_fct_sessions
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters

SEEDS = range(4)
PUBLISHED = {
    "success": 0.941,
    "success of free": 0.897,
    "success of pro": 0.967,
    "success of enterprise": 0.965,
    "download of free": 0.428,
    "download of pro": 0.675,
    "download of enterprise": 0.836,
    "feedback of free": 0.107,
    "feedback of pro": 0.194,
    "feedback of enterprise": 0.241,
}
PUBLISHED_FRICTION = 24.8
SIGMAS = 3
"""The published table is one sample; this many standard deviations of such a sample are allowed."""


@pytest.fixture(scope="module")
def samples(simulation_section):
    """Per seed: rates with their sample sizes, and friction with its spread."""
    return [_sample(simulation_section, seed) for seed in SEEDS]


def _sample(section, seed):
    parameters = SimulationParameters.model_validate(
        section | {"seed": seed, "profile": "classic", "user_count": 500}
    )
    facts = fct_generations(corpus_generations(10_000, seed, repeats=False), parameters)
    friction = build_fct_sessions(facts, MODELING, FRICTION).friction_score.to_pandas()
    frame = facts.to_pandas()
    rates = {"success": (frame.is_success.mean(), len(frame))}
    for tier, rows in frame.groupby("user_tier"):
        done = rows[rows.is_success]
        rates[f"success of {tier}"] = (rows.is_success.mean(), len(rows))
        rates[f"download of {tier}"] = (done.is_downloaded.mean(), len(done))
        rates[f"feedback of {tier}"] = (rows.feedback.notna().mean(), len(rows))
    return {"rates": rates, "friction": friction, "frame": frame}


@pytest.mark.parametrize("name", PUBLISHED)
def test_published_rates_are_met_within_sampling_error(samples, name):
    rate = np.mean([sample["rates"][name][0] for sample in samples])
    size = np.mean([sample["rates"][name][1] for sample in samples])
    one_sample = PUBLISHED[name] * (1 - PUBLISHED[name]) / size
    allowed = SIGMAS * np.sqrt(one_sample + one_sample / len(samples))
    assert rate == pytest.approx(PUBLISHED[name], abs=allowed)


def test_published_friction_is_met_within_sampling_error(samples):
    means = [sample["friction"].mean() for sample in samples]
    one_sample = np.mean([sample["friction"].sem() for sample in samples])
    allowed = SIGMAS * one_sample * np.sqrt(1 + 1 / len(samples))
    assert np.mean(means) == pytest.approx(PUBLISHED_FRICTION, abs=allowed)


def test_each_generation_has_its_own_prompt_and_stands_alone(samples):
    for sample in samples:
        frame = sample["frame"]
        assert len(frame) == 10_000
        assert frame.user_id.nunique() == 500
        assert frame.prompt_id.nunique() > 0.99 * len(frame)
        assert frame.session_id.nunique() > 0.97 * len(frame)
