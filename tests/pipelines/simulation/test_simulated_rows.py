"""Simulated users, times and telemetry: seeded, plausible, and only where the source is silent."""

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from pydantic import ValidationError

from genai_session_analyzer.pipelines.simulation.nodes import (
    inspect_source,
    simulate_activity,
    simulate_generations,
    simulate_users,
)
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from rows import minutes, raw_generations

ROWS = 30_000


def prompts_only(row_count, backend=None, **columns):
    """Raw generations with a prompt and nothing else, four to a thread."""
    number = pa.array(np.arange(row_count) // 4)
    prompt = pc.binary_join_element_wise("a quiet lake at dawn", number.cast(pa.string()), " ")
    raw = raw_generations([], backend)
    table = pa.table(
        {
            "raw_id": np.arange(1, row_count + 1),
            "generation_id": pa.array(np.arange(row_count)).cast(pa.string()),
            "dataset": ["test"] * row_count,
            "source": ["test"] * row_count,
            "source_row": np.arange(1, row_count + 1),
            "thread_id": number,
            "prompt_text": prompt,
            **columns,
        }
    )
    for field in raw.schema().to_pyarrow():
        if field.name not in table.column_names:
            table = table.append_column(field.name, pa.nulls(row_count, field.type))
    return (backend or ibis.duckdb.connect()).create_table("raw_input", table, overwrite=True)


def simulated(raw, parameters):
    source = inspect_source(raw, parameters)
    activity = simulate_activity(source, parameters)
    return (
        simulate_users(activity, parameters),
        simulate_generations(source, activity, parameters).read_all(),
    )


@pytest.fixture(scope="module")
def full(simulation):
    return simulated(prompts_only(ROWS), simulation)


def test_the_same_seed_gives_the_same_bytes(full, simulation):
    users, generations = simulated(prompts_only(ROWS), simulation)
    assert users.equals(full[0])
    assert generations.equals(full[1])


def test_another_seed_gives_other_rows(full, simulation):
    other = simulation.model_copy(update={"seed": simulation.seed + 1})
    assert not simulated(prompts_only(ROWS), other)[1].equals(full[1])


def test_the_number_of_threads_changes_nothing(full, simulation):
    backend = ibis.duckdb.connect(threads=1)
    assert simulated(prompts_only(ROWS, backend), simulation)[1].equals(full[1])


def test_every_generation_gets_what_it_lacks(full):
    users, generations = full
    assert generations.num_rows == ROWS
    for name in ("user_id", "requested_at", "status", "latency_ms", "retry_count", "cost_credits",
                 "is_downloaded", "model_version"):  # fmt: skip
        assert generations.column(name).null_count == 0, name
    assert pc.all(pc.is_in(generations["user_id"].cast(pa.string()), users["user_id"])).as_py()
    assert pc.min(generations["cost_credits"]).as_py() > 0


def test_users_are_as_many_and_as_mixed_as_asked(full):
    users = full[0]
    assert users.num_rows == pytest.approx(ROWS / 50, rel=0.03)
    shares = {
        row["values"]: row["counts"] / users.num_rows
        for row in users["user_tier"].value_counts().to_pylist()
    }
    assert shares["free"] == pytest.approx(0.70, abs=0.04)
    assert shares["pro"] == pytest.approx(0.25, abs=0.04)
    assert shares["enterprise"] == pytest.approx(0.05, abs=0.02)


def test_activity_is_heavy_tailed(full):
    counts = np.sort(full[1]["user_id"].cast(pa.string()).value_counts().field("counts").to_numpy())
    assert counts[-len(counts) // 10 :].sum() > 0.3 * counts.sum()


def test_where_sessions_end_with_ideas_an_idea_stays_with_one_user_and_within_minutes(
    simulation_section,
):
    whole = {"idea_end_share": 1}
    section = simulation_section | {
        "sessions": simulation_section["sessions"] | whole,
        "returns": simulation_section["returns"] | {"abandon_share": 0},
    }
    parameters = SimulationParameters.model_validate(section)
    generations = simulated(prompts_only(ROWS), parameters)[1]
    user = generations["user_id"].cast(pa.string()).to_numpy(zero_copy_only=False).reshape(-1, 4)
    assert (user == user[:, :1]).all()
    times = generations["requested_at"].to_numpy().reshape(-1, 4)
    gaps = np.diff(times, axis=1)
    assert (gaps >= np.timedelta64(0)).all()
    assert gaps.max() <= np.timedelta64(1790, "s")


def test_classic_has_uniform_times_and_no_bursts(simulation_section):
    classic = SimulationParameters.model_validate(simulation_section | {"profile": "classic"})
    times = np.sort(simulated(prompts_only(ROWS), classic)[1]["requested_at"].to_numpy())
    position = (times - times[0]) / (times[-1] - times[0])
    assert np.abs(position - np.linspace(0, 1, ROWS)).max() < 0.02


def test_observed_values_are_not_simulated_again(simulation):
    raw = raw_generations(
        [{"user_name": "ann", "requested_at": minutes(1), "status": "success", "latency_ms": 5,
          "retry_count": 0, "cost_credits": 0.1, "feedback": "thumbs_up", "is_downloaded": True,
          "model_version": "m"}]
    )  # fmt: skip
    assert simulated(raw, simulation)[1].num_rows == 0


def test_what_follows_from_an_observed_status_follows_it(simulation):
    statuses = pa.array(["timeout"] * ROWS)
    generations = simulated(prompts_only(ROWS, status=statuses), simulation)[1]
    assert generations["status"].null_count == ROWS
    assert (
        pc.max(generations["latency_ms"]).as_py()
        == 30_000
        == pc.min(generations["latency_ms"]).as_py()
    )
    assert not pc.any(generations["is_downloaded"]).as_py()


def test_lost_users_of_one_prompt_and_day_are_one_user(simulation):
    rows = [
        {"user_name": "ann", "requested_at": minutes(0), "prompt_text": "x"},
        *(
            {"prompt_text": f"p {number % 3}", "requested_at": minutes(number)}
            for number in range(30)
        ),
    ]
    generations = simulated(raw_generations(rows), simulation)[1]
    by_prompt = [
        set(generations["user_id"].cast(pa.string()).to_pylist()[1:][start::3])
        for start in range(3)
    ]
    assert [len(users) for users in by_prompt] == [1, 1, 1]


def test_signup_is_never_after_the_first_generation(full):
    users, generations = full
    first = generations.group_by("user_id").aggregate([("requested_at", "min")])
    joined = users.join(
        first.set_column(0, "user_id", first["user_id"].cast(pa.string())), "user_id"
    )
    late = pc.greater(joined["signup_date"].cast(pa.timestamp("us")), joined["requested_at_min"])
    assert not pc.any(late).as_py()


def test_identities_come_only_where_asked_for(full, simulation_section):
    assert "email" not in full[0].column_names
    section = simulation_section | {
        "users": simulation_section["users"] | {"with_identities": True}
    }
    users = simulated(prompts_only(400), SimulationParameters.model_validate(section))[0]
    emails = users["email"].to_pylist()
    assert all(email.endswith("@example.org") for email in emails)
    assert len(set(emails)) == len(emails)
    assert all(" " in name for name in users["full_name"].to_pylist())


def test_telemetry_is_left_unknown_where_it_is_not_asked_for(observed_only):
    generations = simulated(prompts_only(100), observed_only)[1]
    assert generations["status"].null_count == 100
    assert generations["user_id"].null_count == 0


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"profile": "clasic"}, "Did you mean 'classic'"),
        ({"seed": -1}, "greater than or equal to 0"),
        ({"sede": 1}, "sede"),
        ({"user_count": 0}, "user_count"),
    ],
)
def test_wrong_parameters_are_named(simulation_section, change, words):
    with pytest.raises(ValidationError, match=words):
        SimulationParameters.model_validate(simulation_section | change)
