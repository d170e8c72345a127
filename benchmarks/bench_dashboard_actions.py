"""What people do on the pages: filter, click a bar, open a session. Drawn from a seed."""

import random
from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from bench_dashboard_browser import Call, Person
from bench_dashboard_drawn import FIRST_DAY, VALUES, Action, drawn_query
from bench_dashboard_gallery import gallery_actions
from genai_session_analyzer.dashboard.filter_bar import DAYS_ID, control_id
from genai_session_analyzer.schema.values import USER_TIERS

PAGES = {"/": "overview", "/friction": "friction", "/sessions": "sessions", "/costs": "costs"}
GALLERY = {"/gallery": "gallery"}
BARS = {"friction": "friction-struggle-graph", "costs": "costs-groups-graph"}


def opened_pages(rows: Mapping[str, int]) -> tuple[str, ...]:
    """The paths to measure; the gallery where the build has embeddings to search."""
    return (*PAGES, *(GALLERY if rows.get("ftr_prompt_embeddings") else ()))


def views_of(dice: random.Random, count: int) -> list[tuple[str, str]]:
    """Paths with queries: each page with filters of two dimensions and a first day."""
    return [(path, drawn_query(dice)) for path in PAGES for _ in range(count)]


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
        elif page == "gallery":
            yield from gallery_actions(dice)


def _filter_change(page: str, path: str, dice: random.Random) -> Action:
    """A control is changed on a page that has a filter already."""
    query, name = drawn_query(dice), dice.choice(tuple(VALUES))
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
    query, tier = drawn_query(dice), dice.choice(USER_TIERS)
    clicked = {"points": [{"customdata": f"user_tier={tier}"}]}
    return Action(
        page, "drill-down", lambda person: person.click(BARS[page], clickData=clicked),
        lambda person: person.open(path, query),
    )  # fmt: skip


def _replay(page: str, path: str, dice: random.Random) -> Action:
    """A row is clicked: the session's replay."""
    query, place = drawn_query(dice), dice.randrange(100)

    def choose(person: Person) -> list[Call]:
        """Click the row drawn of those shown."""
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
