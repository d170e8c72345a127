"""Pages beside hostile SQL: a person changes filters while others run statements without end.

The same changes are made twice, each time on a fresh server: alone, and while as many browser
sessions as there are workers run hostile statements by the page Copilot, without a pause.
"""

import itertools
import random
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import numpy as np
from rich.table import Table

from bench_dashboard_actions import PAGES, actions_of
from bench_dashboard_asker import Asker, Ended
from bench_dashboard_browser import Person
from bench_dashboard_people import answers
from bench_dashboard_server import Server, served
from genai_session_analyzer.dashboard.pages.copilot_callbacks import LOOK_S
from genai_session_analyzer.dashboard.pages.copilot_layout import TICK_MS
from genai_session_analyzer.warehouse.query_worker.settings import WorkerSettings

HOSTILE = (
    "SELECT levenshtein(repeat('ab', 200000), repeat('ba', 200000))",
    "SELECT * FROM range(100000000) AS a, range(100) AS b ORDER BY hash(a.range + b.range)",
    "SELECT regexp_extract_all(repeat('a', 10000000), '(a|aa)+$')",
    "SELECT count(*) FROM fct_generations a, fct_generations b, range(1000000) c"
    " WHERE hash(a.prompt_id, b.prompt_id, c.range) % 7 = 0",
    "SELECT list_reduce(range(1000000), lambda x, y : x + y + len(range(10000)))",
    "WITH RECURSIVE t (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM t) SELECT max(i) FROM t",
    "SELECT list_sort(list_transform(range(30000000), x -> hash(x)))[1]",
    "SELECT sum(hash(a.range + b.range)) FROM range(10000000) AS a, range(1000000) AS b",
)
"""Endless loops, large sorts, hunger for memory, and what does not hear an interrupt."""
ASKERS = WorkerSettings().pool_size
LIMIT_S = WorkerSettings().limits.soft_deadline_s + 1
SEEN_S = TICK_MS / 1000 + LOOK_S
"""A page may learn so much later that a statement has ended."""
MOST_TIMES = 2.0
READING_S = 4.0


@dataclass(frozen=True)
class Change:
    """A change of a page: seconds until all was still, and a hash of every answer."""

    page: str
    seconds: float
    answered: str


@dataclass(frozen=True)
class Beside:
    """The same changes alone and beside hostile statements, and how these ended."""

    alone: tuple[Change, ...]
    beside: tuple[Change, ...]
    ended: tuple[Ended, ...]

    @property
    def differing(self) -> int:
        """Changes that were answered otherwise than alone."""
        return sum(
            one.answered != other.answered
            for one, other in zip(self.alone, self.beside, strict=True)
        )

    def of_page(self, page: str) -> "Beside":
        """The changes of one page."""
        alone, beside = (
            tuple(each for each in changes if each.page == page)
            for changes in (self.alone, self.beside)
        )
        return Beside(alone, beside, self.ended)

    def times(self, percentile: float) -> float:
        """How many times as long a change took beside hostile statements."""
        alone, beside = (
            float(np.percentile([each.seconds for each in changes], percentile))
            for changes in (self.alone, self.beside)
        )
        return beside / alone


def measure_beside(root: Path, per_page: int, seed: int = 5) -> Beside:
    """Makes the changes alone, then on another server beside hostile statements."""
    with served(root) as server:
        alone = _changes(_reader(server), per_page, seed)
    with served(root) as server:
        person = _reader(server)
        with hostile_loop(server.port) as ended:
            beside = _changes(person, per_page, seed)
    return Beside(alone, beside, tuple(ended))


@contextmanager
def hostile_loop(port: int, statements: Sequence[str] = HOSTILE) -> Iterator[list[Ended]]:
    """Run the statements again and again, one in each worker."""
    ended: list[Ended] = []
    stop = threading.Event()

    def loop(number: int) -> None:
        """Run one statement after another, until it is time to stop."""
        asker = Asker(port, f"hostile-{number}")
        asker.run("SELECT 1")  # answered once the workers are there
        for sql in itertools.islice(itertools.cycle(statements), number, None):
            if stop.is_set():
                break
            ended.append(asker.run(sql))
        asker.close()

    threads = [threading.Thread(target=loop, args=(each,)) for each in range(ASKERS)]
    for each in threads:
        each.start()
    try:
        yield ended
    finally:
        stop.set()
        for each in threads:
            each.join()


def _reader(server: Server) -> Person:
    """Who has read the first page: meanwhile the server made its tables in memory."""
    person = Person(server.port)
    person.open("/")
    time.sleep(READING_S)
    return person


def _changes(person: Person, per_page: int, seed: int) -> tuple[Change, ...]:
    dice, made = random.Random(seed), []  # noqa: S311
    for path, page in PAGES.items():
        for action in actions_of(path, dice, per_page):
            action.before(person)
            began = time.perf_counter()
            calls = action.do(person)
            seconds = time.perf_counter() - began
            made.append(Change(page, seconds, sha256(answers(calls).encode()).hexdigest()))
    person.close()
    return tuple(made)


def table_beside(found: Beside) -> Table:
    """The changes of each page alone and beside, and how late the statements ended."""
    table = Table(title=f"the same changes beside {ASKERS} hostile statements at a time")
    for heading in ("page", "n", "p50 ms alone", "beside", "times", "p95 ms alone", "beside",
                    "times", "most", ""):  # fmt: skip
        table.add_column(heading, justify="left" if heading == "page" else "right")
    for page in dict.fromkeys(each.page for each in found.alone):
        table.add_row(page, *_times(found.of_page(page)))
    table.add_section()
    times = max(found.times(50), found.times(95))
    table.add_row(
        "all", *_times(found), f"{MOST_TIMES:g}", "met" if times <= MOST_TIMES else "missed"
    )
    late, most = max(each.seconds for each in found.ended), LIMIT_S + SEEN_S
    table.caption = (
        f"{len(found.ended)} statements; the slowest end was seen after {late:.2f} s, limit "
        f"{most:.2f} s: {'met' if late <= most else 'missed'}. {found.differing} of "
        f"{len(found.alone)} changes answered otherwise than alone."
    )
    return table


def _times(found: Beside) -> tuple[str, ...]:
    cells = [str(len(found.alone))]
    for percentile in (50, 95):
        for changes in (found.alone, found.beside):
            seconds = np.percentile([each.seconds for each in changes], percentile)
            cells.append(f"{seconds * 1e3:,.0f}")
        cells.append(f"{found.times(percentile):.2f}")
    return tuple(cells)
