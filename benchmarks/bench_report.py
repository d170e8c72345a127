"""The tables `make bench` prints: what runs took, how that grows, what it compares with."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from rich.table import Table

from kedro_project import Cost
from row_by_row_telemetry import TARGET_RATIO, Measured

if TYPE_CHECKING:
    from bench_core import Run

PIPELINES = ("ingestion", "simulation", "modeling", "metrics", "publish")
MAX_OVERHEAD = 2
OVERHEAD_ROWS = 1_000_000
"""The size the overhead is held to; below it, the fixed cost of each query weighs more."""
FLAT = 1.1
"""Per row, a run may take so much of what the next smaller one took and still count as flat."""


@dataclass(frozen=True)
class ByHand:
    """What the hand-written script took for so many rows: by stage, and CPU of both cores."""

    rows: int
    seconds: dict[str, float]
    cpu_s: float


def case_table(runs: Sequence["Run"]) -> Table:
    """Wall time, memory and time by pipeline, a row per run, held against the targets."""
    table = Table(
        title=f"core, command to prompt ({os.cpu_count()} cores); start-up ingests one generation"
    )
    headings = ("run", "wall s", "target", "CPU s", "peak MB", "target", *PIPELINES, "")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "run" else "right", no_wrap=True)
    for run in runs:
        case, cost = run.case, run.cost
        table.add_row(
            case.name,
            f"{cost.wall_s:.1f}",
            _target(case.target_s),
            f"{cost.cpu_s:.1f}",
            f"{cost.peak_mb:,.0f}",
            _target(case.target_mb),
            *(f"{run.seconds[name]:.1f}" if name in run.seconds else "" for name in PIPELINES),
            _verdict(run),
        )
    return table


def _target(most: float | None) -> str:
    return "-" if most is None else f"{most:,.0f}"


def _verdict(run: "Run") -> str:
    pairs = ((run.cost.wall_s, run.case.target_s), (run.cost.peak_mb, run.case.target_mb))
    held = [spent <= most for spent, most in pairs if most is not None]
    if not held:
        return ""
    return "met" if all(held) else "missed"


def growth_table(runs: Sequence["Run"], start_up: Cost) -> Table:
    """Time and memory a row, beyond start-up and in all; they must not rise with the size."""
    table = Table(title="Growth: time and memory a row")
    for heading in ("rows", "us / row", "beyond start-up", "peak bytes / row", "beyond", ""):
        table.add_column(heading, justify="right")
    steps: list[tuple[Run | None, Run]] = [*pairwise([None, *runs])]  # type: ignore[list-item]
    for smaller, run in steps:
        rows, cost = run.case.rows, run.cost
        table.add_row(
            f"{rows:,}",
            f"{cost.wall_s / rows * 1e6:,.1f}",
            f"{_us_a_row(run, start_up):,.1f}",
            f"{cost.peak_mb / rows * 1e6:,.0f}",
            f"{(cost.peak_mb - start_up.peak_mb) / rows * 1e6:,.0f}",
            _trend(smaller, run, start_up) if smaller else "",
        )
    return table


def _us_a_row(run: "Run", start_up: Cost) -> float:
    return (run.cost.wall_s - start_up.wall_s) / run.case.rows * 1e6


def _trend(smaller: "Run", run: "Run", start_up: Cost) -> str:
    growth = _us_a_row(run, start_up) / _us_a_row(smaller, start_up)
    if growth > FLAT:
        return "rising"
    return "falling" if growth < 1 / FLAT else "flat"


def comparison_table(run: "Run", start_up: Cost, by_hand: ByHand, telemetry: Measured) -> Table:
    """Ours beside the hand-written script, by stage, and beside the row-by-row rules.

    Args:
        run: The run to compare.
        start_up: A run that does next to nothing; subtracted from ours.
        by_hand: The same rows by hand, without the start of its process.
        telemetry: Microseconds a row of both versions of the telemetry rules.
    """
    table = Table(title=f"Compared with a hand-written script ({run.case.rows:,} rows)")
    for heading in ("", "ours", "by hand", "ratio", "target", ""):
        table.add_column(heading, justify="left" if not heading else "right")
    for name in PIPELINES:
        table.add_row(name, *_ratio(run.seconds.get(name, 0.0), by_hand.seconds[name]))
    cpu = _ratio(run.cost.cpu_s - start_up.cpu_s, by_hand.cpu_s)
    table.add_row(f"CPU of all beyond start-up ({start_up.cpu_s:.1f} s)", *cpu)
    beyond, total = run.cost.wall_s - start_up.wall_s, sum(by_hand.seconds.values())
    verdict = "met" if beyond <= MAX_OVERHEAD * total else "missed"
    is_held = run.case.rows >= OVERHEAD_ROWS
    held = (f"<= {MAX_OVERHEAD}", verdict) if is_held else ("-", "")
    whole = (*_ratio(beyond, total), *held)
    table.add_row(f"all beyond start-up ({start_up.wall_s:.1f} s)", *whole)
    table.add_section()
    table.add_row(
        "telemetry rules, against row by row",
        f"{telemetry.arrays_us:.3f} us/row",
        f"{telemetry.plain_us:.2f} us/row",
        f"1 : {telemetry.ratio:.0f}",
        f">= {TARGET_RATIO}",
        "met" if telemetry.ratio >= TARGET_RATIO else "missed",
    )
    return table


def _ratio(ours: float, theirs: float) -> tuple[str, str, str]:
    return f"{ours:.1f} s", f"{theirs:.1f} s", f"{ours / theirs:.2f}"
