"""Numbers in another unit of time, and over another number, against sums done by hand."""

from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import PlanError, output_columns, plan_sql
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.wording import plan_sentence


def asked(entity: str, name: str, **parts: Any) -> QueryPlan:
    return QueryPlan.model_validate(
        {"entity": entity, "measures": (MeasureUse(name=name, **parts),)}
    )


def answer(plan: QueryPlan) -> Any:
    here = world()
    return here.backend.raw_sql(plan_sql(plan, here.catalogue)).fetchall()[0][0]


def plain(sql: str) -> Any:
    return world().backend.raw_sql(sql).fetchall()[0][0]


@pytest.mark.parametrize(("unit", "factor"), [("s", 1000), ("min", 60_000), ("h", 3_600_000)])
def test_a_latency_is_shown_in_another_unit(unit: str, factor: int) -> None:
    milliseconds = plain("SELECT avg(latency_ms) FROM fct_generations")
    found = answer(asked("generations", "mean_latency_ms", unit=unit))
    assert found == pytest.approx(milliseconds / factor)


def test_a_duration_in_minutes_says_so_in_its_name_unit_and_sentence() -> None:
    plan = asked("sessions", "mean_duration_s", unit="min")
    (column,) = output_columns(plan, world().catalogue)
    assert (column.name, column.unit) == ("mean_duration_min", "min")
    assert "in minutes" in plan_sentence(plan, world().catalogue)
    assert answer(plan) == pytest.approx(plain("SELECT avg(duration_s) FROM fct_sessions") / 60)


def test_a_number_over_another_is_their_quotient_and_null_over_nothing() -> None:
    plan = asked("generations", "total_cost_credits", over="success_count")
    cost = plain("SELECT sum(cost_credits) FROM fct_generations")
    successes = plain("SELECT count(*) FROM fct_generations WHERE status = 'success'")
    assert answer(plan) == pytest.approx(float(cost) / successes)
    assert "per success count" in plan_sentence(plan, world().catalogue)
    timeouts = PlanFilter(field="status", values=("timeout",))
    assert answer(plan.model_copy(update={"filters": (timeouts,)})) is None


@pytest.mark.parametrize(
    "parts",
    [{"unit": "s"}, {"over": "no_such_measure"}, {"over": "success_count", "transform": "change"}],
)
def test_what_has_no_meaning_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(PlanError):
        plan_sql(asked("generations", "total_cost_credits", **parts), world().catalogue)


def test_the_second_row_is_the_one_behind_the_first() -> None:
    here = world()
    ranked = {"entity": "generations", "dimensions": ("region",), "limit": 1}
    measures = (MeasureUse(name="generation_count"),)
    first_two = QueryPlan.model_validate(ranked | {"measures": measures, "limit": 2})
    second = QueryPlan.model_validate(ranked | {"measures": measures, "skip": 1})
    rows = here.backend.raw_sql(plan_sql(first_two, here.catalogue)).fetchall()
    assert here.backend.raw_sql(plan_sql(second, here.catalogue)).fetchall() == rows[1:]
    assert "only number 2" in plan_sentence(second, here.catalogue)
    with pytest.raises(PlanError):
        plan_sql(second.model_copy(update={"limit": None}), here.catalogue)
