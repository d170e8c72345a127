"""Every way to name a time, in every shape of question: the plan has that time and nothing else."""

import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, plan_in_short, the_catalogue

from genai_session_analyzer.copilot.plan import QueryPlan, TimeRange
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood

GRID = yaml.safe_load((Path(__file__).parent / "planning_time_grid.yml").read_text("utf-8"))
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FAILED = "status in timeout,safety_violation,rate_limited,model_error"
SHAPES = {
    "how many generations were there {t}": "generations; generation_count",
    "number of generations {t}": "generations; generation_count",
    "{t}, how many generations failed?": f"generations; generation_count; where {FAILED}",
    "what was the error rate {t}?": "generations; error_rate",
    "top 5 users by cost {t}": (
        "generations; total_cost_credits; by user_id; order -total_cost_credits; first 5"
    ),
    "which model was slowest {t}": (
        "generations; mean_latency_ms; by model_version; order -mean_latency_ms; first 1"
    ),
    "average latency by region {t}": "generations; mean_latency_ms; by region",
    "sessions per week {t}": "sessions; session_count; by week",
    "p95 latency of pro users {t}": "generations; p95_latency_ms; where user_tier in pro",
    "average session duration {t}": "sessions; mean_duration_s",
    "how many sessions started {t}": "sessions; session_count",
    "how many users were active {t}": "generations; active_users",
    "share of timeouts {t}": "generations; timeout_rate",
    "how much did enterprise users spend {t}": (
        "generations; total_cost_credits; where user_tier in enterprise"
    ),
    "generations {t} by tier": "generations; generation_count; by user_tier",
}
SIGNUPS = {"how many users signed up {t}": "users; user_count"}
CELLS = [
    (shape.format(t=phrase["said"]), base, phrase)
    for phrase in GRID["phrases"]
    for shape, base in (SHAPES | ({} if {"weekdays", "hours"} & set(phrase) else SIGNUPS)).items()
]
DECLINED = [shape.format(t=said) for said in GRID["unclear"] for shape in SHAPES]


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


def days(time: TimeRange | None) -> str:
    if time is None:
        return ""
    return "..".join(str(at.date()) if at else "" for at in (time.start, time.end))


def hours(phrase: Mapping[str, Any]) -> list[int]:
    if "hours" not in phrase:
        return []
    first, last = phrase["hours"]
    return [(first + step) % 24 for step in range((last - first) % 24 or 24)]


def without_time(plan: QueryPlan) -> str:
    kept = tuple(each for each in plan.filters if each.field not in ("weekday", "hour_of_day"))
    return plan_in_short(plan.model_copy(update={"filters": kept, "time": None}))


def kept(plan: QueryPlan, field: str) -> list[Any]:
    return [value for each in plan.filters if each.field == field for value in each.values]


@pytest.mark.parametrize(
    ("question", "base", "phrase"),
    random.Random(5).sample(CELLS, 170),  # noqa: S311
    ids=lambda part: part if isinstance(part, str) and "{" not in part else "",
)
def test_a_time_is_read_in_any_question(
    planner: LexiconPlanner, question: str, base: str, phrase: Mapping[str, Any]
) -> None:
    outcome = ask(planner, question)
    assert isinstance(outcome, Understood), in_short(outcome)
    assert without_time(outcome.plan) == base
    assert days(outcome.plan.time) == phrase.get("days", "")
    assert kept(outcome.plan, "weekday") == [WEEKDAYS[at] for at in phrase.get("weekdays", ())]
    assert kept(outcome.plan, "hour_of_day") == hours(phrase)


@pytest.mark.parametrize("question", random.Random(6).sample(DECLINED, 40))  # noqa: S311
def test_a_time_without_fixed_bounds_is_not_guessed(planner: LexiconPlanner, question: str) -> None:
    assert not isinstance(ask(planner, question), Understood)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("error rate in January, February and March", "in 2024-01-01..2024-04-01"),
        (
            "compare the cost of January, February and March",
            "by month; in 2024-01-01..2024-04-01",
        ),
        (
            "were there more timeouts in January or February",
            "in 2024-02-01..2024-03-01; against 2024-01-01..2024-02-01",
        ),
        (
            "compare the error rate of pro and free from week 6 to week 8",
            "where user_tier in pro,free; in 2024-02-05..2024-02-26",
        ),
        (
            "compare the error rate from week 6 to week 8",
            "in 2024-02-19..2024-02-26; against 2024-02-05..2024-02-12",
        ),
        (
            "number of generations every Monday in February",
            "by day; where weekday in Monday; in 2024-02-01..2024-03-01",
        ),
        ("generations in 2023", "in 2023-01-01..2024-01-01"),
        ("users who signed up in April", "in 2023-04-01..2023-05-01"),
    ],
)
def test_lists_of_times_and_compared_ones(
    planner: LexiconPlanner, question: str, expected: str
) -> None:
    assert in_short(ask(planner, question)).endswith(expected)
