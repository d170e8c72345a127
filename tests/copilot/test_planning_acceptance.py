"""Questions of people who did not know the planner, what it keeps, and what it offers instead."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.lexicon import entries
from genai_session_analyzer.copilot.roles import Declined, Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_acceptance.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(case, id=f"{name}: {case['q']}")
        for name, cases in CASES.items()
        for case in cases
        if "after" in case
    ],
)
def test_a_follow_up_is_read_as_meant(planner: LexiconPlanner, case: dict[str, str]) -> None:
    before = ask(planner, case["after"])
    assert isinstance(before, Understood)
    assert in_short(ask(planner, case["q"], before.plan)) == case["is"]


@pytest.mark.parametrize(
    ("follow_up", "note"),
    [
        ("and by tier?", "Still only: region europe, in january (January 2024)."),
        ("and in february?", "Still only: region europe."),
        ("what about asia", "Still only: in january (January 2024)."),
        ("what is the success rate by tier?", None),
    ],
)
def test_a_follow_up_says_what_it_keeps(
    planner: LexiconPlanner, follow_up: str, note: str | None
) -> None:
    first = ask(planner, "error rate by model in europe in january")
    assert isinstance(first, Understood)
    found = ask(planner, follow_up, first.plan)
    assert isinstance(found, Understood)
    assert [each for each in found.notes if each.startswith("Still")] == ([note] if note else [])


def _offered() -> list[str]:
    scope = entries("scope")["out_of_scope"].values()
    closest = {each for entry in scope for each in entry["closest"]}
    return sorted(each for each in closest if not each.startswith("the page "))


@pytest.mark.parametrize("offered", _offered())
def test_what_is_offered_instead_can_be_asked(planner: LexiconPlanner, offered: str) -> None:
    assert not isinstance(ask(planner, offered), Declined)


@pytest.mark.parametrize(
    "question",
    ["generations with a long wait", "requests a while ago", "which users are lengthier"],
)
def test_a_declined_question_offers_only_what_can_be_asked(
    planner: LexiconPlanner, question: str
) -> None:
    found = ask(planner, question)
    assert isinstance(found, Declined)
    assert all(not isinstance(ask(planner, each), Declined) for each in found.closest)
