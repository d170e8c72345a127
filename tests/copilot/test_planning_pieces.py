"""Small parts that fail together: follow-ups on them, slips of the pen, and what stays unread."""

import random
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.english_words import english_words
from genai_session_analyzer.copilot.planning.words.respelling import only_one, respelt
from genai_session_analyzer.copilot.roles import Declined, Understood

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_cases_pieces.yml").read_text(encoding="utf-8")
)
KNOWN = frozenset(("cost", "region", "week", "weekday", "downloads", "tier", "per", "failed"))
NUMBERS = ("mean latency", "error rate", "number of sessions", "downloads", "total credits")
GROUPS = ("region", "tier", "device", "model", "sampler", "domain", "week", "weekday")
ROWS = ("", " last week", " in February", " on mobile", " in Europe")


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    "case", [pytest.param(c, id=f"{c['q']} > {c['then']}") for c in CASES["followed"]]
)
def test_what_is_asked_next_changes_the_question_before(
    planner: LexiconPlanner, case: dict[str, str]
) -> None:
    first = ask(planner, case["q"])
    assert isinstance(first, Understood)
    assert in_short(ask(planner, case["then"], first.plan)) == case["is"]


def test_a_plan_without_meaning_is_declined_in_words(planner: LexiconPlanner) -> None:
    found = ask(planner, "more than 3 retries")
    assert isinstance(found, Declined)
    assert "needs measures" in found.reason
    assert "validation error" not in found.reason


@pytest.mark.parametrize(
    ("first", "then"),
    [
        ("what are our tiers", "show the top"),
        ("list all users in Europe", "what are the top"),
        ("top 10 users by cost", "the next ten"),
        ("cost per week", "drop February"),
        ("mean latency by sampler", "round to seconds"),
    ],
)
def test_what_cannot_be_changed_is_declined(planner: LexiconPlanner, first: str, then: str) -> None:
    before = ask(planner, first)
    assert isinstance(before, Understood)
    assert isinstance(ask(planner, then, before.plan), Declined)


@pytest.mark.parametrize(
    "question",
    [
        "latency of users who signed up in January vs those who signed up in February",
        "how many pets do users draw",
        "error rate by wombat",
        "cost of the gizmo tier",
        "requests from narnia",
    ],
)
def test_words_of_other_meaning_are_not_put_right(planner: LexiconPlanner, question: str) -> None:
    assert not isinstance(ask(planner, question), Understood)


def test_a_slip_is_told(planner: LexiconPlanner) -> None:
    found = ask(planner, "cost bytier lst wek")
    assert isinstance(found, Understood)
    assert "Read 'bytier' as 'by tier'." in found.notes


def test_readings_of_slips_come_likeliest_first() -> None:
    assert [read for _, read in respelt("cost per wek", KNOWN, frozenset())] == [{"wek": "week"}]
    assert [text for text, _ in respelt("cost pertier", KNOWN, frozenset())] == ["cost per tier"]
    assert list(respelt("cost of pets", KNOWN, frozenset())) == []


def test_readings_that_mean_two_things_mean_none() -> None:
    readings = [("a", {"x": "a"}), ("b", {"x": "b"}), ("c", {"x": "c"})]
    assert only_one(iter(readings), {"b": 1}.get) == (1, {"x": "b"})
    assert only_one(iter(readings), {"a": 1, "b": 1}.get) == (1, {"x": "a"})
    assert only_one(iter(readings), {"a": 1, "b": 2}.get) is None


def test_questions_with_slips_mean_what_they_mean_without(planner: LexiconPlanner) -> None:
    if not english_words():
        pytest.skip("the list of English words is not installed")
    chance = random.Random(7)  # noqa: S311 (a fixed row of slips)
    right = wrong = 0
    for _ in range(80):
        question = f"{chance.choice(NUMBERS)} by {chance.choice(GROUPS)}{chance.choice(ROWS)}"
        meant, read = in_short(ask(planner, question)), ask(planner, _spoilt(question, chance))
        if isinstance(read, Understood):
            right, wrong = right + (in_short(read) == meant), wrong + (in_short(read) != meant)
    assert right >= 64
    assert wrong <= 1


def _spoilt(question: str, chance: random.Random) -> str:
    """The question with one or two slips: a letter left out, twice or swapped, or no space."""
    words = list(re.finditer("[A-Za-z]{4,}", question))
    for match in sorted(chance.sample(words, chance.choice((1, 2))), key=lambda m: -m.start()):
        word, at = match[0], chance.randrange(1, len(match[0]) - 1)
        slips = (word[:at] + word[at + 1 :], word[: at + 1] + word[at:],
                 word[:at] + word[at + 1] + word[at] + word[at + 2 :])  # fmt: skip
        question = question[: match.start()] + chance.choice(slips) + question[match.end() :]
    return question
