"""What appending one day to a year costs, relative to the year; and whether the tables are equal.

`python benchmarks/bench_incremental.py [ROWS_PER_DAY]` prints a table and keeps it as JSON in
benchmarks/results; `make bench` does so after its own tables. Times are of whole commands; the
start-up that is taken off for the shares is the same command over a log of one row.
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

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
from rich.console import Console
from rich.table import Table

from genai_session_analyzer.pipelines.publish.nodes import PUBLISHED_TABLES
from kedro_project import PROJECT, Cost, copy_project, run_kedro
from year_log import MAPPING, YearLog

RESULTS = PROJECT / "benchmarks" / "results"
ROWS_PER_DAY = 10_000
DAYS = 365
DAYS_A_FILE = 31
UPDATES = 3
TARGET_SHARE = 0.05


@dataclass(frozen=True)
class Measured:
    """One run: its name and its cost."""

    name: str
    cost: Cost


def prepare(folder: Path, log: YearLog) -> Path:
    """A project, the year in a file a month, and the days after it in files of their own."""
    project = copy_project(folder / "project")
    (project / "year.yml").write_text(MAPPING, encoding="utf-8")
    (project / "year").mkdir()
    for first in range(0, DAYS, DAYS_A_FILE):
        days = [log.day(number) for number in range(first, min(first + DAYS_A_FILE, DAYS))]
        pq.write_table(pa.concat_tables(days), project / "year" / f"from-{first:03d}.parquet")
    log.write_days(project / "next", range(DAYS, DAYS + UPDATES))
    return project


def run(project: Path, source: str) -> Cost:
    """The pipelines over a file or folder of the project."""
    parameters = f"source.path={project / source},source.mapping=year.yml"
    return run_kedro(project, "--pipeline=core", "--env", "logs", "--params", parameters)


def start_up(folder: Path) -> Cost:
    """The same over a log of one row."""
    project = copy_project(folder / "one")
    (project / "year.yml").write_text(MAPPING, encoding="utf-8")
    YearLog(1, 1).write_days(project / "one_row", range(1))
    return run(project, "one_row")


def rebuild(project: Path, folder: Path) -> tuple[Path, Cost]:
    """The same raw store made into tables anew, in a project of its own."""
    other = copy_project(folder / "rebuilt")
    shutil.copy(project / "year.yml", other)
    shutil.copytree(project / "next", other / "next")
    shutil.copytree(project / "data" / "01_raw", other / "data" / "01_raw")
    return other, run(other, f"next/day-{DAYS + UPDATES - 1:03d}.parquet")


def differing_rows(one: Path, other: Path) -> dict[str, int]:
    """Rows of each published table that only one of two projects has."""
    with duckdb.connect() as connection:
        for name, project in (("one", one), ("other", other)):
            connection.execute(f"ATTACH '{project}/data/warehouse.duckdb' AS {name} (READ_ONLY)")
        return {
            table: sum(
                connection.sql(
                    f"SELECT count(*) FROM (FROM {a}.{table} EXCEPT ALL FROM {b}.{table})"
                ).fetchall()[0][0]
                for a, b in (("one", "other"), ("other", "one"))
            )
            for table in PUBLISHED_TABLES
        }


def measure(folder: Path, log: YearLog) -> tuple[list[Measured], dict[str, int]]:
    """All runs in order, and the rows that differ from a rebuild after the last update."""
    project = prepare(folder, log)
    measured = [Measured("start-up", start_up(folder)), Measured("year", run(project, "year"))]
    for number in range(DAYS, DAYS + UPDATES):
        cost = run(project, f"next/day-{number:03d}.parquet")
        if "tables are updated" not in (project / "run.log").read_text(encoding="utf-8"):
            raise RuntimeError(f"day {number} was no update; see {project / 'run.log'}")
        measured.append(Measured(f"day {number + 1}", cost))
    other, cost = rebuild(project, folder)
    measured.append(Measured("rebuild from the raw store", cost))
    return measured, differing_rows(project, other)


def shares(measured: list[Measured]) -> dict[str, tuple[float, float]]:
    """Wall and CPU time beyond the start-up, as shares of the year's."""
    of = {each.name: each.cost for each in measured}
    wall, cpu = of["start-up"].wall_s, of["start-up"].cpu_s
    year = of["year"]
    return {
        name: ((cost.wall_s - wall) / (year.wall_s - wall), (cost.cpu_s - cpu) / (year.cpu_s - cpu))
        for name, cost in of.items()
        if name.startswith(("day", "rebuild"))
    }


def as_table(measured: list[Measured]) -> Table:
    """The table for people."""
    of_year = shares(measured)
    table = Table(title=f"one more day, target {TARGET_SHARE:.0%} ({os.cpu_count()} cores)")
    for heading in ("run", "wall s", "CPU s", "wall, of the year's", "CPU, of the year's"):
        table.add_column(heading, justify="left" if heading == "run" else "right")
    for each in measured:
        told = [f"{share:.1%}" for share in of_year.get(each.name, ())]
        table.add_row(each.name, f"{each.cost.wall_s:.1f}", f"{each.cost.cpu_s:.1f}", *told)
    return table


def report(rows_per_day: int = ROWS_PER_DAY) -> None:
    """Measures, prints the table, keeps it, and fails where an update differs from a rebuild.

    Raises:
        SystemExit: Some rows differ.
    """
    log = YearLog(rows_per_day, user_count=60_000)
    folder = Path(tempfile.mkdtemp(prefix="gsa-bench-"))
    try:
        measured, differing = measure(folder, log)
    finally:
        shutil.rmtree(folder)
    console = Console()
    console.print(as_table(measured))
    console.print(f"rows that differ from a rebuild: {differing}")
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    record = {
        "moment": moment,
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "load": os.getloadavg(),
        "rows": log.rows_per_day * DAYS,
        "runs": [{"name": each.name} | asdict(each.cost) for each in measured],
        "shares_beyond_start_up": shares(measured),
        "differing_rows": differing,
    }
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"incremental-{moment}.json").write_text(json.dumps(record, indent=2), "utf-8")
    if any(differing.values()):
        sys.exit("an update gave other tables than a rebuild")


if __name__ == "__main__":
    report(*map(int, sys.argv[1:2]))
