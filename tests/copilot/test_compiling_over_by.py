"""Groups put together within others, shares within a period, and parts of times as fields."""

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import output_columns, plan_sql, validate_plan
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.plan import Having, MeasureUse, PlanFilter, QueryPlan
from genai_session_analyzer.copilot.wording import plan_sentence

COUNT = MeasureUse(name="generation_count")


def plan(entity: str = "generations", **parts: Any) -> QueryPlan:
    return QueryPlan(entity=entity, **parts)  # type: ignore[arg-type]


def rows(asked: QueryPlan) -> list[tuple[Any, ...]]:
    return world().run(plan_sql(asked, world().catalogue))


def sentence(asked: QueryPlan) -> str:
    return plan_sentence(asked, world().catalogue)


def per_day_of(tier: str | None) -> Counter[Any]:
    mine = (each for each in world().generations if each["user_tier"] == tier)
    return Counter(each["requested_date"] for each in mine)


def test_a_mean_per_day_for_each_tier() -> None:
    asked = plan(
        measures=(COUNT,),
        grain="day",
        dimensions=("user_tier",),
        over_groups="mean",
        over_by=("user_tier",),
    )
    tiers = {each["user_tier"] for each in world().generations}
    expected = {tier: per_day_of(tier).total() / len(per_day_of(tier)) for tier in tiers}
    assert dict(rows(asked)) == pytest.approx(expected)
    names = [column.name for column in output_columns(asked, world().catalogue)]
    assert names == ["user_tier", "mean_generation_count"]
    assert sentence(asked) == "Mean per day of the number of generations by user tier, " + (
        "days without generations left out."
    )


def test_users_with_many_rows_are_counted_for_each_tier() -> None:
    asked = plan(
        dimensions=("user_tier", "user_id"),
        over_groups="count",
        over_by=("user_tier",),
        having=(Having(measure=COUNT, operator="above", value=10),),
    )
    counts = Counter((each["user_tier"], each["user_id"]) for each in world().generations)
    expected = Counter(tier for (tier, _), count in counts.items() if count > 10)
    assert dict(rows(asked)) == dict(expected)
    assert "number of distinct user id of generations by user tier" in sentence(asked).lower()


def test_shares_within_each_month_sum_to_one() -> None:
    use = MeasureUse(name="generation_count", transform="share_of_total", within="month")
    found = rows(plan(measures=(use,), grain="month", dimensions=("region",)))
    totals: dict[Any, float] = defaultdict(float)
    for month, _, share in found:
        totals[month] += share
    assert len(totals) > 1
    assert all(total == pytest.approx(1) for total in totals.values())
    counts = Counter((_month(each), each["region"]) for each in world().generations)
    months = Counter(_month(each) for each in world().generations)
    for month, region, share in found:
        assert share == pytest.approx(counts[(month, region)] / months[month])


def _month(each: dict[str, Any]) -> Any:
    return each["requested_at"].date().replace(day=1)


def test_hours_weekdays_and_weekends_choose_rows() -> None:
    morning = PlanFilter(field="hour_of_day", values=(8, 9))
    weekend = PlanFilter(field="weekday", values=("Saturday", "Sunday"))
    moments: list[datetime] = [each["requested_at"] for each in world().generations]
    assert rows(plan(measures=(COUNT,), filters=(morning,))) == [
        (sum(1 for at in moments if at.hour in (8, 9)),)
    ]
    assert rows(plan(measures=(COUNT,), filters=(weekend,))) == [
        (sum(1 for at in moments if at.weekday() > 4),)
    ]
    found = dict(rows(plan(measures=(COUNT,), dimensions=("week_part",))))
    expected = Counter("weekend" if at.weekday() > 4 else "weekday" for at in moments)
    assert found == dict(expected)


def test_the_month_of_signup_groups_generations() -> None:
    found = dict(rows(plan(measures=(COUNT,), dimensions=("users.signup_month",))))
    signup = {user["user_id"]: user["signup_date"] for user in world().users}
    months = Counter(signup[each["user_id"]].replace(day=1) for each in world().generations)
    assert found == dict(months)


@pytest.mark.parametrize(
    ("parts", "problem"),
    [
        ({"over_by": ("region",), "dimensions": ("region",)}, "needs over_groups"),
        (
            {"over_by": ("region",), "over_groups": "mean", "grain": "day"},
            "not among the plan's dimensions",
        ),
        (
            {"over_by": ("region",), "over_groups": "mean", "dimensions": ("region",)},
            "leaves no groups",
        ),
    ],
)
def test_plans_without_meaning_are_refused(parts: dict[str, Any], problem: str) -> None:
    with pytest.raises(PlanError, match=problem):
        validate_plan(plan(measures=(COUNT,), **parts), world().catalogue)


def test_a_share_lies_within_something_grouped_by() -> None:
    use = MeasureUse(name="generation_count", transform="share_of_total", within="month")
    with pytest.raises(PlanError, match="within month"):
        validate_plan(plan(measures=(use,), dimensions=("region",)), world().catalogue)
