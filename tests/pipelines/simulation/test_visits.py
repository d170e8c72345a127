"""Sessions, lapses, abandonment, activity and rhythm of simulated users, in the tables' terms."""

import numpy as np
import pytest
from simulated import changed, corpus, model

ROWS = 80_000
BASE_SHARES = {"free": 0.40, "pro": 0.15, "enterprise": 0.05}


@pytest.fixture(scope="module")
def raw():
    return corpus(ROWS)


@pytest.fixture(scope="module")
def tables(raw, simulation):
    return model(*raw, simulation)


@pytest.fixture(scope="module")
def sessions(tables):
    return tables["fct_sessions"].to_pandas().sort_values(["user_id", "started_at"])


@pytest.fixture(scope="module")
def generations(tables):
    frame = tables["fct_generations"].to_pandas()
    return frame.sort_values(["user_id", "requested_at"], kind="stable")


def observable(sessions):
    """Sessions after which seven days of data follow, so that every lapse can be seen."""
    return sessions[sessions.ended_at < sessions.ended_at.max() - np.timedelta64(7 * 24, "h")]


@pytest.mark.parametrize("tier", BASE_SHARES)
def test_churn_is_the_base_share_times_one_plus_friction(sessions, tier):
    rows = observable(sessions[sessions.user_tier == tier])
    expected = BASE_SHARES[tier] * (1 + rows.friction_score / 100)
    spread = np.sqrt((expected * (1 - expected)).sum()) / len(rows)
    assert rows.churned_after.mean() == pytest.approx(expected.mean(), abs=3.5 * spread)


def test_churn_rises_with_friction_within_a_tier(sessions):
    rows = observable(sessions[sessions.user_tier == "free"])
    smooth, rough = rows[rows.friction_score < 20], rows[rows.friction_score > 45]
    difference = rough.churned_after.mean() - smooth.churned_after.mean()
    spread = np.sqrt(0.25 / len(smooth) + 0.25 / len(rough))
    assert difference > 3 * spread
    expected = 0.4 * (rough.friction_score.mean() - smooth.friction_score.mean()) / 100
    assert difference == pytest.approx(expected, abs=3.5 * spread)


def test_without_strength_friction_does_not_matter(raw, simulation_section):
    calm = changed(simulation_section, returns={"friction_strength": 0})
    rows = model(*raw, calm)["fct_sessions"].to_pandas()
    rows = observable(rows[rows.user_tier == "free"])
    assert rows.churned_after.mean() == pytest.approx(0.4, abs=3.5 * np.sqrt(0.24 / len(rows)))


def test_every_user_asked_for_comes_and_a_few_make_much_of_it(generations):
    counts = np.sort(generations.user_id.value_counts().to_numpy())
    assert len(counts) == pytest.approx(ROWS / 50, rel=0.02)
    assert counts[-len(counts) // 10 :].sum() > 0.4 * counts.sum()
    assert counts[-1] > 500
    assert np.median(counts) < 30


@pytest.mark.parametrize("per_user", [8, 20, 100])
def test_the_prompts_last_for_the_period_whatever_the_number_of_users(
    raw, simulation_section, per_user
):
    users = ROWS // per_user
    rows = model(*raw, changed(simulation_section, user_count=users))["fct_generations"]
    days = rows.requested_at.to_pandas().agg(["min", "max"]).diff().iloc[-1].days
    assert 75 <= days <= 110
    assert rows.user_id.nunique().execute() >= 0.97 * users


def test_generations_of_a_session_are_minutes_apart_and_sessions_further(
    sessions, generations, simulation
):
    assert len(generations) == ROWS
    gaps = generations.groupby("session_id").requested_at.diff().dropna().dt.total_seconds()
    assert gaps.median() == pytest.approx(simulation.sessions.median_gap_s, rel=0.1)
    starts = sessions.groupby("user_id").started_at.shift(-1)
    assert ((starts - sessions.ended_at).dropna().dt.total_seconds() > 1800).all()
    assert 2 <= sessions.generation_count.median() <= 4


def test_people_try_again_sooner_after_a_failure(generations):
    gaps = generations.groupby("session_id").requested_at.diff().dt.total_seconds()
    failed = generations.groupby("session_id").is_success.shift(1).eq(False)
    assert gaps[failed].median() == pytest.approx(0.4 * gaps[~failed].median(), rel=0.12)


def test_sessions_are_abandoned_after_failures_and_go_on_later(raw, simulation_section):
    def ends_after_failure(share):
        run = model(*raw, changed(simulation_section, returns={"abandon_share": share}))
        rows = run["fct_generations"].to_pandas().sort_values(["user_id", "requested_at"])
        is_last = rows.session_id != rows.session_id.shift(-1)
        return is_last[~rows.is_success].mean() - is_last[rows.is_success].mean()

    assert ends_after_failure(0.0) == pytest.approx(0, abs=0.03)
    assert ends_after_failure(0.5) > 0.25


def test_the_patient_abandon_less_and_retry_more(tables, generations):
    truth = tables["simulation_users"].to_pandas().set_index("user_id")
    patience = generations.user_id.map(truth.patience)
    failed = ~generations.is_success
    patient, impatient = failed & (patience > 0.7), failed & (patience < -0.7)
    is_last = generations.session_id != generations.session_id.shift(-1)
    assert is_last[patient].mean() < is_last[impatient].mean()
    assert generations.retry_count[patient].mean() > 1.3 * generations.retry_count[impatient].mean()


def test_most_ideas_stay_with_one_user_and_all_do_where_sessions_end_with_ideas(
    raw, generations, simulation_section
):
    def shared_ideas(facts):
        threads = raw[0].select("generation_id", "thread_id").to_pandas()
        owned = facts.merge(threads, on="generation_id")
        return (owned.groupby("thread_id").user_id.nunique() > 1).mean()

    assert shared_ideas(generations) < 0.4
    whole = changed(simulation_section, sessions={"idea_end_share": 1})
    assert shared_ideas(model(*raw, whole)["fct_generations"].to_pandas()) < 0.01


def test_nights_and_weekends_are_quieter_in_local_time(generations, simulation):
    offsets = {"us-west": -8, "us-east": -5, "europe": 1, "asia": 8, "other": 0}
    starts = generations.drop_duplicates("session_id")
    for region, offset in offsets.items():
        local = starts[starts.region == region].requested_at + np.timedelta64(offset, "h")
        by_hour = np.bincount(local.dt.hour, minlength=24)
        assert by_hour[13:19].sum() > 1.8 * by_hour[1:7].sum(), region
    local = starts.requested_at + np.array(
        [np.timedelta64(offsets[region], "h") for region in starts.region]
    )
    by_weekday = np.bincount(local.dt.day_of_week, minlength=7)
    ratio = by_weekday[5:].mean() / by_weekday[:5].mean()
    assert ratio == pytest.approx(simulation.sessions.weekend_share, rel=0.3)  # nights spill over


def test_activity_grows_over_the_period(generations):
    day = (generations.requested_at - generations.requested_at.min()).dt.days
    assert ((day >= 50) & (day < 80)).sum() > 1.2 * (day < 30).sum()
