"""Questions put together from parts are read as their parts say."""

import pytest
from planning_build import FACTS, ask, in_short, plan_in_short, the_catalogue
from planning_grid import GridQuestion, grid

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.roles import Understood

SEED = 11
COUNT = 320
LEAST_RIGHT = 0.97


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


def _verdict(planner: LexiconPlanner, question: GridQuestion) -> str:
    outcome = ask(planner, question.text)
    if not isinstance(outcome, Understood):
        return "silent"
    accepted = {plan_in_short(plan) for plan in question.accepts}
    return "right" if plan_in_short(outcome.plan) in accepted else "wrong"


def test_compositions_are_read_as_their_parts_say(planner: LexiconPlanner) -> None:
    questions = grid(COUNT, SEED)
    verdicts = [(_verdict(planner, each), each) for each in questions]
    faults = [
        f"{verdict} {each.structure}: {each.text}\n  {in_short(ask(planner, each.text))}"
        f"\n  instead of {plan_in_short(each.accepts[0])}"
        for verdict, each in verdicts
        if verdict != "right"
    ]
    said = "\n".join(faults)
    assert not [fault for fault in faults if fault.startswith("wrong")], said
    assert len(faults) <= (1 - LEAST_RIGHT) * COUNT, said


def test_the_grid_holds_every_structure_and_no_question_twice() -> None:
    questions = grid(COUNT, SEED)
    assert len({each.text for each in questions}) == COUNT
    assert len({each.structure for each in questions}) == 16
    assert [each.text for each in grid(COUNT, SEED)] == [each.text for each in questions]
