"""Numbers against another number of their row, or against their mean, as counted by hand."""

from typing import Any

import pytest
from plan_world import world
from pydantic import ValidationError

from genai_session_analyzer.copilot.compiling import PlanError, plan_sql
from genai_session_analyzer.copilot.plan import MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.wording import plan_sentence


def counted(entity: str, measure: str, **parts: Any) -> QueryPlan:
    return QueryPlan.model_validate(
        {"entity": entity, "measures": (MeasureUse(name=measure),),
         "filters": (PlanFilter(**parts),)}
    )  # fmt: skip


def rows_of(table: str, *columns: str) -> list[tuple[Any, ...]]:
    here = world()
    return here.run(f"SELECT {', '.join(columns)} FROM {table}")  # noqa: S608 (fixed names)


def answer(plan: QueryPlan) -> Any:
    here = world()
    return here.run(plan_sql(plan, here.catalogue))[0][0]


def test_slower_than_the_mean_of_all() -> None:
    known = [latency for (latency,) in rows_of("fct_generations", "latency_ms") if latency]
    expected = sum(latency > sum(known) / len(known) for latency in known)
    plan = counted("generations", "generation_count", field="latency_ms", operator="above",
                   than_mean=True)  # fmt: skip
    assert 0 < expected < len(known)
    assert answer(plan) == expected
    assert "above its mean over all generations" in plan_sentence(plan, world().catalogue)


@pytest.mark.parametrize(("operator", "words"), [("in", "equal to"), ("above", "above")])
def test_as_wide_as_high(operator: str, words: str) -> None:
    sizes = rows_of("fct_generations", "width", "height")
    known = [(width, height) for width, height in sizes if width is not None and height is not None]
    expected = sum(w == h if operator == "in" else w > h for w, h in known)
    plan = counted("generations", "generation_count", field="width", operator=operator,
                   other_field="height")  # fmt: skip
    assert answer(plan) == expected
    assert words in plan_sentence(plan, world().catalogue)


def test_sessions_with_a_generation_of_that_kind() -> None:
    rows = rows_of("fct_generations", "session_id", "width", "height")
    expected = len({session for session, w, h in rows if w is not None and h is not None and w > h})
    plan = counted("sessions", "session_count", field="generations.width", operator="above",
                   other_field="generations.height")  # fmt: skip
    assert answer(plan) == expected


@pytest.mark.parametrize(
    "parts",
    [
        {"field": "latency_ms", "operator": "above", "other_field": "no_such_field"},
        {"field": "user_tier", "operator": "in", "other_field": "region"},
        {"field": "latency_ms", "operator": "above", "other_field": "prompts.char_count"},
        {"field": "hour_of_day", "operator": "above", "than_mean": True},
    ],
)
def test_what_has_no_meaning_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(PlanError):
        plan_sql(counted("generations", "generation_count", **parts), world().catalogue)


def test_one_thing_is_compared_with() -> None:
    with pytest.raises(ValidationError):
        PlanFilter(field="width", operator="above", values=(5,), other_field="height")
    with pytest.raises(ValidationError):
        PlanFilter(field="width", operator="contains", than_mean=True)
