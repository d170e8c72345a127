"""The drawn graph is the written one, and it is true: a cause changes what follows, no more."""

from pathlib import Path

import pytest
from simulated import changed, corpus, simulate

from genai_session_analyzer.pipelines.simulation.causes import (
    CAUSES,
    FEEDBACK,
    consequences,
    mermaid,
)

DOCUMENT = Path(__file__).parents[3] / "docs" / "simulation.md"
COLUMNS = {
    "user": "user_id",
    "time": "requested_at",
    "model": "model_version",
    "status": "status",
    "latency": "latency_ms",
    "retries": "retry_count",
    "cost": "cost_credits",
    "feedback": "feedback",
    "download": "is_downloaded",
}
PROFILES = {"tier": "user_tier", "region": "region", "device": "device_type"}
NO_FEEDBACK = {
    "returns": {"friction_strength": 0, "abandon_share": 0},
    "sessions": {"failure_gap_share": 1},
}
ALL_MOBILE = {"desktop": 0, "mobile": 1, "tablet": 0}
ALL_ASIA = {"us-west": 0, "us-east": 0, "europe": 0, "asia": 1, "other": 0}
NO_V14 = {"v1.4": {"released_after_days": 60, "adoption_days": 1}}
MORE_FAILURES = {"effect_id": "more", "measure": "failure", "multiplier": 3}
SLOWER = {"effect_id": "slower", "measure": "latency", "delta": 500}
ON_PHONES = {
    "effect_id": "on_phones",
    "segment": {"device_type": "mobile"},
    "measure": "failure",
    "multiplier": 3,
}
"""The shipped effect of devices meets a handful of 6,000 generations, too few to rely on."""
KNOBS = {
    "tier": {"users": {"tier_shares": {"free": 0.2, "pro": 0.4, "enterprise": 0.4}}},
    "region": {"users": {"region_shares": ALL_ASIA}},
    "device": {"users": {"device_shares": ALL_MOBILE}},
    "activity": {"users": {"activity_sigma": 0.2}},
    "skill": {"latents": {"skill_on_failure": -1.5}},
    "difficulty": {"latents": {"difficulty_on_failure": 1.5}},
    "rollouts": {"rollouts": NO_V14},
    "effects": {"effects": [MORE_FAILURES, SLOWER]},
    "status": {"telemetry": {"model_error_share": 0.2}},
    "latency": {"telemetry": {"latency_fixed_ms": 4000}},
    "retries": {"telemetry": {"mean_retries_success": 1.5}},
    "cost": {"telemetry": {"cost_credits_per_token": 0.05}},
    "feedback": {"telemetry": {"thumbs_up_share_success": 0.2}},
    "download": {"telemetry": {"download_shares": {"free": 0.1, "pro": 0.1, "enterprise": 0.1}}},
    "lapse": {"returns": {"lapse_shares": {"free": 0.6, "pro": 0.6, "enterprise": 0.6}}},
    "next session": {"returns": {"median_hours": 3}},
}
"""What to turn to change a cause."""


def without_feedback(section):
    """The parameters with the edges of `FEEDBACK` cut."""
    return section | {name: section[name] | values for name, values in NO_FEEDBACK.items()}


@pytest.fixture(scope="module")
def raw():
    return corpus(6_000)


@pytest.fixture(scope="module")
def section(simulation_section):
    """As shipped, and one more effect."""
    return simulation_section | {"effects": [*simulation_section["effects"], ON_PHONES]}


@pytest.fixture(scope="module")
def by_loop(raw, section):
    """The run as shipped, and the one without feedback; by whether there is feedback."""
    return {
        True: simulate(*raw, changed(section)),
        False: simulate(*raw, changed(without_feedback(section))),
    }


def differing(before, after):
    """Names of the causes and effects whose columns differ."""
    found = {
        name
        for name, column in COLUMNS.items()
        if before["simulated_generations"][column].to_pylist()
        != after["simulated_generations"][column].to_pylist()
    }
    users = [
        {row["user_id"]: row for row in run["simulated_users"].to_pylist()}
        for run in (before, after)
    ]
    both = users[0].keys() & users[1].keys()
    return found | {
        name
        for name, column in PROFILES.items()
        if any(users[0][user][column] != users[1][user][column] for user in both)
    }


@pytest.mark.parametrize("with_feedback", [True, False])
@pytest.mark.parametrize("cause", KNOBS)
def test_a_change_changes_what_follows_and_nothing_else(
    raw, by_loop, section, cause, with_feedback
):
    parameters = section if with_feedback else without_feedback(section)
    after = simulate(*raw, changed(parameters, **KNOBS[cause]))
    visible = COLUMNS.keys() | PROFILES.keys()
    found = differing(by_loop[with_feedback], after)
    assert found <= consequences(cause, with_feedback=with_feedback)
    direct = {
        effect
        for effect, causes in CAUSES.items()
        if cause in causes and (with_feedback or (cause, effect) not in FEEDBACK)
    }
    assert direct & visible <= found
    assert cause not in visible or cause in found


def test_a_change_of_patience_changes_retries_and_who_goes_on(raw, by_loop, section):
    retries = simulate(*raw, changed(section, latents={"patience_on_retries": 1.0}))
    assert "retries" in differing(by_loop[True], retries)
    leaving = simulate(*raw, changed(section, latents={"patience_on_abandoning": 1.5}))
    assert {"user", "time"} <= differing(by_loop[True], leaving)


def test_consequences_are_the_transitive_closure():
    everything = {name for effect, causes in CAUSES.items() for name in (effect, *causes)}
    for cause in everything:
        reached = {cause}
        for _ in everything:
            reached |= {effect for effect, causes in CAUSES.items() if reached & set(causes)}
        assert consequences(cause) == reached


def test_feedback_edges_are_edges():
    assert all(cause in CAUSES[effect] for cause, effect in FEEDBACK)


def test_the_document_draws_exactly_this_graph():
    assert f"```mermaid\n{mermaid()}\n```" in DOCUMENT.read_text(encoding="utf-8")
