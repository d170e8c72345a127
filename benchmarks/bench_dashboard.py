"""How fast the dashboard answers, over real HTTP: start, first page, filter changes, drill-downs.

`make bench` prints the tables and keeps them as JSON in benchmarks/results. A change counts as
answered when every callback that a browser would call has answered. No filter is asked twice.
"""

import argparse
import json
import os
import platform
import random
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from rich.console import Console
from rich.table import Table

from bench_dashboard_actions import actions_of, opened_pages, views_of
from bench_dashboard_browser import Person
from bench_dashboard_builds import data_root, default_build, labelled_build
from bench_dashboard_drawn import Action
from bench_dashboard_hostile import Beside, measure_beside, table_beside
from bench_dashboard_people import PEOPLE, answers, ask_together
from bench_dashboard_server import Server, served
from kedro_project import PROJECT

TARGET_MS = {10_000: 120, 1_000_000: 400}
"""Of the p95 of any change, by generations."""
START_S, FIRST_PAGE_S = 4.0, 2.0
READING_S = 4.0
"""A person reads the first page for so long; meanwhile the server makes its tables in memory."""
SEED = 5
CAPTION = "All but the start was timed once tables in memory and search index were there."


@dataclass(frozen=True)
class Timing:
    """One action: seconds until all was still, the server's processor time, callbacks called."""

    page: str
    kind: str
    seconds: float
    cpu_s: float
    calls: int


@dataclass(frozen=True)
class Measured:
    """A build's numbers.

    Attributes:
        rows: Generations of the build.
        start_s: From the command to the first answered request.
        first_page_s: From there until the Overview was complete.
        timings: Every action.
        views: Pages with filters that eight people asked for at once.
        differing: Those whose answers were not those one person got.
        beside: Changes alone and beside hostile SQL.
    """

    rows: int
    start_s: float
    first_page_s: float
    timings: tuple[Timing, ...]
    views: int
    differing: tuple[str, ...]
    beside: Beside


def measure(root: Path, per_page: int) -> Measured:
    """Measures a build: one person, then eight, then one beside hostile SQL; on fresh servers."""
    rows = json.loads((root / "CURRENT").read_text(encoding="utf-8"))["rows"]
    dice = random.Random(SEED)  # noqa: S311  # which filters are chosen
    views = views_of(dice, PEOPLE)
    with served(root) as server:
        person = Person(server.port)
        first = _timed(server, Action("overview", "open", lambda each: each.open("/")), person)
        if "/gallery" in opened_pages(rows):
            person.open("/gallery")  # answered once the search has read its vectors
        time.sleep(READING_S)
        timings = [
            _timed(server, action, person)
            for page in opened_pages(rows)
            for action in actions_of(page, dice, per_page)
        ]
        alone = {view: answers(person.open(*view)) for view in views}
        person.close()
    with served(root) as server:
        together = ask_together(server.port, views)
    differing = [f"{path}{query}" for each in together for (path, query), found in each.items()
                 if found != alone[path, query]]  # fmt: skip
    return Measured(
        rows["fct_generations"], server.started_s, first.seconds, tuple(timings), len(views),
        tuple(differing), measure_beside(root, per_page),
    )  # fmt: skip


def _timed(server: Server, action: Action, person: Person) -> Timing:
    action.before(person)
    cpu, began = server.cpu_s(), time.perf_counter()
    calls = action.do(person)
    seconds = time.perf_counter() - began
    return Timing(action.page, action.kind, seconds, server.cpu_s() - cpu, len(calls))


def table_of(found: Measured) -> Table:
    """Percentiles per page and kind, held against the target."""
    target = TARGET_MS.get(found.rows)
    title = f"dashboard over HTTP, {found.rows:,} generations ({os.cpu_count()} cores)"
    table = Table(title=title, caption=CAPTION)
    for heading in ("page", "kind", "n", "p50 ms", "p95 ms", "max ms", "target", "", "CPU ms"):
        table.add_column(heading, justify="left" if heading in ("page", "kind") else "right")
    for name, seconds, most in (
        ("up after the command", found.start_s, START_S),
        ("first page complete", found.first_page_s, FIRST_PAGE_S),
    ):
        verdict = "met" if seconds <= most else "missed"
        table.add_row(name, "", "1", "", "", f"{seconds * 1e3:,.0f}", f"{most * 1e3:,.0f}", verdict)
    for page, kind in dict.fromkeys((each.page, each.kind) for each in found.timings):
        group = [each for each in found.timings if (each.page, each.kind) == (page, kind)]
        table.add_row(page, kind, *_row(group, target if kind != "open" else None))
    changes = [each for each in found.timings if each.kind != "open"]
    table.add_section()
    table.add_row("all", "changes", *_row(changes, target))
    return table


def _row(group: Sequence[Timing], target: float | None) -> tuple[str, ...]:
    milliseconds = np.array([each.seconds for each in group]) * 1e3
    p50, p95 = np.percentile(milliseconds, [50, 95])
    verdict = "" if target is None else ("met" if p95 <= target else "missed")
    cpu = np.mean([each.cpu_s for each in group]) * 1e3
    return (
        str(len(group)), f"{p50:,.0f}", f"{p95:,.0f}", f"{milliseconds.max():,.0f}",
        "-" if target is None else f"{target:,.0f}", verdict, f"{cpu:,.0f}",
    )  # fmt: skip


def parsed(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The command line: builds at hand, and how many changes a page gets."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--roots", nargs="+", type=data_root, help="published roots to measure")
    parser.add_argument("--per-page", type=int, default=20, help="filter changes per page")
    return parser.parse_args(arguments)


def report(roots: Sequence[Path] = (), per_page: int = 20) -> None:
    """Measures the builds, or makes one of 10,000 and one of 1,000,000; prints and keeps."""
    console, load = Console(width=140), os.getloadavg()[0]
    with tempfile.TemporaryDirectory(prefix="gsa-bench-") as folder:
        makers: list[Callable[[], Path]] = [lambda root=root: root for root in roots] or [
            lambda: default_build(Path(folder), 10_000),
            lambda: labelled_build(Path(folder), 1_000_000),
        ]
        found = [measure(make(), per_page) for make in makers]
    for each in found:
        console.print(table_of(each))
        same = f"{each.views} views asked by {PEOPLE} people at once"
        wrong = f"{len(each.differing)} answers differ: {each.differing[:5]}"
        console.print(table_beside(each.beside))
        console.print(f"{same}: {wrong if each.differing else 'every answer as for one person'}.")
    console.print(f"Kept as {keep(load, found).relative_to(PROJECT)}.")


def keep(load: float, found: Sequence[Measured]) -> Path:
    """Writes what was measured, with moment and machine, as a JSON file of its own."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    record = {
        "moment": moment,
        "machine": platform.platform(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        "load_before": load,
        "builds": [asdict(each) for each in found],
    }
    path = PROJECT / "benchmarks" / "results" / f"dashboard-{moment}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(record, indent=2), encoding="utf-8")
    return path


if __name__ == "__main__":
    asked = parsed()
    report(asked.roots or (), asked.per_page)
