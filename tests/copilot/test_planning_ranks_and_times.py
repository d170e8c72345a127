"""Follow-ups about another time, and numbers written in words."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.rewriting import written_numbers
from genai_session_analyzer.copilot.roles import Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_ranks_and_times.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize("case", CASES["then"], ids=lambda case: case["then"])
def test_a_follow_up_names_the_time_before(planner: LexiconPlanner, case: dict[str, str]) -> None:
    first = ask(planner, case["q"])
    assert isinstance(first, Understood)
    assert in_short(ask(planner, case["then"], first.plan)) == case["is"]


@pytest.mark.parametrize(
    ("words", "digits"),
    [
        ("two hundred and fifty", "250"),
        ("one hundred", "100"),
        ("three thousand", "3000"),
        ("forty-eight", "48"),
        ("nineteen", "19"),
        ("two dozen", "24"),
        ("half a dozen", "6"),
        ("half a credit", "0.5 credits"),
        ("two and a half seconds", "2.5 seconds"),
        ("ten", "ten"),
        ("ninety-fifth percentile", "ninety-fifth percentile"),
        ("a hundred percent", "a hundred percent"),
    ],
)
def test_numbers_in_words_are_digits(words: str, digits: str) -> None:
    assert written_numbers.in_digits(words) == digits


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        (
            "three quarters of all sessions are shorter than how many seconds",
            "75th percentile of duration of sessions in seconds",
        ),
        (
            "a quarter of sessions last longer than how many minutes",
            "75th percentile of duration of sessions in minutes",
        ),
        ("half of all requests cost less than how much", "median cost of requests"),
        (
            "three quarters of the users are from europe",
            "three quarters of the users are from europe",
        ),
    ],
)
def test_a_part_below_a_number_is_a_percentile(question: str, meant: str) -> None:
    assert written_numbers.percentiles(question) == meant
