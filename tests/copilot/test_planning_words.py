"""Questions over every kind of column: amounts, unknown values, texts, lists of values, times."""

from typing import Any

import pytest
from planning_build import FACTS, the_catalogue

from genai_session_analyzer.copilot.planning import LexiconPlanner
from genai_session_analyzer.copilot.planning.rules.raw_text.percentiles import name_percentiles
from genai_session_analyzer.copilot.planning.rules.raw_text.prompt_texts import (
    TextTest,
    find_text_words,
)


@pytest.fixture(scope="module")
def planner() -> LexiconPlanner:
    return LexiconPlanner(the_catalogue(), FACTS)


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("latency quartiles", "latency p25, p50 and p75"),
        ("1st and 3rd quartile of cost", "p25 and p75 of cost"),
        ("50th, 90th and 99th percentile of cost", "p50 and p90 and p99 of cost"),
        ("percentiles 75 and 95 of cost", "p75 and p95 of cost"),
        ("the 90th percentile of cost", "the 90th percentile of cost"),
        ("the first quarter of 2024", "the first quarter of 2024"),
    ],
)
def test_percentiles_are_named(said: str, plain: str) -> None:
    assert name_percentiles(said) == plain


@pytest.mark.parametrize(
    ("text", "tests"),
    [
        ("prompts that mention dragons", (("contains", ("dragon",)),)),
        ("prompts that mention failed", ()),
        ("prompts with the word failed", (("contains", ("failed",)),)),
        ("prompts not containing 'a cat'", (("not_contains", ("a cat",)),)),
        ("prompts mentioning knight and wizard",
         (("contains", ("knight",)), ("contains", ("wizard",)))),
        ("prompts beginning with 'a' or 'the'", (("starts_with", ("a", "the")),)),
        ("prompts that do not end with x4", ()),
        ("sessions that ended with failed", ()),
    ],
)  # fmt: skip
def test_texts_are_found(text: str, tests: tuple[tuple[Any, tuple[str, ...]], ...]) -> None:
    expected = tuple(TextTest(operator=operator, texts=texts) for operator, texts in tests)
    assert find_text_words(text, lambda word: word == "failed").tests == expected
