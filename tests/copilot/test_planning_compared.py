"""Groups against all of them, numbers per many, ranks in longer periods: as they are planned."""

import pytest
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize("then", ["and worldwide?", "anywhere", "now across the globe"])
def test_worldwide_takes_the_region_off(planner: LexiconPlanner, then: str) -> None:
    first = ask(planner, "failures of pro users in Europe")
    assert isinstance(first, Understood)
    expected = "generations; failure_count; where user_tier in pro"
    assert in_short(ask(planner, then, first.plan)) == expected
