"""Plans that cannot be answered are refused with the remedy."""

from datetime import datetime
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.compiling import PlanError, plan_sql, validate_plan
from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    Order,
    PlanFilter,
    QueryPlan,
    TimeRange,
)
from genai_session_analyzer.errors import UnknownNameError

COUNT = MeasureUse(name="generation_count")
RATE = "success_rate"
WEEK = TimeRange(start=datetime(2024, 3, 4), end=datetime(2024, 3, 11))


def filtered(field: str, *values: Any, **more: Any) -> dict[str, Any]:
    return {"measures": (COUNT,), "filters": (PlanFilter(field=field, values=values, **more),)}


def use(name: str, **parts: Any) -> dict[str, Any]:
    return {"measures": (MeasureUse(name=name, **parts),)}


@pytest.mark.parametrize(
    ("parts", "message"),
    [
        ({"measures": (COUNT,), "dimensions": ("user_teir",)}, "Did you mean 'user_tier'"),
        ({"measures": (COUNT,), "dimensions": ("users.age",)}, "Unknown field of generations"),
        ({"measures": (COUNT,), "dimensions": ("planets.name",)}, "Unknown entity 'planets'"),
        (use("succes_rate"), "Did you mean 'success_rate'"),
        (use("xyzzy"), r"^Unknown measure of generations 'xyzzy'\. The page Method lists .*\.$"),
        (filtered("user_tier", "Pro"), "Unknown value of user_tier 'Pro'.*'pro'"),
        (filtered("model_version", "v9"), "Known: v1.5, v2.0, v2.1"),
        (filtered("latency_ms", "fast"), "give a number"),
        (filtered("latency_ms", True), "give a number"),
        (filtered("is_downloaded", "yes"), "give true or false"),
        (filtered("requested_date", "soon"), "give a date"),
        (filtered("user_id", 1.5), "give text"),
        (filtered("user_id", "a\nb"), "leave out line breaks"),
        (filtered("user_id", "a\tb", operator="contains"), "no text"),
        (filtered("prompts.prompt_text", "a\nb", operator="contains"), "leave out line breaks"),
        (filtered("status", "success", operator="above"), "no order"),
        (filtered("latency_ms", "3", operator="contains"), "no text"),
        (filtered("status", "success", negated=True), "use not_in"),
        (use("generation_count", transform="change"), "add a grain"),
        (use(RATE, transform="share_of_total"), "does not add up"),
        (use(RATE, transform="running_total") | {"grain": "day"}, "does not add up"),
        (use("active_users", transform="running_total") | {"grain": "day"}, "no running total"),
        (use("generation_count", transform="share_where"), "needs a condition"),
        ({"measures": (COUNT,), "comparison": WEEK, "grain": "day"}, "cannot be compared day by"),
        (
            {"measures": (COUNT,), "comparison": WEEK, "dimensions": ("region",)}
            | {"over_groups": "mean"},
            "A comparison needs measures",
        ),
        ({"measures": (COUNT,), "limit_within": "region", "limit": 1}, "not among"),
        ({"measures": (COUNT,), "dimensions": ("region",), "limit_within": "region"}, "a limit"),
        ({"measures": (COUNT,), "over_groups": "mean"}, "needs a dimension or a grain"),
        ({"dimensions": ("region",), "over_groups": "mean"}, "needs a measure"),
        (
            {"measures": (COUNT,), "having": (Having(measure=COUNT, operator="above", value=1),)},
            "needs a dimension or a grain",
        ),
        ({"measures": (COUNT,), "order": (Order(by="regoin"),)}, "Unknown sort key"),
    ],
)
def test_a_plan_of_generations_is_refused(parts: dict[str, Any], message: str) -> None:
    plan = QueryPlan(entity="generations", **parts)
    with pytest.raises(PlanError, match=message):
        validate_plan(plan, world().catalogue)
    with pytest.raises(PlanError, match=message):
        plan_sql(plan, world().catalogue)


@pytest.mark.parametrize(
    ("entity", "parts", "message"),
    [
        ("users", use("user_count") | {"grain": "hour"}, "users have no hour"),
        ("sessions", {"columns": ("generations.status",)}, "many values"),
        ("prompts", use("prompt_count") | {"dimensions": ("users.region",)}, "Unknown field"),
        (
            "users",
            use("user_count") | {"dimensions": ("generations.status", "sessions.friction_band")},
            "one finer entity",
        ),
        ("sessions", use("session_count") | {"dimensions": ("domain",)}, "generations.domain"),
    ],
)
def test_a_plan_of_another_entity_is_refused(
    entity: Any, parts: dict[str, Any], message: str
) -> None:
    with pytest.raises(PlanError, match=message):
        validate_plan(QueryPlan(entity=entity, **parts), world().catalogue)


def test_an_unknown_name_is_kept_as_the_cause() -> None:
    plan = QueryPlan(entity="generations", measures=(COUNT,), dimensions=("regoin",))
    with pytest.raises(PlanError) as caught:
        validate_plan(plan, world().catalogue)
    assert isinstance(caught.value.__cause__, UnknownNameError)
    assert caught.value.__cause__.name == "regoin"


@pytest.mark.parametrize(
    ("field", "feature"), [("domain", "labels"), ("cluster_title", "clusters")]
)
def test_a_build_without_features_says_what_to_run(field: str, feature: str) -> None:
    bare = world(with_features=False).catalogue
    plan = QueryPlan(entity="generations", measures=(COUNT,), dimensions=(field,))
    with pytest.raises(PlanError, match=f"this build has no {feature}: run `make run`"):
        validate_plan(plan, bare)
    validate_plan(plan, world().catalogue)


def test_a_line_is_all_a_message_takes() -> None:
    plan = QueryPlan(entity="generations", measures=(COUNT,), dimensions=("regoin",))
    with pytest.raises(PlanError) as caught:
        validate_plan(plan, world().catalogue)
    assert "\n" not in str(caught.value)
