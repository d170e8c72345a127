"""What part of the groups meets a bound, and what part of the total the first few have."""

from collections import Counter, defaultdict
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import output_columns, plan_sql, validate_plan
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.plan import Having, MeasureUse, Order, QueryPlan
from genai_session_analyzer.copilot.wording import plan_sentence

COUNT = MeasureUse(name="generation_count")
MANY = Having(measure=COUNT, operator="above", value=20)
FAILING = Having(measure=MeasureUse(name="error_rate"), operator="above", value=0.3)


def plan(**parts: Any) -> QueryPlan:
    return QueryPlan(entity="generations", **parts)


def rows(asked: QueryPlan) -> list[tuple[Any, ...]]:
    return world().run(plan_sql(asked, world().catalogue))


def test_the_share_of_days_with_many_generations() -> None:
    asked = plan(measures=(COUNT,), grain="day", having=(MANY,), over_groups="share")
    days = Counter(each["requested_date"] for each in world().generations)
    met = sum(1 for count in days.values() if count > 20)
    assert 0 < met < len(days)
    assert rows(asked) == [(pytest.approx(met / len(days)),)]
    assert [each.name for each in output_columns(asked, world().catalogue)] == ["group_share"]
    sentence = plan_sentence(asked, world().catalogue)
    assert sentence.startswith("Share of days with number of generations above 20,")


def test_days_whose_number_is_unknown_are_left_out() -> None:
    asked = plan(measures=(COUNT,), grain="day", having=(FAILING,), over_groups="share")
    by_day: dict[Any, list[bool]] = defaultdict(list)
    for each in world().generations:
        if each["status"] is not None:
            by_day[each["requested_date"]].append(each["status"] != "success")
    met = [sum(failed) / len(failed) > 0.3 for failed in by_day.values()]
    assert 0 < sum(met) < len(met)
    assert rows(asked) == [(pytest.approx(sum(met) / len(met)),)]


def test_the_share_of_days_for_each_tier() -> None:
    asked = plan(
        measures=(COUNT,), grain="day", dimensions=("user_tier",), having=(MANY,),
        over_groups="share", over_by=("user_tier",),
    )  # fmt: skip
    counts = Counter((each["user_tier"], each["requested_date"]) for each in world().generations)
    met: dict[Any, list[bool]] = defaultdict(list)
    for (tier, _), count in counts.items():
        met[tier].append(count > 20)
    assert dict(rows(asked)) == pytest.approx({tier: sum(m) / len(m) for tier, m in met.items()})


def test_what_the_three_busiest_users_have_of_all() -> None:
    use = MeasureUse(name="generation_count", transform="share_of_total")
    asked = plan(
        measures=(use,), dimensions=("user_id",), over_groups="sum", limit=3,
        order=(Order(by="generation_count"),),
    )  # fmt: skip
    counts = Counter(each["user_id"] for each in world().generations)
    top = sum(count for _, count in counts.most_common(3))
    assert rows(asked) == [(pytest.approx(top / counts.total()),)]


@pytest.mark.parametrize("parts", [{}, {"having": (MANY,), "limit": 3}])
def test_a_share_of_groups_needs_a_bound_and_no_limit(parts: dict[str, Any]) -> None:
    asked = plan(measures=(COUNT,), grain="day", over_groups="share", **parts)
    with pytest.raises(PlanError, match="needs having"):
        validate_plan(asked, world().catalogue)
