"""The scripts the benchmarks compare with do the same work as the pipelines."""

import ibis
import pytest

import flow
from genai_session_analyzer.pipelines.metrics.data_quality import all_checks
from genai_session_analyzer.semantic.friction import FrictionParameters
from hand_written import run
from hand_written_checks import run_checks
from hand_written_tables import CHECKED, build_tables
from row_by_row_rules import add_telemetry, make_rows
from row_by_row_telemetry import as_requests, classic_parameters, compare, simulate_arrays


@pytest.fixture(scope="module", params=["telemetry simulated", "telemetry unknown"])
def both(request, simulation, observed_only):
    """Our tables, and those of the hand-written SQL from the same raw and simulated rows."""
    chosen = simulation if request.param == "telemetry simulated" else observed_only
    ours = flow.all_tables(flow.corpus_generations(1500, seed=3), chosen)
    by_hand = ibis.duckdb.connect()
    for name in ("raw_generations", "simulated_generations", "simulated_users"):
        rows = ours["fct_sessions"].get_backend().table(name).to_pyarrow()
        by_hand.create_table(name, rows)
    build_tables(by_hand.con)
    return ours, by_hand


def rows_of(table):
    """Every row as text, floats to nine digits, in some order that is the same for equal rows."""
    rows = table.to_pyarrow().to_pylist()
    shown = [
        {name: f"{v:.9g}" if isinstance(v, float) else str(v) for name, v in row.items()}
        for row in rows
    ]
    return sorted(shown, key=lambda row: list(row.values()))


@pytest.mark.parametrize("name", CHECKED)
def test_the_hand_written_tables_equal_ours(both, name):
    ours, by_hand = both
    written = by_hand.table(name)
    assert written.columns == ours[name].columns
    assert rows_of(written) == rows_of(ours[name])


def test_the_hand_written_checks_are_ours_and_find_what_is_wrong(both):
    _, by_hand = both
    failing = run_checks(by_hand.con)
    assert set(failing) == {check.name for check in all_checks(FrictionParameters())}
    assert not any(failing.values())
    by_hand.con.execute("UPDATE fct_sessions SET friction_score = 101, user_id = 'nobody'")
    found = {name for name, count in run_checks(by_hand.con).items() if count}
    assert found >= {"friction_in_range", "fct_sessions_user_id_exists"}
    build_tables(by_hand.con)


def test_the_hand_written_run_ends_in_a_build(tmp_path):
    seconds = run(tmp_path, 3000)
    assert list(seconds) == ["ingestion", "simulation", "modeling", "metrics", "publish"]
    with ibis.duckdb.connect(tmp_path / "build.duckdb", read_only=True).con as build:
        assert build.execute("SELECT count(*) FROM fct_generations").fetchone() == (3000,)
        assert build.execute("SELECT sum(failing_rows) FROM data_quality").fetchone() == (0,)


def test_the_row_by_row_rules_make_what_ours_make():
    parameters = classic_parameters()
    finished = add_telemetry(make_rows(20_000, seed=1), parameters, seed=1)
    requests = as_requests(make_rows(65_536, seed=2), parameters)
    simulated = simulate_arrays(requests, 131_072, parameters, seed=1)
    compare(finished, simulated)
    dearer = [row | {"cost_credits": row["cost_credits"] * 1.2} for row in finished]
    with pytest.raises(AssertionError, match="cost_credits"):
        compare(dearer, simulated)
