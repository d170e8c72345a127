"""Each term in the words of many people; words that name what the data has not; words around."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.joined_nouns import joined_nouns
from genai_session_analyzer.copilot.planning.words.rewriting.stages import before_spelling

CASES: dict[str, Any] = yaml.safe_load(
    Path(__file__).with_name("planning_thesaurus.yml").read_text(encoding="utf-8")
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize("case", [pytest.param(c, id=c["frame"]) for c in CASES["said"]])
def test_a_term_is_read_in_whatever_words_it_is_put(
    planner: LexiconPlanner, case: dict[str, Any]
) -> None:
    read = {word: in_short(ask(planner, case["frame"].format(word))) for word in case["words"]}
    assert read == dict.fromkeys(case["words"], case["is"])


@pytest.mark.parametrize("question", CASES["not_there"])
def test_what_the_data_has_not_is_not_answered(planner: LexiconPlanner, question: str) -> None:
    assert in_short(ask(planner, question)) in ("declines", "out of scope")


@pytest.mark.parametrize("around", CASES["around"])
def test_what_is_said_around_a_question_changes_nothing(
    planner: LexiconPlanner, around: str
) -> None:
    for base, expected in CASES["bases"].items():
        assert in_short(ask(planner, around.format(base))) == expected


@pytest.mark.parametrize("case", [pytest.param(c, id=c["q"]) for c in CASES["turns"]])
def test_a_turn_of_phrase_is_read_as_meant(planner: LexiconPlanner, case: dict[str, str]) -> None:
    assert in_short(ask(planner, case["q"])) == case["is"]


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("paying customers by region", "non-free customers by region"),
        ("users who do not pay", "free users"),
        ("no fewer than 3 requests", "at least 3 requests"),
        ("cost on a weekly basis", "cost weekly"),
        ("users with 100 generations or more", "users with 100 or more generations"),
        ("0.95 quantile of latency", "p95 of latency"),
        ("cost in paid search", "cost in paid search"),
    ],
)
def test_rarer_wordings_are_put_as_the_lists_have_them(said: str, plain: str) -> None:
    assert before_spelling(said) == plain


def test_a_breakdown_of_rows_is_their_number() -> None:
    said = "mood breakdown for fantasy pictures"
    assert before_spelling(said) == "number of fantasy by mood"


def test_nouns_are_joined_before_and_behind() -> None:
    lists = {
        "quantities": [{"of": ["churn_rate"], "before": ["user"]}],
        "fields": [{"of": ["mood"], "behind": ["type"]}],
        "events": [],
    }
    terms = {
        "quantities": {"churn_rate": {"words": ["churn rate", "churn"]}},
        "fields": {"mood": ["mood"]},
    }
    assert list(joined_nouns(lists, terms)) == [
        ("user churn rate", "Q", "churn_rate"),  # "users churn" is a verb
        ("mood type", "F", "mood"),
    ]
