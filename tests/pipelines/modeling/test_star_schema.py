"""Staging and dimensions against small tables checked by eye."""

from datetime import date

import ibis
import pytest

from flow import all_tables, fct_generations
from genai_session_analyzer.pipelines.modeling.dimensions import build_dim_prompts, build_dim_users
from genai_session_analyzer.pipelines.modeling.staging import build_stg_prompts
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.schema import TABLES, TableValidator
from rows import generation, minutes, raw_generations, table, user


def rows_of(expression, *columns):
    return expression.select(*columns).order_by(columns[0]).to_pyarrow().to_pylist()


def test_prompts_are_one_row_per_normalised_text():
    raw = raw_generations(
        [
            {"prompt_text": "a  cat\n on a mat "},
            {"prompt_text": "a cat on a mat"},
            {"prompt_text": "A cat on a mat"},
            {"prompt_text": None},
        ]
    )
    prompts = build_stg_prompts(raw).to_pyarrow().to_pylist()
    assert sorted(prompt["prompt_text"] for prompt in prompts) == [
        "A cat on a mat",
        "a cat on a mat",
    ]
    assert {prompt["char_count"] for prompt in prompts} == {14}
    assert len({prompt["prompt_id"] for prompt in prompts}) == 2


def test_dim_prompts_count_uses_and_users():
    raw = raw_generations([{"prompt_text": "one"}, {"prompt_text": "two"}])
    one, two = (
        row["prompt_id"] for row in rows_of(build_stg_prompts(raw), "prompt_text", "prompt_id")
    )
    facts = table(
        "fct_generations",
        [
            generation(1, prompt_id=one, user_id="ann"),
            generation(2, prompt_id=one, user_id="bob"),
            generation(3, prompt_id=one, user_id="bob"),
            generation(4, prompt_id=two, user_id="ann"),
            generation(5, prompt_id=None),
        ],
        raw.get_backend(),
    )
    prompts = build_dim_prompts(build_stg_prompts(raw), facts)
    assert rows_of(prompts, "prompt_text", "times_used", "user_count", "first_seen_at") == [
        {"prompt_text": "one", "times_used": 3, "user_count": 2, "first_seen_at": minutes(1)},
        {"prompt_text": "two", "times_used": 1, "user_count": 1, "first_seen_at": minutes(4)},
    ]


def test_dim_users_sum_up_a_lifetime():
    facts = table(
        "fct_generations",
        [
            generation(1, cost_credits=0.25),
            generation(2, status="timeout", cost_credits=0.5),
            generation(3, status=None, cost_credits=None),
        ],
    )
    sessions = table(
        "fct_sessions", [{"session_id": "a", "user_id": "ann"}] * 1, facts.get_backend()
    )
    staged = {
        key: value
        for key, value in user("ann").items()
        if key in {"user_id", "user_tier", "region", "device_type", "signup_date"}
    } | {"user_origin": "observed", "profile_origin": "observed"}
    users = facts.get_backend().create_table("stg_users", ibis.memtable([staged]))
    row = build_dim_users(users, facts, sessions).to_pyarrow().to_pylist()[0]
    assert row["total_generations"] == 3
    assert row["successful_generations"] == 1
    assert row["success_rate"] == 0.5
    assert row["total_sessions"] == 1
    assert row["lifetime_cost_credits"] == 0.75
    assert row["first_generation_at"] == minutes(1)
    assert row["last_generation_at"] == minutes(3)
    assert row["cohort_week"] == date(2023, 12, 4)


def test_observed_values_win_over_simulated_ones_and_origins_tell(simulation):
    raw = raw_generations(
        [
            {"user_name": "ann", "requested_at": minutes(0), "status": "timeout", "latency_ms": 7,
             "retry_count": 4, "cost_credits": 1.5, "feedback": "thumbs_down",
             "is_downloaded": False, "model_version": "house model"},
            {"user_name": "ann", "requested_at": minutes(1)},
            {},
        ]
    )  # fmt: skip
    first, second, third = rows_of(
        fct_generations(raw, simulation), *TABLES["fct_generations"].column_names
    )
    assert first["status"] == "timeout"
    assert first["latency_ms"] == 7
    assert first["retry_count"] == 4
    assert first["cost_credits"] == 1.5
    assert first["feedback"] == "thumbs_down"
    assert first["is_downloaded"] is False
    assert first["model_version"] == "house model"
    origins = [
        (row["user_origin"], row["time_origin"], row["telemetry_origin"])
        for row in (first, second, third)
    ]
    assert origins == [
        ("observed", "observed", "observed"),
        ("observed", "observed", "simulated"),
        ("simulated", "simulated", "simulated"),
    ]
    assert second["status"] is not None
    assert third["user_id"] != "ann"


def test_a_source_without_telemetry_stays_unknown(observed_only):
    facts = fct_generations(raw_generations([{"user_name": "ann"}, {}]), observed_only)
    for row in facts.to_pyarrow().to_pylist():
        assert row["status"] is None
        assert row["is_success"] is None
        assert row["latency_ms"] is None
        assert row["cost_credits"] is None
        assert row["telemetry_origin"] == "observed"


def test_the_latest_known_profile_of_a_user_counts(observed_only):
    raw = raw_generations(
        [
            {"user_name": "ann", "requested_at": minutes(0), "user_tier": "free", "region": "asia"},
            {"user_name": "ann", "requested_at": minutes(2), "user_tier": "pro"},
            {"user_name": "ann", "requested_at": minutes(1), "user_tier": "enterprise"},
            {"user_name": "bob", "requested_at": minutes(1)},
        ]
    )
    fct_generations(raw, observed_only)
    ann, bob = raw.get_backend().table("stg_users").order_by("user_id").to_pyarrow().to_pylist()
    assert (ann["user_tier"], ann["region"]) == ("pro", "asia")
    assert ann["profile_origin"] == "observed"
    assert bob["profile_origin"] == "simulated"


def test_a_source_without_prompts_has_generations_but_no_prompts(observed_only):
    raw = raw_generations(
        [{"prompt_text": None, "token_count": 70, "user_name": "ann", "requested_at": minutes(0)}]
    )
    tables = all_tables(raw, observed_only)
    assert tables["dim_prompts"].count().execute() == 0
    row = tables["fct_generations"].to_pyarrow().to_pylist()[0]
    assert row["prompt_id"] is None
    assert row["prompt_length_category"] == "very_long"


@pytest.mark.parametrize(
    "name", ["dim_users", "dim_prompts", "fct_generations", "fct_sessions", "daily_metrics",
             "user_friction_summary", "data_quality"]
)  # fmt: skip
def test_tables_are_what_the_schema_declares(name, observed_only):
    tables = all_tables(raw_generations([{}, {"user_name": "ann"}]), observed_only)
    assert TableValidator(name).validate(tables[name]) is tables[name]
    assert tuple(tables[name].columns) == TABLES[name].column_names


def test_identities_reach_the_users_where_asked_for(simulation_section):
    asked = simulation_section["users"] | {"with_identities": True}
    parameters = SimulationParameters.model_validate(simulation_section | {"users": asked})
    users = all_tables(raw_generations([{}, {}]), parameters)["dim_users"]
    assert users.filter(users.email.endswith("@example.org")).count().execute() > 0
    assert {"full_name", "email"} <= set(users.columns)
