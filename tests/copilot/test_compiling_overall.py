"""Groups against all rows, numbers per many and ranks in longer periods, as counted by hand."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import PlanError, plan_sql
from genai_session_analyzer.copilot.plan import QueryPlan
from genai_session_analyzer.copilot.wording import plan_sentence


def answer(**parts: Any) -> list[tuple[Any, ...]]:
    here = world()
    return here.run(plan_sql(QueryPlan.model_validate(parts), here.catalogue))


def latencies(**wanted: str) -> dict[str, list[float]]:
    found: dict[str, list[float]] = defaultdict(list)
    for row in world().generations:
        if row["latency_ms"] is None or any(row[key] != value for key, value in wanted.items()):
            continue
        found[row["model_version"]].append(row["latency_ms"])
    return found


def mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def above(use: str, **parts: Any) -> dict[str, Any]:
    having = {"measure": {"name": use}, "operator": "above", "than_overall": True}
    return {"entity": "generations", "measures": ({"name": use},), "having": (having,), **parts}


@pytest.mark.parametrize("region", [None, "europe"])
def test_models_slower_than_all_of_them_together(region: str | None) -> None:
    by_model = latencies(**({"region": region} if region else {}))
    whole = mean([each for numbers in by_model.values() for each in numbers])
    expected = {model for model, numbers in by_model.items() if mean(numbers) > whole}
    filters = ({"field": "region", "values": (region,)},) if region else ()
    rows = answer(**above("mean_latency_ms", dimensions=("model_version",), filters=filters))
    assert 0 < len(expected) < len(by_model)
    assert {row[0] for row in rows} == expected


def test_such_groups_are_counted() -> None:
    by_model = latencies()
    whole = mean([each for numbers in by_model.values() for each in numbers])
    expected = sum(mean(numbers) > whole for numbers in by_model.values())
    parts = above("mean_latency_ms", dimensions=("model_version",), measures=())
    assert answer(**parts, over_groups="count") == [(expected,)]


def test_the_sentence_says_so() -> None:
    plan = QueryPlan.model_validate(above("error_rate", dimensions=("region",)))
    assert "above that of all of them together" in plan_sentence(plan, world().catalogue)


@pytest.mark.parametrize(
    "parts",
    [
        above("generation_count", dimensions=("region",)),
        above("total_cost_credits", dimensions=("region",)),
        {"entity": "sessions", "measures": ({"name": "session_count"},),
         "dimensions": ("generations.model_version",),
         "having": ({"measure": {"name": "mean_friction_score"}, "operator": "above",
                     "than_overall": True},)},
    ],
)  # fmt: skip
def test_what_all_rows_together_do_not_bound_is_refused(parts: dict[str, Any]) -> None:
    with pytest.raises(PlanError):
        answer(**parts)


def test_failures_per_hundred_generations() -> None:
    rows = world().generations
    failed = sum(row["status"] not in (None, "success") for row in rows)
    use = {"name": "failure_count", "over": "generation_count", "per_many": 100}
    ((found,),) = answer(entity="generations", measures=(use,))
    assert found == pytest.approx(100 * failed / len(rows))
    with pytest.raises(PlanError):
        answer(entity="generations", measures=({"name": "failure_count", "per_many": 100},))


def test_the_busiest_day_of_each_week() -> None:
    counts: dict[date, int] = defaultdict(int)
    for row in world().generations:
        counts[row["requested_at"].date()] += 1
    weeks: dict[date, list[date]] = defaultdict(list)
    for day in sorted(counts):
        weeks[day - timedelta(days=day.weekday())].append(day)
    expected = [max(days, key=lambda day: counts[day]) for days in weeks.values()]
    plan = {"entity": "generations", "measures": ({"name": "generation_count"},), "grain": "day",
            "limit": 1, "limit_within": "week"}  # fmt: skip
    rows = answer(**plan)
    assert [row[0] for row in rows] == expected
    assert [row[1] for row in rows] == [counts[day] for day in expected]
    with pytest.raises(PlanError):
        answer(**plan | {"grain": "week", "limit_within": "day"})
