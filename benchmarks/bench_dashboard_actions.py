"""What people do on the pages: filter, click a bar, open a session. Drawn from a seed."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from bench_dashboard_browser import Call, Person
from genai_session_analyzer.dashboard.filter_bar import DAYS_ID, control_id
from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    MOODS,
    REGIONS,
    STATUSES,
    USER_TIERS,
)

PAGES = {"/": "overview", "/friction": "friction", "/sessions": "sessions", "/costs": "costs"}
GALLERY = {"/gallery": "gallery"}
VALUES: dict[str, tuple[str, ...]] = {
    "user_tier": USER_TIERS,
    "region": REGIONS,
    "device_type": DEVICE_TYPES,
    "status": STATUSES,
    "domain": DOMAINS,
    "art_style": ART_STYLES,
    "mood": MOODS,
}
KEYS = {"user_tier": "tier", "device_type": "device", "art_style": "style"}
FIRST_DAY = date(2024, 1, 8)
BARS = {"friction": "friction-struggle-graph", "costs": "costs-groups-graph"}


def _nothing(person: Person) -> None:
    """Needs no preparation."""
    del person


@dataclass(frozen=True)
class Action:
    """Something a person does; what comes before it is not measured."""

    page: str
    kind: str
    do: Callable[[Person], list[Call]]
    before: Callable[[Person], object] = _nothing


def opened_pages(rows: Mapping[str, int]) -> tuple[str, ...]:
    """The paths to measure; the gallery where the build has embeddings to search."""
    return (*PAGES, *(GALLERY if rows.get("ftr_prompt_embeddings") else ()))


def views_of(dice: random.Random, count: int) -> list[tuple[str, str]]:
    """Paths with queries: each page with filters of two dimensions and a first day."""
    return [(path, _query(dice)) for path in PAGES for _ in range(count)]


def actions_of(path: str, dice: random.Random, count: int) -> Iterator[Action]:
    """Opening the page, `count` changes of a filter, half as many drill-downs."""
    page = (PAGES | GALLERY)[path]
    yield Action(page, "open", lambda person: person.open(path))
    for _ in range(count):
        yield _filter_change(page, path, dice)
    for _ in range(count // 2):
        if page in BARS:
            yield _drill_down(page, path, dice)
        elif page == "sessions":
            yield _replay(page, path, dice)


def _filter_change(page: str, path: str, dice: random.Random) -> Action:
    """A control is changed on a page that has a filter already."""
    query, name = _query(dice), dice.choice(tuple(VALUES))
    chosen = dice.sample(VALUES[name], 2)
    if dice.random() < 0.25:
        days = [(FIRST_DAY + timedelta(days=dice.randrange(40))).isoformat(), "2024-03-10"]
        return Action(
            page, "filter", lambda person: person.change(DAYS_ID, value=days),
            lambda person: person.open(path, query),
        )  # fmt: skip
    return Action(
        page, "filter", lambda person: person.change(control_id(name), value=chosen),
        lambda person: person.open(path, query),
    )  # fmt: skip


def _drill_down(page: str, path: str, dice: random.Random) -> Action:
    """A bar is clicked: the sessions behind it."""
    query, tier = _query(dice), dice.choice(USER_TIERS)
    clicked = {"points": [{"customdata": f"user_tier={tier}"}]}
    return Action(
        page, "drill-down", lambda person: person.click(BARS[page], clickData=clicked),
        lambda person: person.open(path, query),
    )  # fmt: skip


def _replay(page: str, path: str, dice: random.Random) -> Action:
    """A row is clicked: the session's replay."""
    query, place = _query(dice), dice.randrange(100)

    def choose(person: Person) -> list[Call]:
        rows = _shown_rows(person)
        if not rows:
            return []
        chosen = rows[place % len(rows)]
        return person.change("sessions-grid", selectedRows=[chosen])

    return Action(page, "drill-down", choose, lambda person: person.open(path, query))


def _shown_rows(person: Person) -> list[dict[str, Any]]:
    answered = person.properties["sessions-grid"].get("getRowsResponse") or {}
    rows: list[dict[str, Any]] = answered.get("rowData", [])
    return rows


def _query(dice: random.Random) -> str:
    """A first day and one value of two dimensions: some 30,000 different ones."""
    pairs = [("from", (FIRST_DAY + timedelta(days=dice.randrange(20))).isoformat())]
    pairs += [(KEYS.get(name, name), dice.choice(VALUES[name]).replace(" ", "+"))
              for name in dice.sample(sorted(VALUES), 2)]  # fmt: skip
    return "?" + "&".join(f"{key}={value}" for key, value in pairs)
