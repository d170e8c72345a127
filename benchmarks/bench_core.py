"""Wall time and peak memory of `core`, from command to prompt, and what they are compared with.

`make bench` prints the tables and keeps them as JSON in benchmarks/results, then does the same for
a day appended to a year and for the dashboard; `make bench BENCH=--large` also runs 14,000,000
generations, the size of DiffusionDB Large, and `make bench BENCH=--core-only` leaves both out.
"""

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

import bench_dashboard
import bench_incremental
from bench_report import OVERHEAD_ROWS, ByHand, case_table, comparison_table, growth_table
from kedro_project import PROJECT, Cost, copy_project, pipeline_seconds, run_command, run_kedro
from row_by_row_telemetry import measure as measure_telemetry

RESULTS = PROJECT / "benchmarks" / "results"
TARGETS: dict[int, tuple[float | None, float | None]] = {
    10_000: (7, None),
    100_000: (None, None),
    1_000_000: (18, 3000),
    14_000_000: (300, 8000),
}
"""Seconds and MB a run of so many generations may take on two cores; None = no target."""
MAX_LOAD = 0.5
LARGE = 14_000_000
DISCORD_ROWS, DISCORD_TARGET_S = 764_221, 30


@dataclass(frozen=True)
class Case:
    """One run: what it reads, its arguments, and what it may take on two cores."""

    name: str
    arguments: tuple[str, ...]
    rows: int
    target_s: float | None = None
    target_mb: float | None = None
    is_embedded: bool = True


@dataclass(frozen=True)
class Run:
    """A case and what it took.

    Attributes:
        case: What was run.
        cost: From command to prompt.
        seconds: By pipeline, as the run's closing table says.
    """

    case: Case
    cost: Cost
    seconds: dict[str, float]


def embedded_case(rows: int) -> Case:
    """`core` on so many generations of the embedded corpus."""
    arguments = ("--pipeline=core", "--params", f"corpus.generation_count={rows}")
    return Case(f"embedded, {rows:,}", arguments, rows, *TARGETS.get(rows, (None, None)))


def discord_case() -> Case | None:
    """`core` on real jobs, where GSA_REAL_DATA says where they are."""
    real = os.environ.get("GSA_REAL_DATA")
    if not real:
        print("GSA_REAL_DATA is not set: discord_jobs.parquet is left out.", file=sys.stderr)
        return None
    source = Path(real).resolve() / "prompts" / "discord_jobs.parquet"
    mapping = f"source.path={source},source.mapping=discord_jobs"
    arguments = ("--pipeline=core", "--env", "logs", "--params", mapping)
    name = f"discord_jobs, {DISCORD_ROWS:,}"
    return Case(name, arguments, DISCORD_ROWS, DISCORD_TARGET_S, is_embedded=False)


def start_up_case() -> Case:
    """A run that does next to nothing: one generation, ingested and no more."""
    arguments = ("--pipeline=ingestion", "--params", "corpus.generation_count=1")
    return Case("start-up", arguments, 1, is_embedded=False)


def measure(case: Case) -> Run:
    """Runs a case in a fresh project."""
    folder = Path(tempfile.mkdtemp(prefix="gsa-bench-"))
    try:
        project = copy_project(folder / "project")
        cost = run_kedro(project, *case.arguments)
        return Run(case, cost, pipeline_seconds(project))
    finally:
        shutil.rmtree(folder)


def measure_by_hand(rows: int) -> ByHand:
    """What the hand-written script takes, its start and its imports left out."""
    with tempfile.TemporaryDirectory(prefix="gsa-bench-") as folder:
        log = Path(folder) / "run.log"
        script = str(PROJECT / "benchmarks" / "hand_written.py")
        run_command([sys.executable, script, str(rows)], Path(folder), log)
        return ByHand(rows, **json.loads(log.read_text(encoding="utf-8").splitlines()[-1]))


def keep(record: dict[str, object]) -> Path:
    """Writes the record, with moment and machine, as a JSON file of its own."""
    RESULTS.mkdir(exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    machine = {
        "moment": moment,
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    path = RESULTS / f"core-{moment}.json"
    path.write_text(json.dumps(machine | record, indent=2), encoding="utf-8")
    return path


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line: sizes, and whether the large one and the year are run too."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--large", action="store_true", help=f"run {LARGE:,} generations too")
    parser.add_argument(
        "--core-only", action="store_true", help="leave out the year and the dashboard"
    )
    parser.add_argument("--sizes", type=int, nargs="+", help="these numbers of generations only")
    return parser.parse_args(arguments)


def main() -> None:
    """Measures every case, both comparisons and the year; prints the tables and keeps them."""
    asked, load = parsed(), os.getloadavg()[0]
    sizes = asked.sizes or [size for size in TARGETS if size != LARGE or asked.large]
    chosen = [embedded_case(size) for size in sorted(sizes)]
    real = None if asked.sizes else discord_case()
    start_up = min((measure(start_up_case()) for _ in range(2)), key=lambda run: run.cost.wall_s)
    runs = [measure(case) for case in [*chosen, *([real] if real else [])]]
    telemetry = measure_telemetry()
    compared = next((run for run in runs if run.case.rows == OVERHEAD_ROWS), runs[len(chosen) - 1])
    by_hand = measure_by_hand(compared.case.rows)
    console = Console(width=140)
    console.print(case_table([start_up, *runs]))
    console.print(growth_table([run for run in runs if run.case.is_embedded], start_up.cost))
    console.print(comparison_table(compared, start_up.cost, by_hand, telemetry))
    if load > MAX_LOAD:
        console.print(f"The machine was busy (load {load:.1f}) before this began; see CPU s.")
    record = {
        "load_before": load,
        "start_up": asdict(start_up),
        "runs": [asdict(run) for run in runs],
        "hand_written": asdict(by_hand),
        "telemetry": asdict(telemetry) | {"ratio": telemetry.ratio},
    }
    console.print(f"Kept as {keep(record).relative_to(PROJECT)}.")
    if not (asked.sizes or asked.core_only):
        bench_incremental.report()
        bench_dashboard.report()


if __name__ == "__main__":
    main()
