"""Ranges, first rows of each value, days between moments, parts of the day, any percentile."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

import pytest
from plan_oracle import quantile
from plan_world import world
from pydantic import ValidationError

from genai_session_analyzer.copilot.bucket import Bucket
from genai_session_analyzer.copilot.compiling import output_columns, plan_sql, validate_plan
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.plan import MeasureUse, Order, PlanFilter, QueryPlan

COUNT = MeasureUse(name="generation_count")
USERS = MeasureUse(name="user_count")


def plan(entity: str = "generations", **parts: Any) -> QueryPlan:
    return QueryPlan(entity=entity, **parts)  # type: ignore[arg-type]


def rows(asked: QueryPlan) -> list[tuple[Any, ...]]:
    return world().run(plan_sql(asked, world().catalogue))


def _day(moment: datetime | date | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def test_a_number_is_counted_by_ranges() -> None:
    asked = plan(
        measures=(COUNT,),
        dimensions=("latency_ms",),
        buckets=(Bucket(field="latency_ms", width=500),),
        order=(Order(by="latency_ms", descending=False),),
    )
    values = [each["latency_ms"] for each in world().generations]
    expected = Counter(None if value is None else value // 500 * 500 for value in values)
    found = rows(asked)
    assert dict(found) == dict(expected)
    lower_ends = [low for low, _ in found if low is not None]
    assert lower_ends == sorted(lower_ends)
    names = [column.name for column in output_columns(asked, world().catalogue)]
    assert names == ["latency_ms_from", "generation_count"]


def test_edges_begin_at_zero() -> None:
    edges = (1.0, 3.0, 6.0)
    asked = plan(
        "users",
        measures=(USERS,),
        dimensions=("total_generations",),
        buckets=(Bucket(field="total_generations", edges=edges),),
    )
    values = [each["total_generations"] for each in world().users]
    expected = Counter(max([0, *(edge for edge in edges if edge <= value)]) for value in values)
    assert dict(rows(asked)) == dict(expected)


@pytest.mark.parametrize(
    "parts",
    [{"width": None}, {"width": 5, "edges": (1,)}, {"edges": (2, 1)}, {"width": 0}],
)
def test_ranges_need_one_rising_meaning(parts: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Bucket(field="latency_ms", **parts)


@pytest.mark.parametrize(("dimension", "field"), [("region", "latency_ms"), ("region", "region")])
def test_only_grouped_numbers_have_ranges(dimension: str, field: str) -> None:
    asked = plan(
        measures=(COUNT,), dimensions=(dimension,), buckets=(Bucket(field=field, width=5),)
    )
    with pytest.raises(PlanError, match="anges"):
        validate_plan(asked, world().catalogue)


@pytest.mark.parametrize(("newest", "limit"), [(True, 1), (False, 2)])
def test_the_first_rows_of_each_model_are_listed(newest: bool, limit: int) -> None:
    asked = plan(
        columns=("model_version", "generation_id"),
        order=(Order(by="requested_at", descending=newest),),
        limit=limit,
        limit_within="model_version",
        filters=(PlanFilter(field="region", values=("asia",)),),
    )
    of_model: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for each in world().generations:
        if each["region"] == "asia":
            of_model[each["model_version"]].append(each)
    expected = set()
    for model, found in of_model.items():
        found.sort(key=lambda each: each["generation_id"])
        found.sort(key=lambda each: each["requested_at"], reverse=newest)
        expected |= {(model, each["generation_id"]) for each in found[:limit]}
    assert set(rows(asked)) == expected
    assert len(rows(asked)) == len(expected)


def test_rows_are_limited_within_a_field_of_theirs() -> None:
    asked = plan("users", columns=("user_id",), limit=1, limit_within="generations.status")
    with pytest.raises(PlanError, match="many values"):
        validate_plan(asked, world().catalogue)
    with pytest.raises(PlanError, match="needs a limit"):
        validate_plan(plan(columns=("user_id",), limit_within="region"), world().catalogue)


def test_users_by_days_to_their_first_generation() -> None:
    days = [
        (first - each["signup_date"]).days
        for each in world().users
        if (first := _day(each["first_generation_at"])) is not None
    ]
    mean = plan("users", measures=(MeasureUse(name="mean_days_to_first_generation"),))
    assert rows(mean)[0][0] == pytest.approx(sum(days) / len(days))
    limit = sorted(days)[len(days) // 2]
    early = PlanFilter(field="days_to_first_generation", operator="at_most", values=(limit,))
    found = rows(plan("users", measures=(USERS,), filters=(early,)))
    assert found == [(sum(1 for each in days if each <= limit),)]


def test_days_since_the_last_generation_are_counted_from_now() -> None:
    today = world().facts.newest_at.date()
    days = [
        (today - last).days
        for each in world().users
        if (last := _day(each["last_generation_at"])) is not None
    ]
    longest = plan("users", measures=(MeasureUse(name="max_days_since_last_generation"),))
    assert rows(longest) == [(max(days),)]


def test_generations_by_days_after_signup() -> None:
    signups = {each["user_id"]: each["signup_date"] for each in world().users}
    days = [
        (each["requested_date"] - signups[each["user_id"]]).days
        for each in world().generations
        if signups.get(each["user_id"]) is not None
    ]
    limit = sorted(days)[len(days) // 3]
    early = PlanFilter(field="days_after_signup", operator="below", values=(limit,))
    found = rows(plan(measures=(COUNT,), filters=(early,)))
    assert found == [(sum(1 for each in days if each < limit),)]


def test_users_by_the_month_of_their_first_generation() -> None:
    months = Counter(
        None if (first := _day(each["first_generation_at"])) is None else first.replace(day=1)
        for each in world().users
    )
    found = rows(plan("users", measures=(USERS,), dimensions=("first_generation_month",)))
    assert dict(found) == dict(months)


def test_a_day_has_four_parts() -> None:
    hours = {**dict.fromkeys(range(6, 12), "morning"), **dict.fromkeys(range(12, 18), "afternoon"),
             **dict.fromkeys(range(18, 22), "evening")}  # fmt: skip
    expected = Counter(
        hours.get(each["requested_at"].hour, "night") for each in world().generations
    )
    assert dict(rows(plan(measures=(COUNT,), dimensions=("day_part",)))) == dict(expected)
    evening = PlanFilter(field="day_part", values=("evening",))
    assert rows(plan(measures=(COUNT,), filters=(evening,))) == [(expected["evening"],)]


@pytest.mark.parametrize("percent", [1, 33, 80, 98])
def test_any_percentile_of_a_number(percent: int) -> None:
    asked = plan(measures=(MeasureUse(name=f"p{percent}_latency_ms"),), dimensions=("user_tier",))
    of_tier: dict[Any, list[Any]] = defaultdict(list)
    for each in world().generations:
        of_tier[each["user_tier"]] += [each["latency_ms"]] if each["latency_ms"] is not None else []
    expected = {tier: quantile(values, percent / 100) for tier, values in of_tier.items()}
    assert dict(rows(asked)) == pytest.approx(expected)


@pytest.mark.parametrize("name", ["p0_latency_ms", "p100_latency_ms", "p50_region", "p80_nothing"])
def test_other_names_are_no_percentiles(name: str) -> None:
    with pytest.raises(PlanError):
        validate_plan(plan(measures=(MeasureUse(name=name),)), world().catalogue)
