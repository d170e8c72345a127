"""Follow-ups in plain words change the plan before as meant, or are declined."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_plain_follow_ups.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{case['after']} > {case['then']}")
        for case in CASES["plain_follow_ups"]
    ],
)
def test_a_plain_follow_up_changes_the_question_before(
    planner: LexiconPlanner, case: dict[str, str]
) -> None:
    before = ask(planner, case["after"])
    assert isinstance(before, Understood)
    assert in_short(ask(planner, case["then"], before.plan)) == case["is"]
