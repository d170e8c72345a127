"""What the header says of simulation."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from genai_session_analyzer.dashboard.freshness import freshness, simulated_words
from genai_session_analyzer.insights.provenance import ORIGINS, Provenance
from genai_session_analyzer.warehouse.builds import Build


def known(**shares: float) -> Provenance:
    build = Build(id="20260101T000000000000Z", path=Path("b"), sha256="0" * 64, rows={})
    by_part = {part: shares.get(part, 0.0) for part in ORIGINS}
    share = max(by_part.values())
    return Provenance(build, datetime(2026, 1, 1, tzinfo=UTC), ("log",), share, by_part)


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ({}, "nothing simulated"),
        ({"profile": 1.0}, "profiles simulated"),
        ({"user": 0.2, "profile": 1.0}, "users, profiles simulated"),
        (dict.fromkeys(ORIGINS, 1.0), "100\N{NARROW NO-BREAK SPACE}% simulated"),
    ],
)
def test_a_real_log_is_not_called_simulated_for_its_profiles(
    shares: dict[str, float], words: str
) -> None:
    assert simulated_words(known(**shares)) == words


def test_the_tooltip_tells_the_share_of_each_part() -> None:
    tooltip = freshness(known(profile=1.0)).children[1].label
    assert "users 0\N{NARROW NO-BREAK SPACE}%" in tooltip
    assert "profiles 100\N{NARROW NO-BREAK SPACE}%" in tooltip
