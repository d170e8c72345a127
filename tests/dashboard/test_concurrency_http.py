"""Many people at once, and a new build, over real HTTP against the command's own server."""

import json
import random
import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from bench_dashboard import answers, ask_together
from bench_dashboard_browser import Person
from bench_dashboard_server import Server, served
from dashboard.dashboard_build import publish, records

FILTERS: tuple[dict[str, str], ...] = (
    {},
    {"user_tier": "pro"},
    {"region": "asia"},
    {"device_type": "mobile"},
    {"status": "timeout"},
    {"user_tier": "free", "status": "success"},
)
KEYS = {"user_tier": "tier", "region": "region", "device_type": "device", "status": "status"}
PATHS = ("/", "/friction", "/sessions", "/costs")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("served") / "published"
    publish(folder)
    return folder


@pytest.fixture(scope="module")
def server(root: Path) -> Iterator[Server]:
    with served(root) as found:
        yield found


def query_of(filters: dict[str, str]) -> str:
    return "?" + "&".join(f"{KEYS[name]}={value}" for name, value in filters.items())


def passing(rows: list[dict[str, Any]], filters: dict[str, str]) -> list[dict[str, Any]]:
    return [row for row in rows if all(row.get(n) == value for n, value in filters.items())]


def shown_counts(port: int, filters: dict[str, str]) -> tuple[int, int]:
    """Generations of the Overview and sessions of the table, as one person sees them."""
    person = Person(port)
    overview = json.dumps([call.answer for call in person.open("/", query_of(filters))])
    generations = re.search(r'"children": "([\d,]+)", "className": "stat-value"', overview)
    person.open("/sessions", query_of(filters))
    sessions = person.properties["sessions-grid"]["getRowsResponse"]["rowCount"]
    person.close()
    assert generations is not None
    return int(generations[1].replace(",", "")), int(sessions)


def expected_counts(filters: dict[str, str]) -> tuple[int, int]:
    given = records()
    ours = passing(given["fct_generations"], filters)
    own = {name: value for name, value in filters.items() if name != "status"}
    theirs = {row["session_id"] for row in passing(given["fct_sessions"], own)}
    return len(ours), len(theirs & {row["session_id"] for row in ours})


def test_eight_people_at_once_see_what_the_records_sum_to(server: Server) -> None:
    asked = [FILTERS[number % len(FILTERS)] for number in range(24)]
    random.Random(3).shuffle(asked)  # noqa: S311  # who asks what
    with ThreadPoolExecutor(8) as people:
        found = list(people.map(lambda each: shown_counts(server.port, each), asked))
    assert found == [expected_counts(each) for each in asked]


def test_eight_people_get_every_answer_that_one_person_gets(root: Path, server: Server) -> None:
    views = [(path, query_of(each) + "&from=2024-02-28") for path in PATHS for each in FILTERS[1:3]]
    together = ask_together(server.port, views)
    with served(root) as fresh:  # it has remembered nothing
        person = Person(fresh.port)
        alone = {view: answers(person.open(*view)) for view in views}
        person.close()
    assert len(together) == 8
    assert all(each == alone for each in together)


def test_a_new_build_is_shown_without_a_restart(tmp_path: Path) -> None:
    root = tmp_path / "published"
    publish(root)
    with served(root) as server:
        assert shown_counts(server.port, {}) == expected_counts({})
        few = records(40)
        publish(root, **{name: few[name] for name in ("fct_generations", "fct_sessions")})
        sessions = len(few["fct_sessions"])
        deadline = time.monotonic() + 10
        while shown_counts(server.port, {}) != (40, sessions):
            assert time.monotonic() < deadline
