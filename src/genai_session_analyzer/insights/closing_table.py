"""The short table a run ends with."""

from collections.abc import Mapping

from rich.console import Console
from rich.table import Table

from genai_session_analyzer.insights.build_summary import BuildSummary

NEXT_STEPS = (
    ("make app", "the dashboard, on http://127.0.0.1:8050"),
    ('.venv/bin/gsa ask "Show error rate by user tier"', "questions in words"),
    (".venv/bin/kedro viz run", "the pipelines as a graph"),
    ("make mlflow", "the enrichment's runs; data/08_reporting/clusters.html is its report"),
    (".venv/bin/gsa summary", "these numbers again; gsa builds, gsa rollback"),
    ("duckdb data/warehouse.duckdb", "SQL on the published tables"),
    (".venv/bin/kedro run --env logs --params source.path=FILE,source.mapping=NAME", ""),
)

_SIMULATED = {
    "user": "users",
    "time": "times",
    "telemetry": "status, latency, cost",
    "profile": "tier, region, device",
}


def print_closing_table(
    summary: BuildSummary, seconds: Mapping[str, float], console: Console
) -> None:
    """Prints rows per table, the totals, time per pipeline, and what to type next.

    Args:
        summary: Totals of the build now served.
        seconds: Wall time per pipeline that ran.
        console: Where to print.
    """
    console.print(_overview(summary, seconds))
    console.print("Next:")
    for command, purpose in NEXT_STEPS:
        console.print(
            f"  [bold]{command}[/bold]  [dim]{purpose}[/dim]", highlight=False, soft_wrap=True
        )


def _overview(summary: BuildSummary, seconds: Mapping[str, float]) -> Table:
    table = Table(title=f"Build {summary.build.id}", title_justify="left", show_header=False)
    table.add_column(style="cyan", no_wrap=True)
    table.add_column(justify="right", no_wrap=True)
    for name, value in _facts(summary):
        table.add_row(name, value)
    table.add_section()
    for name, rows in summary.build.rows.items():
        table.add_row(f"rows in {name}", f"{rows:,}")
    if seconds:
        table.add_section()
        for name, duration in seconds.items():
            table.add_row(f"time of {name}", f"{duration:.1f} s")
    return table


def _facts(summary: BuildSummary) -> list[tuple[str, str]]:
    return [
        ("dataset", ", ".join(summary.datasets)),
        ("users", f"{summary.user_count:,}"),
        ("sessions", f"{summary.session_count:,}"),
        ("success rate", _known(summary.success_rate, ".1%")),
        ("mean friction (0-100)", _known(summary.mean_friction_score, ".1f")),
        ("cost", _known(summary.total_cost_credits, ",.0f", " credits")),
        ("rejected rows", f"{summary.build.rows.get('rejected_rows', 0):,}"),
        *_simulated(summary.simulated_shares),
    ]


def _simulated(shares: Mapping[str, float]) -> list[tuple[str, str]]:
    return [(f"simulated: {_SIMULATED[kind]}", f"{share:.0%}") for kind, share in shares.items()]


def _known(value: float | None, form: str, unit: str = "") -> str:
    return "unknown (not in the source)" if value is None else f"{value:{form}}{unit}"
