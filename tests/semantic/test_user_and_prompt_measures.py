"""The measures of dim_users and dim_prompts, against numbers worked out by hand."""

from typing import Any

import ibis
import pytest

from genai_session_analyzer.schema import table_schema
from genai_session_analyzer.semantic import PROMPTS, USERS, Model
from rows import table, user

PEOPLE = [
    user("ann", total_generations=6, total_sessions=2, lifetime_cost_credits=1.5),
    user("bob", total_generations=0, total_sessions=0, lifetime_cost_credits=None),
    user("eve", total_generations=3, total_sessions=1, lifetime_cost_credits=0.5, user_tier="pro"),
]
TEXTS = [
    {"prompt_id": "p1", "times_used": 1, "user_count": 1, "prompt_length_category": "short"},
    {"prompt_id": "p2", "times_used": 4, "user_count": 1, "prompt_length_category": "short"},
    {"prompt_id": "p3", "times_used": 2, "user_count": 2, "prompt_length_category": "long"},
]
EXPECTED = {
    "user_count": 3,
    "ever_active_count": 2,
    "ever_active_share": 2 / 3,
    "total_generations": 9,
    "total_sessions": 3,
    "total_lifetime_cost_credits": 2.0,
    "generations_per_user": 3.0,
    "sessions_per_user": 1.0,
    "cost_per_user_credits": 2 / 3,
    "prompt_count": 3,
    "total_times_used": 7,
    "uses_per_prompt": 7 / 3,
    "reused_prompt_count": 2,
    "reused_prompt_share": 2 / 3,
    "shared_prompt_count": 1,
    "shared_prompt_share": 1 / 3,
}
CASES = [(model, each.name) for model in (USERS, PROMPTS) for each in model.measures]


def rows_of(model: Model) -> list[dict[str, Any]]:
    return PEOPLE if model is USERS else TEXTS


@pytest.mark.parametrize(("model", "name"), CASES)
def test_a_measure_equals_the_number_worked_out(model: Model, name: str) -> None:
    found = model.aggregate(table(model.table_name, rows_of(model)), [], [name])
    assert found.to_pyarrow()[name].to_pylist() == [pytest.approx(EXPECTED[name], abs=1e-6)]


@pytest.mark.parametrize("model", [USERS, PROMPTS], ids=lambda model: model.table_name)
def test_every_dimension_groups(model: Model) -> None:
    rows = table(model.table_name, rows_of(model))
    count = model.measures[0].name
    for dimension in model.dimensions:
        found = model.aggregate(rows, [dimension.name], [count]).to_pyarrow()
        assert sum(found[count].to_pylist()) == 3


@pytest.mark.parametrize("model", [USERS, PROMPTS], ids=lambda model: model.table_name)
def test_over_no_rows_counts_are_0_and_quotients_null(model: Model) -> None:
    schema = table_schema(model.table_name).ibis_schema()
    empty = ibis.memtable([], schema=schema)
    row = model.aggregate(empty, [], [each.name for each in model.measures]).to_pyarrow()
    for measure in model.measures:
        wanted = 0 if measure.additive and measure.unit != "credits" else None
        assert row[measure.name].to_pylist() == [wanted]
