"""Answers that many others are made from are not forgotten for the sake of those."""

from pathlib import Path

from dashboard.dashboard_build import services as build_services
from genai_session_analyzer.dashboard.services import REMEMBERED_ANSWERS


def test_what_is_held_outlives_many_answers(tmp_path: Path) -> None:
    services, made = build_services(tmp_path), []

    def make() -> str:
        made.append("held")
        return "held"

    assert services.hold(("rows",), make) == "held"
    for number in range(2 * REMEMBERED_ANSWERS):
        services.remember((number,), lambda number=number: number)
    assert services.hold(("rows",), make) == "held"
    assert made == ["held"]
