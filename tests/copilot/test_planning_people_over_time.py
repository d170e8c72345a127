"""People over time: who came back, who stayed, who was new, how often they came."""

from collections import defaultdict
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import yaml
from plan_world import world
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.plan import MeasureUse, QueryPlan
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_people_over_time.yml").read_text(encoding="utf-8")
)
NOT_READ: list[str] = CASES.pop("not_read_yet")
READ = [case for cases in CASES.values() for case in cases]


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize("case", READ, ids=lambda case: case["q"])
def test_people_over_time_become_one_select(planner: LexiconPlanner, case: dict[str, str]) -> None:
    outcome = ask(planner, case["q"])
    assert isinstance(outcome, Understood)
    assert plan_sql(outcome.plan, the_catalogue()).startswith(("SELECT", "WITH"))


@pytest.mark.parametrize("question", NOT_READ)
def test_what_is_not_clear_is_not_guessed(planner: LexiconPlanner, question: str) -> None:
    assert not isinstance(ask(planner, question), Understood)


@pytest.mark.parametrize(
    "question",
    [
        "for each day of last week, how many requests did not work?",
        "how many requests in january were slower than in february?",
        "compare january and february users",
        "number of generations by user tier in january and february",
        "which users signed up in january and were active in february?",
    ],
)
def test_other_questions_with_two_times_are_left_alone(
    planner: LexiconPlanner, question: str
) -> None:
    short = in_short(ask(planner, question))
    assert "having generation_count of" not in short


def test_stickiness_is_daily_over_monthly_active_users() -> None:
    asked = QueryPlan(
        entity="generations", measures=(MeasureUse(name="stickiness"),), grain="month"
    )
    daily: dict[tuple[int, int], dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in world().generations:
        at: datetime | None = row["requested_at"]
        if at is not None:
            daily[at.year, at.month][at.day].add(row["user_id"])
    expected = {
        month: sum(map(len, days.values())) / len(days) / len(set().union(*days.values()))
        for month, days in daily.items()
    }
    found = world().run(plan_sql(asked, world().catalogue))
    assert {(at.year, at.month): value for at, value in found} == pytest.approx(expected)
