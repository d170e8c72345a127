"""Wall time and peak memory of `core`, from command to prompt.

`make bench` prints the table and keeps it as JSON in benchmarks/results.
"""

import json
import os
import platform
import shutil
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console
from rich.table import Table

from kedro_project import PROJECT, Cost, copy_project, run_kedro

RESULTS = PROJECT / "benchmarks" / "results"
MAX_PEAK_MB = 4000


@dataclass(frozen=True)
class Case:
    """One run: what it reads, its arguments, and the seconds it may take on two cores."""

    name: str
    arguments: tuple[str, ...]
    rows: int
    target_s: float


def cases() -> list[Case]:
    """The embedded corpus in three sizes, and real jobs where they are at hand."""
    embedded = [
        Case(
            f"embedded, {count:,}",
            ("--pipeline=core", "--params", f"corpus.generation_count={count}"),
            count,
            target,
        )
        for count, target in ((10_000, 8), (100_000, 12), (1_000_000, 30))
    ]
    real = os.environ.get("GSA_REAL_DATA")
    if not real:
        print("GSA_REAL_DATA is not set: discord_jobs.parquet is left out.", file=sys.stderr)
        return embedded
    source = Path(real).resolve() / "prompts" / "discord_jobs.parquet"
    mapping = f"source.path={source},source.mapping=discord_jobs"
    arguments = ("--pipeline=core", "--env", "logs", "--params", mapping)
    return [*embedded, Case("discord_jobs, 764,221", arguments, 764_221, 45)]


def measure(case: Case) -> Cost:
    """Runs a case in a fresh project."""
    folder = Path(tempfile.mkdtemp(prefix="gsa-bench-"))
    try:
        return run_kedro(copy_project(folder / "project"), *case.arguments)
    finally:
        shutil.rmtree(folder)


def as_table(measured: list[tuple[Case, Cost]]) -> Table:
    """The table for people."""
    table = Table(title=f"core, command to prompt ({os.cpu_count()} cores)")
    for heading in ("run", "wall s", "target s", "CPU s", "peak MB", "rows / s", ""):
        table.add_column(heading, justify="left" if heading == "run" else "right")
    for case, cost in measured:
        is_met = cost.wall_s <= case.target_s and cost.peak_mb <= MAX_PEAK_MB
        table.add_row(
            case.name,
            f"{cost.wall_s:.1f}",
            f"{case.target_s:.0f}",
            f"{cost.cpu_s:.1f}",
            f"{cost.peak_mb:,.0f}",
            f"{case.rows / cost.wall_s:,.0f}",
            "met" if is_met else "missed",
        )
    return table


def main() -> None:
    """Measures every case, prints the table and keeps it."""
    measured = [(case, measure(case)) for case in cases()]
    Console().print(as_table(measured))
    RESULTS.mkdir(exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    record = {
        "moment": moment,
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "runs": [asdict(case) | asdict(cost) for case, cost in measured],
    }
    (RESULTS / f"core-{moment}.json").write_text(json.dumps(record, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
