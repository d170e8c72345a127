"""Plans whose SQL or rows are written down by hand."""

from collections import Counter
from datetime import datetime
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import output_columns, plan_sql
from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    Order,
    PlanFilter,
    QueryPlan,
    TimeRange,
)

COUNT = MeasureUse(name="generation_count")
FIRST_WEEK = TimeRange(start=datetime(2024, 2, 26), end=datetime(2024, 3, 4))
SECOND_WEEK = TimeRange(start=datetime(2024, 3, 4), end=datetime(2024, 3, 11))


def plan(entity: str = "generations", **parts: Any) -> QueryPlan:
    return QueryPlan(entity=entity, **parts)  # type: ignore[arg-type]


def sql(asked: QueryPlan) -> str:
    return plan_sql(asked, world().catalogue)


def rows(asked: QueryPlan) -> list[tuple[Any, ...]]:
    return world().run(sql(asked))


def of_sessions(keep: Any) -> set[str]:
    return {each["session_id"] for each in world().generations if keep(each)}


def test_a_rate_by_group_in_a_week() -> None:
    asked = plan(
        measures=(MeasureUse(name="success_rate"),),
        dimensions=("user_tier",),
        filters=(PlanFilter(field="device_type", values=("mobile",)),),
        time=SECOND_WEEK,
    )
    assert sql(asked) == (
        "SELECT\n"
        "  user_tier,\n"
        "  COUNT(*) FILTER (WHERE status = 'success') / NULLIF(COUNT(status), 0) AS success_rate\n"
        "FROM fct_generations\n"
        "WHERE requested_date BETWEEN DATE '2024-03-04' AND DATE '2024-03-10'\n"
        "  AND device_type = 'mobile'\n"
        "GROUP BY user_tier\n"
        "ORDER BY success_rate DESC, user_tier"
    )


def test_a_field_of_the_user_joins_the_users() -> None:
    asked = plan(measures=(COUNT,), dimensions=("users.cohort_week",), grain="month")
    assert sql(asked) == (
        "SELECT\n"
        "  DATE_TRUNC('month', generations.requested_date)::DATE AS month,\n"
        "  users.cohort_week,\n"
        "  COUNT(*) AS generation_count\n"
        "FROM fct_generations AS generations\n"
        "LEFT JOIN dim_users AS users ON users.user_id = generations.user_id\n"
        "GROUP BY month, users.cohort_week\n"
        "ORDER BY month, cohort_week"
    )


def test_a_group_that_is_unknown_is_shown_as_null() -> None:
    expected = Counter(each["model_version"] for each in world().generations)
    assert None in expected
    assert dict(rows(plan(measures=(COUNT,), dimensions=("model_version",)))) == expected


def test_two_weeks_are_compared() -> None:
    asked = plan(measures=(COUNT,), time=SECOND_WEEK, comparison=FIRST_WEEK)
    [(now, before, change)] = rows(asked)
    days = [each["requested_date"].day for each in world().generations]
    assert before == sum(1 for day in days if day >= 26 or day <= 3)
    assert now == sum(1 for day in days if 4 <= day <= 10)
    assert change == now - before
    names = [column.name for column in output_columns(asked, world().catalogue)]
    assert names == ["generation_count", "generation_count_before", "generation_count_change"]


def test_shares_are_of_all_groups_whatever_the_limit() -> None:
    share = MeasureUse(name="generation_count", transform="share_of_total")
    every = rows(plan(measures=(share,), dimensions=("region",)))
    assert sum(row[1] for row in every) == pytest.approx(1)
    assert rows(plan(measures=(share,), dimensions=("region",), limit=2)) == every[:2]


def test_the_first_two_within_each_tier() -> None:
    asked = plan(
        measures=(COUNT,), dimensions=("user_tier", "region"), limit=2, limit_within="user_tier"
    )
    counts = Counter((each["user_tier"], each["region"]) for each in world().generations)
    expected = []
    for tier in ("enterprise", "free", "pro"):
        here = sorted((-count, region) for (of, region), count in counts.items() if of == tier)
        expected += [(tier, region, -count) for count, region in here[:2]]
    assert rows(asked) == expected


def test_having_comes_before_the_first_within() -> None:
    share = MeasureUse(name="generation_count", transform="share_of_total")
    most = Having(measure=share, operator="below", value=0.1)
    asked = plan(
        measures=(COUNT,),
        dimensions=("user_tier", "region"),
        having=(most,),
        limit=1,
        limit_within="user_tier",
    )
    counts = Counter((each["user_tier"], each["region"]) for each in world().generations)
    small = {key: count for key, count in counts.items() if count < 0.1 * counts.total()}
    assert len(small) < len(counts)
    expected = []
    for tier in sorted({tier for tier, _ in small}):
        best = min((-count, region) for (of, region), count in small.items() if of == tier)
        expected.append((tier, best[1], -best[0]))
    assert rows(asked) == expected


def test_the_mean_per_day_is_over_days_with_rows() -> None:
    filters = (PlanFilter(field="status", values=("timeout",)),)
    days = Counter(
        each["requested_date"] for each in world().generations if each["status"] == "timeout"
    )
    assert len(days) < 20
    asked = plan(measures=(COUNT,), grain="day", over_groups="mean", filters=filters)
    assert rows(asked) == [(pytest.approx(days.total() / len(days)),)]


@pytest.mark.parametrize(
    ("reduction", "expected"), [("count", len), ("max", max), ("min", min), ("sum", sum)]
)
def test_groups_are_put_together(reduction: str, expected: Any) -> None:
    users = Counter(each["user_id"] for each in world().generations)
    many = [count for count in users.values() if count > 30]
    asked = plan(
        measures=(COUNT,),
        dimensions=("user_id",),
        having=(Having(measure=COUNT, operator="above", value=30),),
        over_groups=reduction,
    )
    assert rows(asked) == [(expected(many),)]


def test_unknown_is_no_group_where_groups_are_counted() -> None:
    models = {each["model_version"] for each in world().generations} - {None}
    alone = plan(dimensions=("model_version",), over_groups="count")
    assert rows(alone) == [(len(models),)]
    measured = plan(measures=(COUNT,), dimensions=("model_version",), over_groups="count")
    assert rows(measured) == [(len(models),)]


def test_the_mean_over_the_ten_best() -> None:
    users = Counter(each["user_id"] for each in world().generations)
    best = sorted(users.values(), reverse=True)[:3]
    asked = plan(measures=(COUNT,), dimensions=("user_id",), limit=3, over_groups="mean")
    assert rows(asked) == [(pytest.approx(sum(best) / 3),)]


def test_weekdays_start_on_monday_and_have_names() -> None:
    found = rows(plan(measures=(COUNT,), grain="weekday"))
    assert [row[0] for row in found][:2] == ["Monday", "Tuesday"]
    assert len(found) == 7
    running = MeasureUse(name="generation_count", transform="running_total")
    assert rows(plan(measures=(running,), grain="weekday"))[-1] == ("Sunday", 400)


def test_sessions_with_a_generation_that_matches_all_conditions() -> None:
    filters = (
        PlanFilter(field="generations.status", values=("timeout",)),
        PlanFilter(field="generations.domain", values=("portrait",)),
    )
    expected = of_sessions(lambda g: g["status"] == "timeout" and g["domain"] == "portrait")
    assert expected
    asked = plan("sessions", measures=(MeasureUse(name="session_count"),), filters=filters)
    assert rows(asked) == [(len(expected),)]


def test_sessions_without_any_timeout() -> None:
    none = PlanFilter(field="generations.status", values=("timeout",), negated=True)
    asked = plan("sessions", measures=(MeasureUse(name="session_count"),), filters=(none,))
    bad = of_sessions(lambda g: g["status"] == "timeout")
    assert rows(asked) == [(len(of_sessions(lambda g: True)) - len(bad),)]


def test_prompts_never_asked_by_free_users_despite_generations_without_prompt() -> None:
    none = PlanFilter(field="generations.user_tier", values=("free",), negated=True)
    asked = plan("prompts", measures=(MeasureUse(name="prompt_count"),), filters=(none,))
    free = {g["prompt_id"] for g in world().generations if g["user_tier"] == "free"}
    assert None in free
    assert rows(asked) == [(len({p["prompt_id"] for p in world().prompts} - free),)]


def test_a_session_counts_once_for_each_model_it_used() -> None:
    asked = plan(
        "sessions",
        measures=(MeasureUse(name="session_count"), MeasureUse(name="mean_friction_score")),
        dimensions=("generations.model_version",),
        filters=(PlanFilter(field="generations.domain", values=("portrait",)),),
        order=(Order(by="model_version", descending=False),),
    )
    scores = {each["session_id"]: each["friction_score"] for each in world().sessions}
    expected = []
    for model in ("v1.5", "v2.0", "v2.1", None):
        ids = of_sessions(lambda g, m=model: g["model_version"] == m and g["domain"] == "portrait")
        known = [scores[each] for each in ids if scores[each] is not None]
        expected.append((model, len(ids), pytest.approx(sum(known) / len(known))))
    assert rows(asked) == expected


def test_a_measure_over_users_with_a_condition_on_their_sessions() -> None:
    only = (PlanFilter(field="sessions.friction_band", values=("high",)),)
    asked = plan("users", measures=(MeasureUse(name="user_count", only=only),))
    expected = {s["user_id"] for s in world().sessions if s["friction_band"] == "high"}
    assert rows(asked) == [(len(expected),)]


def test_rows_are_listed_in_a_full_order() -> None:
    asked = plan(
        columns=("generation_id", "users.signup_date", "latency_ms"),
        filters=(PlanFilter(field="latency_ms", operator="is_known"),),
        order=(Order(by="cost_credits"),),
        limit=5,
    )
    known = [g for g in world().generations if g["latency_ms"] is not None]
    best = sorted(known, key=lambda g: (-(g["cost_credits"] or -1), g["generation_id"]))[:5]
    expected = [(g["generation_id"], g["users.signup_date"], g["latency_ms"]) for g in best]
    assert rows(asked) == expected


def test_without_an_order_the_newest_rows_come_first() -> None:
    asked = plan("users", columns=("user_id", "signup_date"))
    users = sorted(world().users, key=lambda u: u["user_id"])
    users.sort(key=lambda u: u["signup_date"], reverse=True)
    assert rows(asked) == [(u["user_id"], u["signup_date"]) for u in users]


def test_dimensions_alone_are_their_values() -> None:
    assert rows(plan(dimensions=("model_version",))) == [("v1.5",), ("v2.0",), ("v2.1",), (None,)]


def test_times_within_a_day_are_compared_with_the_time() -> None:
    time = TimeRange(start=datetime(2024, 3, 4, 7, 30), end=datetime(2024, 3, 4, 9))
    asked = plan(measures=(COUNT,), time=time)
    assert "requested_at >= TIMESTAMP '2024-03-04 07:30:00'" in sql(asked)
    moments = [each["requested_at"] for each in world().generations]
    assert rows(asked) == [(sum(1 for each in moments if time.start <= each < time.end),)]


def test_one_day_is_an_equality() -> None:
    day = TimeRange(start=datetime(2024, 3, 4), end=datetime(2024, 3, 5))
    assert "WHERE requested_date = DATE '2024-03-04'" in sql(plan(measures=(COUNT,), time=day))
    users = sql(plan("users", measures=(MeasureUse(name="user_count"),), time=day))
    assert "WHERE signup_date = DATE '2024-03-04'" in users


def test_quotes_in_values_stay_values() -> None:
    text = "x'); DROP TABLE dim_users; --"
    asked = plan(
        measures=(MeasureUse(name="prompt_count"),),
        entity="prompts",
        filters=(PlanFilter(field="prompt_text", operator="contains", values=(text,)),),
    )
    assert rows(asked) == [(0,)]
    asked = plan(measures=(COUNT,), filters=(PlanFilter(field="user_id", values=(text,)),))
    assert rows(asked) == [(0,)]


def test_two_uses_of_one_measure_have_two_names() -> None:
    uses = (
        MeasureUse(
            name="generation_count", only=(PlanFilter(field="status", values=("timeout",)),)
        ),
        MeasureUse(name="generation_count", transform="share_of_total"),
        COUNT,
    )
    asked = plan(measures=uses, dimensions=("region",))
    names = [column.name for column in output_columns(asked, world().catalogue)]
    expected = ["generation_count_timeout", "generation_count_share", "generation_count"]
    assert names == ["region", *expected]
    assert {column.unit for column in output_columns(asked, world().catalogue)} == {
        "",
        "generations",
        "rate",
    }
