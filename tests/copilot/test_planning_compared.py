"""Groups against all of them, numbers per many, ranks in longer periods: as they are planned."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.compiling import plan_sql
from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_compared.yml").read_text(encoding="utf-8")
)
ASKED = [
    pytest.param(case["q"], case["is"], id=f"{name}: {case['q']}")
    for name, cases in CASES.items()
    for case in cases
]


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(("question", "expected"), ASKED)
def test_a_question_is_read_as_meant(planner: LexiconPlanner, question: str, expected: str) -> None:
    outcome = ask(planner, question)
    assert in_short(outcome) == expected
    if isinstance(outcome, Understood):
        assert plan_sql(outcome.plan, the_catalogue())


@pytest.mark.parametrize("then", ["and worldwide?", "anywhere", "now across the globe"])
def test_worldwide_takes_the_region_off(planner: LexiconPlanner, then: str) -> None:
    first = ask(planner, "failures of pro users in Europe")
    assert isinstance(first, Understood)
    expected = "generations; failure_count; where user_tier in pro"
    assert in_short(ask(planner, then, first.plan)) == expected
