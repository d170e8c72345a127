"""Questions of people who had not seen the planner: lists of unknowns, shares within, two sides."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_outside.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        pytest.param(case["q"], case["is"], id=f"{name}: {case['q']}")
        for name, cases in CASES.items()
        for case in cases
    ],
)
def test_a_question_is_read_as_meant(planner: LexiconPlanner, question: str, expected: str) -> None:
    assert in_short(ask(planner, question)) == expected
