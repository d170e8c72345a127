"""Growth, ranges, first rows of each group, days between moments, parts of the day, percentiles."""

from datetime import date

import pytest
from planning_build import FACTS, ask, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.forms.range_words import find_ranges
from genai_session_analyzer.copilot.planning.forms.two_times import two_times
from genai_session_analyzer.copilot.roles import Understood
from genai_session_analyzer.copilot.wording import plan_sentence


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("which domain is growing fastest", "compared with january 2024 (January 2024)"),
        ("error rate by part of the day", "evening 18-22 UTC"),
        ("error rate during business hours", "hour of day from 9 to before 17"),
        ("error rate at night", "hour of day from 22 to before 6"),
        ("latency histogram in 5-second steps", "in steps of 5000 (named by their lower end)"),
        ("users by number of sessions: 1, 2-5, more", "in ranges from 0, 1, 2 and 6"),
        ("the latest prompt of each user", "only the first within each user id, latest first"),
        ("share of users who generate within 3 days of signup", "first generation at most 3"),
    ],
)
def test_the_sentence_states_what_was_taken(
    planner: LexiconPlanner, question: str, words: str
) -> None:
    outcome = ask(planner, question)
    assert isinstance(outcome, Understood)
    assert words in plan_sentence(outcome.plan, the_catalogue())


@pytest.mark.parametrize(
    ("said", "today", "times"),
    [
        ("", date(2024, 3, 14), "in february 2024 compared with january 2024"),
        ("", date(2024, 3, 31), "in march 2024 compared with february 2024"),
        ("", date(2024, 1, 5), "in december 2023 compared with november 2023"),
        ("in january", date(2024, 3, 14), "in january 2024 compared with december 2023"),
        ("from january to march", date(2024, 3, 14), "in march compared with january"),
        ("last week", date(2024, 3, 14), "last week compared with the week before"),
        ("some time ago", date(2024, 3, 14), None),
    ],
)
def test_growth_is_between_two_times(said: str, today: date, times: str | None) -> None:
    assert two_times(said, today) == times


@pytest.mark.parametrize(
    ("text", "width", "edges", "rest"),
    [
        ("latency in steps of 5 seconds", 5, (), "latency"),
        ("latency in 250 ms bins for pro users", 250, (), "latency for pro users"),
        ("users by sessions: 1, 2-5, 6+", None, (1, 2, 6), "users by sessions"),
        ("users by sessions: up to 3, 4 to 9, more", None, (0, 4, 10), "users by sessions"),
        ("sessions by retries: under 2, 2-4, over 4", None, (0, 2, 5), "sessions by retries"),
    ],
)
def test_ranges_are_found(
    text: str, width: float | None, edges: tuple[float, ...], rest: str
) -> None:
    found = find_ranges(text)
    assert found is not None
    assert (found.width, found.edges, found.rest) == (width, edges, rest)


@pytest.mark.parametrize("text", ["requests in 2023 vs 2024", "top 5 models", "users by 5, 3, 1"])
def test_other_numbers_are_no_ranges(text: str) -> None:
    assert find_ranges(text) is None
