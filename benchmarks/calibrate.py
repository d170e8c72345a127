"""Real shapes beside simulated ones, with their distances: `make calibrate`.

Each profile is run at the size of the real log of jobs (as many generations and users, the
project's own period) in a throw-away folder. Prints the table and keeps it as JSON in
benchmarks/results and, for pictures, in calibration_after.json. What the simulation was before it
was fitted is in calibration_before.json.
"""

import json
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from genai_session_analyzer.insights.calibration import (
    JOB_SHAPES,
    REQUEST_SHAPES,
    measure_shapes,
)
from genai_session_analyzer.insights.calibration_record import Record, as_record
from genai_session_analyzer.insights.calibration_sources import (
    build_generations,
    discord_generations,
    service_generations,
)
from genai_session_analyzer.insights.distributions import Array
from genai_session_analyzer.warehouse.reader import BuildReader
from kedro_project import PROJECT, copy_project, run_kedro

RESULTS = PROJECT / "benchmarks" / "results"
BEFORE = PROJECT / "benchmarks" / "calibration_before.json"
AFTER = PROJECT / "benchmarks" / "calibration_after.json"
PROFILES = ("classic", "realistic")
TARGET = 0.1
SHOWN = (0.25, 0.5, 0.75, 0.99)
SHAPES = (*JOB_SHAPES, *REQUEST_SHAPES)
NOT_FITTED = {
    "sessions followed within 72 h": "follows from the lapse shares, which are given",
    "generations per user and day": "the two logs themselves differ by 0.35; the jobs are followed",
}
"""Shapes that are shown and not aimed at, with the reason."""
CAPTIONS = {
    "before": "the profile realistic before it was fitted",
    "chance": "median distance of as many values as the real log has, drawn from the simulated",
    "5 %": "what two samples of these sizes of one law exceed in 5 % of cases",
    **NOT_FITTED,
}


def measure_real(folder: Path) -> dict[str, Array]:
    """The shapes of the two real logs."""
    jobs = discord_generations(folder / "prompts" / "discord_jobs.parquet")
    requests = service_generations(folder / "telemetry" / "t2i_requests.parquet")
    return measure_shapes(jobs, JOB_SHAPES) | measure_shapes(requests, REQUEST_SHAPES)


def simulate_shapes(profile: str, real: Mapping[str, Array]) -> dict[str, Array]:
    """The shapes of a profile, run at the size of the real log of jobs."""
    per_user = real["generations per user"]
    parameters = (
        f"corpus.generation_count={int(per_user.sum())},"
        f"simulation.user_count={len(per_user)},simulation.profile={profile}"
    )
    folder = Path(tempfile.mkdtemp(prefix="gsa-calibrate-"))
    try:
        project = copy_project(folder / "project")
        run_kedro(project, "--pipeline=core", "--params", parameters)
        with BuildReader(project / "data" / "published") as reader:
            return measure_shapes(build_generations(reader.ibis()), SHAPES)
    finally:
        shutil.rmtree(folder)


def as_table(now: Record, before: Record) -> Table:
    """The table for people: quantiles, and distances to the real data before and after."""
    headings = ", ".join(f"p{level * 100:.0f}" for level in SHOWN)
    table = Table(title=f"Real and simulated shapes: {headings}, or the mean of what is 0 or 1")
    table.add_column("")
    for column in now:
        table.add_column(column, justify="right")
    for column in (*(f"KS {profile}" for profile in PROFILES), "before", "chance", "5 %", ""):
        table.add_column(column, justify="right")
    for shape in SHAPES:
        rows = [record[shape.name] for record in now.values()]
        fitted = now["realistic"][shape.name]
        table.add_row(
            f"{shape.name} ({shape.unit})",
            *(_summary(row, shape.unit) for row in rows),
            *(f"{now[profile][shape.name]['distance']:.3f}" for profile in PROFILES),
            f"{before['realistic'][shape.name]['distance']:.3f}",
            f"{fitted['usual_chance']:.3f}",
            f"{fitted['chance_distance']:.3f}",
            _verdict(shape.name, fitted["distance"]),
        )
    table.caption = "\n".join(f"{name}: {reason}" for name, reason in CAPTIONS.items())
    return table


def _verdict(name: str, distance: float) -> str:
    if name in NOT_FITTED:
        return "not fitted"
    return "met" if distance <= TARGET else "missed"


def _summary(row: Mapping[str, Any], unit: str) -> str:
    if unit == "0 or 1":
        return f"{row['mean']:.3f}"
    return " ".join(f"{row[f'p{level * 100:g}']:.3g}" for level in SHOWN)


def main() -> None:
    """Measures both logs and every profile, prints the table and keeps it."""
    folder = os.environ.get("GSA_REAL_DATA")
    if not folder:
        sys.exit("Set GSA_REAL_DATA to the folder with prompts/ and telemetry/.")
    real = measure_real(Path(folder))
    record = as_record(real, {profile: simulate_shapes(profile, real) for profile in PROFILES})
    before = json.loads(BEFORE.read_text(encoding="utf-8"))
    Console(width=200).print(as_table(record, before))
    AFTER.write_text(json.dumps(record), encoding="utf-8")
    RESULTS.mkdir(exist_ok=True)
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    path = RESULTS / f"calibration-{moment}.json"
    path.write_text(json.dumps(record, indent=2), encoding="utf-8")


if __name__ == "__main__":
    main()
