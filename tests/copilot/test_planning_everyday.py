"""What is measured behind a colon comes first."""

import pytest

from genai_session_analyzer.copilot.planning.words.rewriting.named_last import measure_first


@pytest.mark.parametrize(
    ("said", "plain"),
    [
        ("short prompts: success rate", "success rate of short prompts"),
        (
            "Free users: error rate and mean latency?",
            "error rate and mean latency of Free users",
        ),
        ("sessions: how many last week", "sessions: how many last week"),
        ("by tier: error rate", "by tier: error rate"),
        ("error rate at 10:30", "error rate at 10:30"),
    ],
)
def test_numbers_behind_a_colon_come_first(said: str, plain: str) -> None:
    assert measure_first(said) == plain
