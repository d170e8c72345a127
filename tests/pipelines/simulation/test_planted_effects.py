"""What was planted can be found again, where it was planted and as large, and is written down."""

import json

import pandas as pd
import pytest
from pydantic import ValidationError
from simulated import changed, corpus, model

from genai_session_analyzer.schema import TABLES, TableValidator

ROWS = 150_000
SEVERE = {
    "effect_id": "mobile_watercolor",
    "segment": {"device_type": "mobile", "art_style": ["watercolor", "sketch"]},
    "measure": "failure",
    "multiplier": 3,
}
CALM = {"rollouts": {}, "incidents": {"per_90_days": 0}}


@pytest.fixture(scope="module")
def raw():
    return corpus(ROWS)


@pytest.fixture(scope="module")
def section(simulation_section):
    """As shipped, with an effect on a segment large enough to be measured."""
    return simulation_section | {"effects": [*simulation_section["effects"], SEVERE]}


@pytest.fixture(scope="module")
def tables(raw, section):
    return model(*raw, changed(section))


@pytest.fixture(scope="module")
def facts(tables):
    """Generations with what was meant by their prompts."""
    prompts = tables["simulation_prompts"].to_pandas()
    return tables["fct_generations"].to_pandas().merge(prompts, on="prompt_id")


@pytest.fixture(scope="module")
def truth(tables):
    return tables["simulation_truth"].to_pandas().set_index("effect_id")


def segment_of(facts, effect):
    """The rows of a truth table's row, by a second reading of its segment and window."""
    offsets = {"us-west": -8, "us-east": -5, "europe": 1, "asia": 8, "other": 0}
    is_one = pd.Series(True, index=facts.index)
    segment = json.loads(effect.segment)
    for column, values in segment.items():
        name = f"meant_{column}" if column in {"domain", "art_style", "mood"} else column
        if not column.startswith("hour"):
            is_one &= facts[name].isin(values)
    if "hour_from" in segment:
        hour = (facts.requested_at.dt.hour + facts.region.map(offsets)) % 24
        is_one &= (hour >= segment["hour_from"]) & (hour < segment["hour_to"])
    if not pd.isna(effect.starts_at):
        is_one &= facts.requested_at >= effect.starts_at
    if not pd.isna(effect.ends_at):
        is_one &= facts.requested_at < effect.ends_at
    return is_one


def test_affected_generations_are_counted_right(facts, truth):
    assert set(truth.kind) == {"planted", "incident", "rollout"}
    for effect_id, effect in truth.iterrows():
        assert effect.affected_generations == segment_of(facts, effect).sum(), effect_id


def test_a_failure_multiplier_is_found_again(raw, simulation_section):
    quiet = CALM | {"returns": {"friction_strength": 0, "abandon_share": 0}}
    quiet |= {"latents": {"skill_on_failure": -0.2, "difficulty_on_failure": 0.2}}
    runs = [
        model(*raw, changed(simulation_section, effects=effects, **quiet))
        for effects in ([SEVERE], [])
    ]
    effect = runs[0]["simulation_truth"].to_pandas().iloc[0]
    failures = []
    for run in runs:
        prompts = run["simulation_prompts"].to_pandas()
        facts = run["fct_generations"].to_pandas().merge(prompts, on="prompt_id")
        usual = facts[~facts.is_safety_violation]  # certain as they are, no effect makes more
        where = segment_of(usual, effect)
        failures.append((1 - usual.is_success[where].mean(), 1 - usual.is_success[~where].mean()))
    (planted, elsewhere), (calm, calm_elsewhere) = failures
    assert planted / calm == pytest.approx(3, rel=0.15)
    assert planted / elsewhere == pytest.approx(3, rel=0.25)
    assert elsewhere == pytest.approx(calm_elsewhere, rel=0.03)


def test_a_latency_step_begins_on_its_day(facts, truth):
    effect = truth.loc["slower_v2.1"]
    rows = facts[facts.is_success & (facts.model_version == "v2.1")]
    rows = rows[(rows.region != "asia")]
    is_after = rows.requested_at >= effect.starts_at
    ratio = rows.latency_ms[is_after].median() / rows.latency_ms[~is_after].median()
    assert ratio == pytest.approx(effect.multiplier, rel=0.05)


def test_evenings_of_one_region_are_slower(facts, truth):
    effect = truth.loc["asia_in_the_evening"]
    rows = facts[facts.is_success & (facts.model_version == "v2.0")]
    is_evening = segment_of(rows, effect)
    in_asia = rows.region == "asia"
    ratio = rows.latency_ms[is_evening].median() / rows.latency_ms[in_asia & ~is_evening].median()
    assert ratio == pytest.approx(1.4, rel=0.08)


def test_incidents_hit_one_model_for_a_while(raw, simulation_section):
    frequent = changed(
        simulation_section, incidents={"per_90_days": 60, "median_minutes": 600}, effects=[]
    )
    run = model(*raw, frequent)
    facts = run["fct_generations"].to_pandas()
    incidents = run["simulation_truth"].to_pandas().query("kind == 'incident'")
    assert 35 < len(incidents) < 85
    hours = (incidents.ends_at - incidents.starts_at).dt.total_seconds() / 3600
    assert 5 < hours.median() < 20
    assert hours.max() > 3 * hours.median()
    pooled = {"latency": [[], []], "rate_limited": [[], []]}
    for effect in incidents.itertuples():
        during = segment_of(facts, effect)
        same_time = (facts.requested_at >= effect.starts_at) & (facts.requested_at < effect.ends_at)
        column = "latency_ms" if effect.measure == "latency" else "is_rate_limited"
        pooled[effect.measure][0].append(facts[column][during])
        pooled[effect.measure][1].append(facts[column][same_time & ~during])
    (slow, usual), (refused, served) = (
        [pd.concat(parts) for parts in pooled[measure]] for measure in ("latency", "rate_limited")
    )
    assert slow.median() > 2.5 * usual.median()
    assert refused.mean() > 0.4
    assert served.mean() < 0.2


def test_versions_come_overlap_and_fade(facts, truth):
    released = truth.loc["rollout_v2.1"].starts_at
    day = (facts.requested_at - facts.requested_at.min()).dt.days
    share = pd.crosstab(day // 10, facts.model_version, normalize="index")
    assert facts[facts.model_version == "v2.1"].requested_at.min() >= released
    assert (share.loc[0, ["v1.4", "v1.5", "v2.0"]] > 0.05).all()
    assert share.loc[0, "v2.1"] == 0
    assert share["v2.1"].loc[7] > share["v2.1"].loc[2] > 0
    assert share["v1.4"].loc[7] < 0.5 * share["v1.4"].loc[0]


def test_some_users_and_some_ideas_fail_again_and_again(raw, simulation_section):
    def spread(**latents):
        run = model(*raw, changed(simulation_section, latents=latents, **CALM))
        facts = run["fct_generations"].to_pandas()
        ideas = raw[0].select("generation_id", "thread_id").to_pandas()
        facts = facts[(facts.user_tier == "pro") & ~facts.is_safety_violation]
        facts = facts.merge(ideas, on="generation_id")
        again = facts.groupby("thread_id").is_success.shift(1).eq(False)
        return 1 - facts.is_success[again].mean()

    flat = spread(skill_on_failure=0, difficulty_on_failure=0)
    assert spread(skill_on_failure=0, difficulty_on_failure=1.5) > 2 * flat
    assert flat < 0.06


def test_difficulty_and_skill_are_what_the_truth_says(facts, tables):
    users = tables["simulation_users"].to_pandas().set_index("user_id")
    rows = facts[~facts.is_safety_violation & (facts.user_tier == "free")]
    skill = rows.user_id.map(users.skill)
    assert rows.is_success[skill > 1].mean() > rows.is_success[skill < -1].mean() + 0.03
    easy, hard = rows.difficulty < -1, rows.difficulty > 1
    assert rows.is_success[easy].mean() > rows.is_success[hard].mean() + 0.03
    for name in ("difficulty", "skill", "patience"):
        values = users[name] if name in users else facts.drop_duplicates("prompt_id")[name]
        assert values.mean() == pytest.approx(0, abs=0.05), name
        assert values.std() == pytest.approx(1, abs=0.05), name


def test_rates_stay_near_what_the_parameters_say(facts):
    success = facts.groupby("user_tier").is_success.mean()
    assert 0.92 <= facts.is_success.mean() <= 0.96
    assert success["free"] == pytest.approx(0.897, abs=0.02)
    assert success["pro"] == pytest.approx(0.967, abs=0.012)


def test_truth_tables_are_what_the_schema_declares(tables):
    for name in ("simulation_truth", "simulation_users", "simulation_prompts"):
        TableValidator(name).validate(tables[name])
        frame = tables[name].to_pandas()
        assert not frame.duplicated(list(TABLES[name].key)).any()
        assert frame[list(TABLES[name].required_columns)].notna().all().all()
    generations = tables["fct_generations"]
    for name, key in (("simulation_users", "user_id"), ("simulation_prompts", "prompt_id")):
        keys = set(generations[key].to_pyarrow().to_pylist())
        assert set(tables[name][key].to_pyarrow().to_pylist()) == keys


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"segment": {"device": "mobile"}}, "Did you mean 'device_type'"),
        ({"segment": {"device_type": "mobil"}}, "Did you mean 'mobile'"),
        ({"segment": {"model_version": "v1.6"}}, "Unknown model version 'v1.6'"),
        ({"measure": "failures"}, "Did you mean 'failure'"),
        ({"multiplier": None}, "either a multiplier or a delta"),
        ({"delta": 1}, "either a multiplier or a delta"),
        ({"segment": {"hour_from": 3}}, "belong together"),
        ({"starts_at": "2024-02-01", "ends_at": "2024-01-01"}, "before ends_at"),
        ({"size": 3}, "size"),
    ],
)
def test_wrong_effects_are_named(simulation_section, change, words):
    with pytest.raises(ValidationError, match=words):
        changed(simulation_section, effects=[SEVERE | change])


def test_effect_ids_are_unique(simulation_section):
    with pytest.raises(ValidationError, match="effect_id of its own"):
        changed(simulation_section, effects=[SEVERE, SEVERE])


def test_classic_and_silent_runs_have_no_truth(raw, simulation_section, observed_only):
    small = corpus(500)
    for parameters in (changed(simulation_section, profile="classic"), observed_only):
        run = model(*small, parameters)
        for name in ("simulation_truth", "simulation_users", "simulation_prompts"):
            assert run[name].count().execute() == 0
