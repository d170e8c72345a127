"""What people say around a question, their short forms and slips, and what they ask next."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.english_words import english_words, is_other_word
from genai_session_analyzer.copilot.planning.words.rewriting.polite_shells import without_shell
from genai_session_analyzer.copilot.roles import Declined, Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_talk.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["q"]) for c in CASES["said"]])
def test_the_question_is_read_whatever_is_said_around_it(
    planner: LexiconPlanner, case: dict[str, str]
) -> None:
    assert in_short(ask(planner, case["q"])) == case["is"]


@pytest.mark.parametrize("case", [pytest.param(c, id=c["q"]) for c in CASES["refused"]])
def test_a_refusal_names_what_is_missing(planner: LexiconPlanner, case: dict[str, str]) -> None:
    outcome = ask(planner, case["q"])
    assert isinstance(outcome, Declined)
    assert case["says"] in outcome.reason


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c['first']} > {c['then']}") for c in CASES["follow_up"]]
)
def test_what_is_asked_next_changes_the_question_before(
    planner: LexiconPlanner, case: dict[str, str]
) -> None:
    first = ask(planner, case["first"])
    assert isinstance(first, Understood)
    assert in_short(ask(planner, case["then"], first.plan)) == case["is"]


def test_no_such_value_names_those_there_are(planner: LexiconPlanner) -> None:
    outcome = ask(planner, "cost in region Atlantis")
    assert isinstance(outcome, Declined)
    assert "europe" in outcome.closest


@pytest.mark.parametrize(
    "text",
    [
        "people like their images",
        "how many users need more than 3 retries",
        "do users like dark images more than cheerful ones",
        "which users asked for fantasy",
        "cost by tier",
    ],
)
def test_words_of_the_question_are_no_shell(text: str) -> None:
    assert without_shell(text) == text


@pytest.mark.parametrize(
    ("word", "better", "is_other"),
    [
        ("police", "policy", True),
        ("learning", "leaving", True),
        ("displayed", "display", False),
        ("tire", "tier", False),
        ("latncy", "latency", False),
    ],
)
def test_english_words_are_no_slips(word: str, better: str, is_other: bool) -> None:
    assert {"police", "learning"} <= english_words()
    assert is_other_word(word, better) == is_other
