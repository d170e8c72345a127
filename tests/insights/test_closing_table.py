"""What a run ends with: the commands it names exist, and the question it gives is answered."""

import re
from pathlib import Path

from rich.console import Console

from genai_session_analyzer.insights.build_summary import BuildSummary
from genai_session_analyzer.insights.closing_table import NEXT_STEPS, print_closing_table
from genai_session_analyzer.warehouse.builds import Build

PROJECT = Path(__file__).parents[2]
SUMMARY = BuildSummary(
    build=Build(id="20260101T000000000000Z", path=Path("w.duckdb"), sha256="0" * 64, rows={}),
    datasets=("embedded",),
    user_count=2,
    session_count=3,
    success_rate=None,
    mean_friction_score=1.5,
    total_cost_credits=None,
    simulated_shares={},
    generation_count=4,
)


def test_the_dashboard_and_a_question_come_first() -> None:
    console = Console(record=True, width=60)
    print_closing_table(SUMMARY, {}, console)
    following = console.export_text().partition("Next:")[2].splitlines()[1:]
    assert following[0].split("  ")[1] == "make app"
    assert following[1].startswith('  .venv/bin/gsa ask "Show error rate by user tier"')
    assert len(following) == len(NEXT_STEPS)


def test_every_target_of_make_it_names_exists() -> None:
    named = {command.split()[1] for command, _ in NEXT_STEPS if command.startswith("make ")}
    targets = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text("utf-8"), re.MULTILINE)
    assert named == {"app", "mlflow"}
    assert named <= set(targets)
