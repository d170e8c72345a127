"""Retries as generations of their own."""

import pytest
from simulated import changed, corpus, model


@pytest.fixture(scope="module")
def raw():
    return corpus(20_000)


@pytest.fixture(scope="module")
def counted(raw, simulation):
    """As shipped: retries are a number of their generation."""
    return model(*raw, simulation)["fct_generations"].to_pandas()


@pytest.fixture(scope="module")
def tables(raw, simulation_section):
    return model(*raw, changed(simulation_section, retries_as_rows=True))


@pytest.fixture(scope="module")
def rows(tables):
    return tables["fct_generations"].to_pandas()


def test_there_are_no_retry_rows_unless_asked_for(raw, simulation):
    assert model(*raw, simulation)["simulated_retries"].count().execute() == 0


def test_every_counted_retry_becomes_a_row_and_nothing_else_changes(counted, rows):
    is_retry = rows.generation_id.str.contains(":retry")
    assert is_retry.sum() == counted.retry_count.sum() > 1000
    assert (rows.retry_count == 0).all()
    assert rows.generation_id.is_unique
    same = ["user_id", "requested_at", "status", "latency_ms", "model_version", "cost_credits"]
    main = rows[~is_retry].set_index("generation_id")[same].sort_index()
    assert main.equals(counted.set_index("generation_id")[same].sort_index())


def test_attempts_fail_before_the_generation_they_lead_to(rows):
    parts = rows.generation_id.str.split(":retry", expand=True)
    rows = rows.assign(main=parts[0], attempt=parts[1].astype(float))
    main = rows[rows.attempt.isna()].set_index("generation_id")
    retries = rows[rows.attempt.notna()].sort_values(["main", "attempt"])
    assert not retries.is_success.any()
    assert not retries.is_downloaded.any()
    own = main.loc[retries.main]
    assert (retries.requested_at.to_numpy() < own.requested_at.to_numpy()).all()
    assert (retries.user_id.to_numpy() == own.user_id.to_numpy()).all()
    assert (retries.prompt_id.to_numpy() == own.prompt_id.to_numpy()).all()
    failed = ~own.is_success.to_numpy(dtype=bool)
    assert (retries.status.to_numpy()[failed] == own.status.to_numpy()[failed]).all()
    counts = retries.groupby("main").attempt.agg(["max", "count"])
    assert (counts["max"] == counts["count"]).all()
    assert counts["max"].max() <= 5


def test_sessions_count_the_attempts(tables, rows):
    sessions = tables["fct_sessions"].to_pandas()
    assert sessions.generation_count.sum() == len(rows)
    assert sessions.total_retries.sum() == 0


def test_successes_have_as_many_retries_as_failing_attempts_leave_before_them(counted, simulation):
    """Attempts fail with q and are made again with r until one succeeds or the user gives up."""
    until_given_up = simulation.telemetry.mean_retries_failure
    again = until_given_up / (1 + until_given_up)
    failed = 1 - counted.is_success.mean()
    attempt_fails = failed / (1 - again + failed * again)
    expected = attempt_fails * again / (1 - attempt_fails * again)
    assert counted.retry_count[counted.is_success].mean() == pytest.approx(expected, rel=0.15)


def test_success_falls_by_the_attempts_and_sessions_and_churn_stay(raw, simulation, tables, rows):
    is_retry = rows.generation_id.str.contains(":retry")
    requests = rows[~is_retry]
    assert rows.is_success.sum() == requests.is_success.sum()
    assert requests.is_success.mean() > 0.92
    assert 0.75 < rows.is_success.mean() < 0.88
    key = ["user_id", "ended_at"]
    sessions = tables["fct_sessions"].to_pandas().set_index(key).sort_index()
    as_counts = model(*raw, simulation)["fct_sessions"].to_pandas().set_index(key).sort_index()
    assert sessions.index.equals(as_counts.index)
    assert sessions.churned_after.equals(as_counts.churned_after)
    moved = (as_counts.started_at - sessions.started_at).dt.total_seconds()
    assert moved.between(0, 50).all()


def test_observed_retry_counts_stay(simulation_section):
    raw, meant = corpus(500)
    backend = raw.get_backend()
    counted = backend.create_table("counted", raw.mutate(retry_count=2), overwrite=True)
    run = model(counted, meant, changed(simulation_section, retries_as_rows=True))
    assert run["simulated_retries"].count().execute() == 0
    assert set(run["fct_generations"].retry_count.to_pyarrow().to_pylist()) == {2}
