"""Random plans: they compile, DuckDB runs them, and plain Python finds the same rows."""

import random
import time
from datetime import datetime, timedelta
from typing import Any

import pytest
from plan_oracle import MEASURES, answer
from plan_world import FIRST_DAY, world

from genai_session_analyzer.copilot.compiling import (
    output_columns,
    plan_sql,
)
from genai_session_analyzer.copilot.guard import allowed_in, check_sql
from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    Order,
    PlanFilter,
    QueryPlan,
    TimeRange,
)
from genai_session_analyzer.copilot.wording import plan_definitions, plan_sentence

PLANS = 400
MEASURE_NAMES = tuple(MEASURES)
DIMENSIONS = (
    "user_tier",
    "model_version",
    "status",
    "is_success",
    "users.signup_date",
    "prompts.prompt_length_category",
    "sessions.friction_band",
    "domain",
    "cluster_title",
)
GRAINS = ("hour", "day", "week", "month", "quarter", "year", "weekday", "hour_of_day")
TRANSFORMS = ("share_of_total", "running_total", "moving_average_7", "change", "relative_change")
FILTERS = (
    PlanFilter(field="user_tier", values=("free", "pro")),
    PlanFilter(field="status", operator="not_in", values=("timeout",)),
    PlanFilter(field="status", operator="is_unknown"),
    PlanFilter(field="latency_ms", operator="above", values=(3000,)),
    PlanFilter(field="cost_credits", operator="at_most", values=(1.5,)),
    PlanFilter(field="is_downloaded", values=(True,)),
    PlanFilter(field="is_downloaded", operator="not_in", values=(True,)),
    PlanFilter(field="feedback", operator="is_known"),
    PlanFilter(field="domain", values=("portrait", "animal")),
    PlanFilter(field="cluster_title", values=("cluster 1",)),
    PlanFilter(field="prompts.prompt_text", operator="contains", values=("100% BLUE, number 1",)),
    PlanFilter(field="users.total_generations", operator="at_least", values=(20,)),
)
OPERATORS = ("at_least", "above", "at_most", "below")


def random_plan(seed: int) -> QueryPlan:
    chance = random.Random(seed)  # noqa: S311  (plans for tests)
    comparison = some_time(chance) if chance.random() < 0.15 else None
    grain = chance.choice(GRAINS) if comparison is None and chance.random() < 0.4 else None
    dimensions = tuple(chance.sample(DIMENSIONS, chance.choice([0, 1, 1, 2])))
    measures = tuple(
        use(chance, name, grain, comparison)
        for name in chance.sample(MEASURE_NAMES, chance.choice([1, 1, 2]))
    )
    having = ()
    if (grain or dimensions) and chance.random() < 0.3:
        count = Having(
            measure=use(chance, "generation_count", grain, comparison),
            operator=chance.choice(OPERATORS),
            value=chance.choice([0.1, 3, 20]),
        )
        having = (count,)
    plan = QueryPlan(
        entity="generations",
        measures=measures,
        dimensions=dimensions,
        grain=grain,
        filters=tuple(chance.sample(FILTERS, chance.choice([0, 1, 2]))),
        time=some_time(chance) if comparison or chance.random() < 0.5 else None,
        comparison=comparison,
        having=having,
        limit=chance.choice([None, None, 1, 3]) if grain or dimensions else None,
    )
    if chance.random() < 0.3 and (grain or dimensions):
        name = output_columns(plan, world().catalogue)[-1].name
        plan = plan.model_copy(
            update={"order": (Order(by=name, descending=chance.random() < 0.5),)}
        )
    return plan


def use(chance: random.Random, name: str, grain: Any, comparison: Any) -> MeasureUse:
    only = tuple(chance.sample(FILTERS, chance.choice([0, 0, 1])))
    adds_up = name in ("generation_count", "failure_count", "total_cost_credits")
    if only and adds_up and chance.random() < 0.5:
        return MeasureUse(name=name, only=only, transform="share_where")
    allowed = [] if comparison else list(TRANSFORMS[:1] if adds_up else [])
    if grain and not comparison:
        allowed += TRANSFORMS[1:] if adds_up else TRANSFORMS[2:]
    transform = chance.choice(allowed) if allowed and chance.random() < 0.4 else "value"
    return MeasureUse(name=name, only=only, transform=transform)


def some_time(chance: random.Random) -> TimeRange:
    start = FIRST_DAY + timedelta(days=chance.randrange(15))
    if chance.random() < 0.3:
        start += timedelta(hours=7, minutes=30)
    end = start + timedelta(days=chance.randrange(1, 9))
    kind = chance.random()
    if kind < 0.15:
        return TimeRange(start=start)
    return TimeRange(end=end) if kind < 0.3 else TimeRange(start=start, end=end)


def close(found: list[tuple[Any, ...]], expected: list[tuple[Any, ...]]) -> None:
    assert len(found) == len(expected)
    for one, other in zip(found, expected, strict=True):
        for value, wanted in zip(one, other, strict=True):
            is_number = isinstance(wanted, int | float) and not isinstance(wanted, bool)
            if is_number and value is not None:
                assert float(value) == pytest.approx(wanted, rel=1e-9, abs=1e-6)
            else:
                assert value == wanted


@pytest.mark.parametrize("block", range(8))
def test_duckdb_finds_the_rows_that_plain_python_finds(block: int) -> None:
    here = world()
    for seed in range(block * PLANS // 8, (block + 1) * PLANS // 8):
        plan = random_plan(seed)
        sql = plan_sql(plan, here.catalogue)
        close(here.run(sql), answer(plan, here))


def test_the_columns_are_the_ones_announced() -> None:
    here = world()
    for seed in range(PLANS):
        plan = random_plan(seed)
        described = here.backend.con.execute(plan_sql(plan, here.catalogue)).description
        names = [column.name for column in output_columns(plan, here.catalogue)]
        assert [name for name, *_ in described] == names


def test_the_guard_lets_every_plan_pass() -> None:
    here = world()
    allowed = allowed_in(here.backend.con)
    for seed in range(PLANS):
        check_sql(plan_sql(random_plan(seed), here.catalogue), allowed)


def test_every_plan_has_a_sentence_and_a_definition_a_measure() -> None:
    here = world()
    sentences = set()
    for seed in range(PLANS):
        plan = random_plan(seed)
        sentences.add(plan_sentence(plan, here.catalogue))
        defined = {each.name for each in plan_definitions(plan, here.catalogue)}
        assert {each.name for each in plan.measures} <= defined
    assert len(sentences) > PLANS * 0.9
    assert all(each.endswith(".") and "_" not in each for each in sentences)


def test_compiling_takes_no_more_than_25_milliseconds() -> None:
    here = world()
    plans = [random_plan(seed) for seed in range(PLANS)]
    spent = []
    for plan in plans:
        start = time.process_time()
        plan_sql(plan, here.catalogue)
        spent.append(time.process_time() - start)
    assert sorted(spent)[int(0.95 * PLANS)] <= 0.025


def test_random_plans_are_of_many_kinds() -> None:
    plans = [random_plan(seed) for seed in range(PLANS)]
    assert sum(1 for plan in plans if plan.comparison) > 30
    assert sum(1 for plan in plans if plan.having) > 50
    assert {use.transform for plan in plans for use in plan.measures} >= {
        *TRANSFORMS,
        "share_where",
        "value",
    }
    assert {plan.grain for plan in plans} == {None, *GRAINS}
    with_rows = sum(1 for plan in plans if answer(plan, world()))
    assert with_rows > 0.8 * PLANS


def test_a_time_zone_is_converted_to_utc() -> None:
    here = world()
    texts = ("2024-03-04T00:00:00+00:00", "2024-03-04T02:00:00+02:00", "2024-03-04T00:00:00")
    sqls = {
        plan_sql(
            QueryPlan(
                entity="generations",
                measures=(MeasureUse(name="generation_count"),),
                time=TimeRange(start=datetime.fromisoformat(text)),
            ),
            here.catalogue,
        )
        for text in texts
    }
    assert len(sqls) == 1
    assert "requested_date >= DATE '2024-03-04'" in sqls.pop()
