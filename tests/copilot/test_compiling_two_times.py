"""Changes between two times, ratios of two values, absence in a time, ranks of averages."""

from collections import Counter, defaultdict
from datetime import date, datetime
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import output_columns, plan_sql, validate_plan
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    Order,
    PlanFilter,
    QueryPlan,
    TimeRange,
)
from genai_session_analyzer.copilot.wording import plan_sentence

COUNT = MeasureUse(name="generation_count")
FIRST_WEEK = TimeRange(start=datetime(2024, 3, 4), end=datetime(2024, 3, 11))
SECOND_WEEK = TimeRange(start=datetime(2024, 3, 11), end=datetime(2024, 3, 18))
MORNING = TimeRange(start=datetime(2024, 3, 5), end=datetime(2024, 3, 5, 12))
EVENING = TimeRange(start=datetime(2024, 3, 5, 12), end=datetime(2024, 3, 6))
WEEKS = {"time": SECOND_WEEK, "comparison": FIRST_WEEK}


def plan(entity: str = "generations", **parts: Any) -> QueryPlan:
    return QueryPlan(entity=entity, **parts)  # type: ignore[arg-type]


def rows(asked: QueryPlan) -> list[tuple[Any, ...]]:
    validate_plan(asked, world().catalogue)
    return world().run(plan_sql(asked, world().catalogue))


def sentence(asked: QueryPlan) -> str:
    return plan_sentence(asked, world().catalogue)


def counts_in(week: TimeRange, field: str) -> Counter[Any]:
    assert week.start
    assert week.end
    return Counter(
        each[field] for each in world().generations if week.start <= each["requested_at"] < week.end
    )


@pytest.mark.parametrize("transform", ["change", "relative_change"])
def test_only_the_change_between_two_times_is_shown(transform: Any) -> None:
    use = MeasureUse(name="generation_count", transform=transform)
    asked = plan(measures=(use,), dimensions=("region",), **WEEKS)
    now, before = counts_in(SECOND_WEEK, "region"), counts_in(FIRST_WEEK, "region")
    assert before
    expected = {
        region: now[region] - before[region]
        if transform == "change"
        else now[region] / before[region] - 1
        for region in {*now, *before}
        if before[region] or transform == "change"
    }
    found = {region: value for region, value in rows(asked) if value is not None}
    assert found == pytest.approx(expected)
    names = [column.name for column in output_columns(asked, world().catalogue)]
    assert names == ["region", f"generation_count_{transform}"]
    words = "Change" if transform == "change" else "Relative change"
    assert sentence(asked).startswith(f"{words} of the number of generations by region, ")


def test_groups_are_ranked_by_their_change() -> None:
    use = MeasureUse(name="generation_count", transform="change")
    order = (Order(by="generation_count_change", descending=False),)
    asked = plan(measures=(use,), dimensions=("region",), order=order, limit=1, **WEEKS)
    now, before = counts_in(SECOND_WEEK, "region"), counts_in(FIRST_WEEK, "region")
    ((_, found),) = rows(asked)
    assert found == min(now[region] - before[region] for region in {*now, *before})


def test_rows_of_one_value_over_rows_of_another() -> None:
    mobile, desktop = (PlanFilter(field="device_type", values=(v,)) for v in ("mobile", "desktop"))
    use = MeasureUse(name="generation_count", only=(mobile,), over="generation_count",
                     over_only=(desktop,))  # fmt: skip
    asked = plan(measures=(use,), dimensions=("user_tier",))
    counts = Counter((each["user_tier"], each["device_type"]) for each in world().generations)
    expected = {
        tier: counts[(tier, "mobile")] / counts[(tier, "desktop")]
        for tier in {tier for tier, _ in counts}
        if counts[(tier, "desktop")]
    }
    assert {key: value for key, value in rows(asked) if value is not None} == pytest.approx(
        expected
    )
    assert "device type mobile per number of generations with device type desktop" in sentence(
        asked
    )


def test_users_without_a_generation_in_a_time() -> None:
    absent = PlanFilter(
        field="generations.requested_at",
        operator="within",
        negated=True,
        values=(MORNING.start, MORNING.end),
    )  # type: ignore[arg-type]
    asked = plan("users", measures=(MeasureUse(name="user_count"),), filters=(absent,))
    active = set(counts_in(MORNING, "user_id"))
    assert 0 < len(active) < len(world().users)
    assert rows(asked) == [(sum(1 for user in world().users if user["user_id"] not in active),)]
    assert "without any generation of requested at from 2024-03-05" in sentence(asked)


def test_of_the_users_of_one_time_the_part_that_was_there_in_another() -> None:
    first, second = (
        PlanFilter(
            field="generations.requested_at", operator="within", values=(week.start, week.end)
        )  # type: ignore[arg-type]
        for week in (MORNING, EVENING)
    )
    use = MeasureUse(name="user_count", only=(second,), transform="share_where")
    found = rows(plan("users", measures=(use,), filters=(first,)))
    before, after = (set(counts_in(week, "user_id")) for week in (MORNING, EVENING))
    assert 0 < len(before & after) < len(before)
    assert found == [(pytest.approx(len(before & after) / len(before)),)]


@pytest.mark.parametrize("descending", [True, False])
def test_the_first_of_the_groups_by_their_mean_per_day(descending: bool) -> None:
    order = (Order(by="generation_count", descending=descending),)
    asked = plan(measures=(COUNT,), grain="day", dimensions=("region",), over_groups="mean",
                 over_by=("region",), order=order, limit=1)  # fmt: skip
    days: dict[str, Counter[date]] = defaultdict(Counter)
    for each in world().generations:
        days[each["region"]][each["requested_date"]] += 1
    means = {region: found.total() / len(found) for region, found in days.items()}
    ((region, mean),) = rows(asked)
    best = max(means.values()) if descending else min(means.values())
    assert mean == pytest.approx(best)
    assert means[region] == pytest.approx(best)


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        (
            {
                "measures": (COUNT,),
                "dimensions": ("region",),
                "having": (Having(measure=MeasureUse(name="generation_count", transform="change"),
                                  operator="above", value=1),),
                **WEEKS,
            },
            "Of two times",
        ),
        (
            {"measures": (MeasureUse(
                name="generation_count", over_only=(PlanFilter(field="region", values=("asia",)),)
            ),)},
            "needs a measure to divide by",
        ),
        (
            {"measures": (COUNT,), "filters": (PlanFilter(field="region", operator="within",
                                                          values=("asia", "europe")),)},
            "region has no order",
        ),
    ],
)  # fmt: skip
def test_what_has_no_meaning_is_refused(parts: dict[str, Any], message: str) -> None:
    with pytest.raises(PlanError, match=message):
        validate_plan(plan(**parts), world().catalogue)


def test_a_range_has_two_ends() -> None:
    with pytest.raises(ValueError, match="within of requested_at with 1 values"):
        PlanFilter(field="requested_at", operator="within", values=(datetime(2024, 3, 4),))
