"""Plans in words."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from plan_world import world

from genai_session_analyzer.copilot.plan import (
    Having,
    MeasureUse,
    Order,
    PlanFilter,
    QueryPlan,
    TimeRange,
)
from genai_session_analyzer.copilot.wording import plan_definitions, plan_sentence

COUNT = MeasureUse(name="generation_count")
MOBILE = PlanFilter(field="device_type", values=("mobile",))
WEEK = TimeRange(start=datetime(2024, 3, 4), end=datetime(2024, 3, 11))


def sentence(entity: Any = "generations", **parts: Any) -> str:
    return plan_sentence(QueryPlan(entity=entity, **parts), world().catalogue)


def use(name: str, **parts: Any) -> tuple[MeasureUse, ...]:
    return (MeasureUse(name=name, **parts),)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (
            {
                "measures": use("success_rate"),
                "dimensions": ("user_tier",),
                "time": WEEK,
                "filters": (MOBILE,),
            },
            "Success rate of generations by user tier, 4-10 March 2024, only device type mobile, "
            "highest first.",
        ),
        ({"measures": (COUNT,)}, "Number of generations."),
        ({"measures": (COUNT,), "grain": "day"}, "Number of generations by day."),
        (
            {"measures": (COUNT,), "grain": "day", "limit": 1},
            "Number of generations by day, only the first, highest first.",
        ),
        (
            {"measures": (COUNT,), "grain": "day", "over_groups": "mean"},
            "Mean per day of the number of generations, days without generations left out.",
        ),
        (
            {"measures": use("generation_count", only=(MOBILE,), transform="share_where")},
            "Share of generations with device type mobile.",
        ),
        (
            {
                "measures": use("generation_count", transform="share_of_total"),
                "dimensions": ("domain",),
                "limit": 3,
            },
            "Number of generations as a share of the total by domain, first 3, highest first.",
        ),
        (
            {"measures": use("error_rate"), "time": WEEK, "comparison": WEEK},
            "Error rate of generations, 4-10 March 2024, compared with 4-10 March 2024.",
        ),
        (
            {
                "dimensions": ("user_id",),
                "having": (Having(measure=COUNT, operator="above", value=50),),
                "over_groups": "count",
            },
            "Number of distinct user id of generations, only groups with number of generations "
            "above 50.",
        ),
        (
            {"columns": ("requested_at", "latency_ms"), "order": (Order(by="latency_ms"),)},
            "List of generations: requested at and latency in ms, highest first by latency ms.",
        ),
        (
            {
                "measures": use("mean_latency_ms"),
                "dimensions": ("region",),
                "order": (Order(by="mean_latency_ms", descending=False),),
            },
            "Mean latency in ms of generations by region, lowest first.",
        ),
        (
            {"measures": (COUNT,), "dimensions": ("user_tier", "region")}
            | {"limit": 2, "limit_within": "user_tier"},
            "Number of generations by user tier and region, first 2 within each user tier, "
            "highest first.",
        ),
        (
            {"measures": (COUNT,), "dimensions": ("user_tier", "region")}
            | {"limit": 1, "limit_within": "user_tier"},
            "Number of generations by user tier and region, only the first within each "
            "user tier, highest first.",
        ),
    ],
)
def test_a_plan_of_generations_in_words(parts: dict[str, Any], words: str) -> None:
    assert sentence(**parts) == words


def test_rows_of_a_finer_entity_in_words() -> None:
    timeout = PlanFilter(field="generations.status", values=("timeout",))
    none = timeout.model_copy(update={"negated": True})
    assert sentence("sessions", measures=use("session_count"), filters=(timeout,)) == (
        "Number of sessions, only with a generation of status timeout."
    )
    assert sentence("users", measures=use("user_count"), filters=(none,)) == (
        "Number of users, only without any generation of status timeout."
    )
    by = {"dimensions": ("generations.model_version",)}
    assert "each session counted once for every model version it has" in sentence(
        "sessions", measures=use("session_count"), **by
    )


@pytest.mark.parametrize(
    ("filter_", "words"),
    [
        (PlanFilter(field="status", values=("timeout", "model_error")), "timeout or model error"),
        (PlanFilter(field="status", operator="not_in", values=("timeout",)), "other than timeout"),
        (PlanFilter(field="latency_ms", operator="above", values=(3000,)), "in ms above 3000"),
        (PlanFilter(field="is_downloaded", values=(False,)), "only not is downloaded"),
        (PlanFilter(field="feedback", operator="is_unknown"), "only feedback unknown"),
        (
            PlanFilter(field="prompts.prompt_text", operator="contains", values=("red cat",)),
            "prompt text containing 'red cat'",
        ),
        (
            PlanFilter(field="prompts.prompt_text", operator="starts_with", values=("a cat",)),
            "prompt text starting with 'a cat'",
        ),
        (
            PlanFilter(field="prompts.prompt_text", operator="not_contains", values=("x", "y")),
            "prompt text without x and y",
        ),
    ],
)
def test_a_filter_in_words(filter_: PlanFilter, words: str) -> None:
    assert words in sentence(measures=(COUNT,), filters=(filter_,))


@pytest.mark.parametrize(
    ("start", "days", "words"),
    [
        ((2024, 3, 1), 31, "March 2024"),
        ((2024, 1, 1), 91, "January-March 2024"),
        ((2024, 1, 1), 366, "2024"),
        ((2023, 12, 1), 62, "December 2023-January 2024"),
        ((2024, 3, 4), 1, "4 March 2024"),
        ((2024, 2, 26), 7, "26 February-3 March 2024"),
        ((2023, 12, 30), 4, "30 December 2023-2 January 2024"),
    ],
)
def test_a_time_in_words(start: tuple[int, int, int], days: int, words: str) -> None:
    first = datetime(*start)
    time = TimeRange(start=first, end=first + timedelta(days=days))
    assert sentence(measures=(COUNT,), time=time) == f"Number of generations, {words}."


def test_an_open_time_and_a_time_of_day_in_words() -> None:
    since = TimeRange(start=datetime(2024, 3, 4))
    assert "since 4 March 2024" in sentence(measures=(COUNT,), time=since)
    before = TimeRange(end=datetime(2024, 3, 4, 8, 30))
    assert "before 4 March 2024 08:30" in sentence(measures=(COUNT,), time=before)
    said = WEEK.model_copy(update={"said": "last week"})
    assert "last week (4-10 March 2024)" in sentence(measures=(COUNT,), time=said)


def test_definitions_are_those_of_the_glossary_once_each() -> None:
    rate = MeasureUse(name="success_rate")
    plan = QueryPlan(
        entity="generations",
        measures=(rate, rate.model_copy(update={"only": (MOBILE,)})),
        dimensions=("region",),
        having=(Having(measure=COUNT, operator="above", value=1),),
    )
    first, second = plan_definitions(plan, world().catalogue)
    assert (first.name, first.formula) == ("success_rate", "success_count / known_status_count")
    assert first.unit == "rate"
    assert second.name == "generation_count"


def test_a_definition_says_what_the_transform_does() -> None:
    share = MeasureUse(name="generation_count", transform="share_of_total")
    plan = QueryPlan(entity="generations", measures=(share,), dimensions=("region",))
    [found] = plan_definitions(plan, world().catalogue)
    assert found.description == "requests for images, as a share of the sum over all groups"
    assert found.unit == "rate"
