"""Questions in written, formal English: relative clauses, named columns, stated orders."""

import pytest
from planning_build import FACTS, ask, in_short, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.words.rewriting.stages import before_spelling
from genai_session_analyzer.copilot.roles import Question, Understood


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    ("first", "then", "expected"),
    [
        (
            "How many generations failed?",
            "Exclude those that were rate limited.",
            "generations; generation_count; where status in timeout,safety_violation,model_error",
        ),
        (
            "Which five users have the highest total cost?",
            "Consider only users of the pro tier.",
            "generations; total_cost_credits; by user_id; where user_tier in pro;"
            " order -total_cost_credits; first 5",
        ),
        (
            "What is the success rate for each region?",
            "Restrict the result to pro users.",
            "generations; success_rate; by region; where user_tier in pro",
        ),
        (
            "How many users signed up in January 2024?",
            "And how many in February?",
            "users; user_count; in 2024-02-01..2024-03-01",
        ),
        (
            "How many sessions are there in each friction band?",
            "Express these numbers as shares of all sessions.",
            "sessions; session_count as share_of_total; by friction_band",
        ),
    ],
)
def test_a_formal_follow_up(planner: LexiconPlanner, first: str, then: str, expected: str) -> None:
    before = ask(planner, first)
    assert isinstance(before, Understood)
    asked = Question(text=then, previous=before.plan)
    assert in_short(planner.plan(asked)) == expected


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("neither in europe nor in asia", "not in europe and not in asia"),
        ("sorted from the highest to the lowest", "in descending order"),
        ("in increasing order of the failure rate", "sorted by failure rate ascending"),
        ("divide the cost by the number of users", "ratio of the cost to the number of users"),
        ("between 1 and 5, both inclusive", "between 1 and 5"),
        ("no later than 1 may", "until 1 may"),
        ("requests divided by region", "requests divided by region"),
        ("the number of names", "the number of names"),
    ],
)
def test_formal_phrases_are_put_plainly(said: str, plain: str) -> None:
    assert before_spelling(said) == plain
