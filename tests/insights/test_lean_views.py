"""The lean tables in memory give the numbers that the published tables give, under any filters."""

import random
import threading
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from dashboard.dashboard_build import publish
from genai_session_analyzer.insights.cost_views import concentration
from genai_session_analyzer.insights.friction_views import (
    SESSION_MEASURES,
    crossed,
    session_distribution,
    struggle_by,
)
from genai_session_analyzer.insights.lean_build import keep_lean_tables
from genai_session_analyzer.insights.overview import overview
from genai_session_analyzer.insights.segments import worst_segments
from genai_session_analyzer.insights.session_list import (
    LIST_COLUMNS,
    ColumnFilter,
    Condition,
    SessionListQuery,
    SortKey,
    session_rows,
    session_total,
)
from genai_session_analyzer.insights.views import View
from genai_session_analyzer.semantic.features import EXPLODED_DIMENSIONS, LABELLED_GENERATIONS
from genai_session_analyzer.semantic.view_filters import ViewFilters
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.reader import BuildReader
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings
from genai_session_analyzer.warehouse.served_build import open_served_build

DICE = random.Random(11)  # noqa: S311  # which filters are tried
VALUES: dict[str, tuple[Any, ...]] = {
    "user_tier": ("free", "pro", "enterprise", "unknown"),
    "region": ("europe", "asia", "us-west", "unknown"),
    "device_type": ("desktop", "mobile", "unknown"),
    "model_version": ("v1.5", "v2.0", "no such model"),
    "status": ("success", "timeout", "model_error", "unknown"),
    "domain": ("portrait", "animal", "unknown", "scifi"),
    "art_style": ("anime", "sketch", "pop art"),
    "mood": ("neutral", "dark"),
    "cluster_id": (0, 2, 77),
}
FIRST = date(2024, 2, 26)
GROUPS = (*EXPLODED_DIMENSIONS, "user_tier", "region", "device_type", "friction_band")


def some_filters() -> ViewFilters:
    """Days and one to three dimensions, each with one or two values."""
    chosen: dict[str, Any] = {
        name: tuple(DICE.sample(VALUES[name], DICE.choice((1, 1, 2))))
        for name in DICE.sample(sorted(VALUES), DICE.choice((0, 1, 1, 2, 3)))
    }
    if DICE.random() < 0.5:
        chosen["first_day"] = FIRST + timedelta(days=DICE.randrange(8))
    if DICE.random() < 0.3:
        chosen["last_day"] = FIRST + timedelta(days=DICE.randrange(4, 12))
    return ViewFilters(**chosen)


FILTERS = (ViewFilters(), *(some_filters() for _ in range(9)))


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[BuildReader]:
    root = tmp_path_factory.mktemp("lean") / "published"
    publish(root)
    is_made = threading.Event()

    def make(opened: OpenBuild) -> None:
        keep_lean_tables(opened)
        is_made.set()

    with BuildReader(root, when_opened=make) as found:
        assert found.build.rows["fct_generations"] == 400
        assert is_made.wait(30)
        yield found


def both(reader: BuildReader, filters: ViewFilters) -> tuple[View, View]:
    kept = reader.kept()
    assert kept is not None
    return View(reader.ibis(), filters, kept), View(reader.ibis(), filters)


def same(lean: pa.Table, published: pa.Table) -> None:
    """Equal but for the last digits of sums of floats, which depend on the order of the rows."""
    assert lean.schema == published.schema
    assert len(lean) == len(published)
    for name in lean.column_names:
        one, other = lean[name].to_pylist(), published[name].to_pylist()
        is_float = pa.types.is_floating(lean.schema.field(name).type)
        assert one == (pytest.approx(other, nan_ok=True) if is_float else other)


@pytest.mark.parametrize("filters", FILTERS, ids=lambda each: each.to_query() or "all")
def test_what_is_drawn_is_the_same(reader: BuildReader, filters: ViewFilters) -> None:
    lean, published = both(reader, filters)
    measures = [each.name for each in LABELLED_GENERATIONS.measures]
    same(lean.aggregate((), measures), published.aggregate((), measures))
    same(lean.over_time(measures), published.over_time(measures))
    same(session_distribution(lean), session_distribution(published))
    for dimension in DICE.sample(GROUPS, 4):
        same(struggle_by(lean, dimension), struggle_by(published, dimension))
    pair = ("art_style", "user_tier")
    for measure in (*SESSION_MEASURES, "session_count"):
        same(crossed(lean, pair, measure), crossed(published, pair, measure))
    assert overview(lean) == overview(published)
    assert segments(lean) == segments(published)
    one, other = concentration(lean), concentration(published)
    assert (one and one.user_count) == (other and other.user_count)
    assert (one and one.gini) == pytest.approx(other and other.gini)


def segments(view: View) -> list[tuple[str, str, int, float]]:
    found = worst_segments(view, dimensions=GROUPS[:6], confidence=0.01)
    return [(each.dimension, each.value, each.session_count, round(each.low, 6)) for each in found]


@pytest.mark.parametrize("filters", FILTERS[:2], ids=lambda each: each.to_query() or "all")
@pytest.mark.parametrize("column", LIST_COLUMNS)
def test_the_list_of_sessions_is_the_same_with_its_ids(
    reader: BuildReader, filters: ViewFilters, column: str
) -> None:
    lean, published = both(reader, filters)
    for descending in (False, True):
        sort = (SortKey(column=column, descending=descending),)
        query = SessionListQuery(sort=sort, offset=3, limit=40)
        same(session_rows(lean, query), session_rows(published, query))
    is_known = (ColumnFilter(column=column, conditions=(Condition(operator="not_blank"),)),)
    assert session_total(lean, is_known) == session_total(published, is_known)


@pytest.mark.parametrize(
    ("column", "value"), [("user_tier", "R"), ("session_id", "1"), ("friction_band", "I")]
)
def test_a_filter_of_the_list_finds_parts_of_words(
    reader: BuildReader, column: str, value: str
) -> None:
    contains = Condition(operator="contains", value=value)
    lean, published = both(reader, ViewFilters())
    wanted = (ColumnFilter(column=column, conditions=(contains,)),)
    found = session_rows(lean, SessionListQuery(filters=wanted, limit=400))
    same(found, session_rows(published, SessionListQuery(filters=wanted, limit=400)))
    assert 0 < len(found) == session_total(lean, wanted)


@pytest.mark.parametrize(("most", "is_kept"), [(399, False), (400, True)])
def test_a_build_too_large_for_memory_is_read_as_published(
    tmp_path: Path, most: int, is_kept: bool
) -> None:
    publish(tmp_path)
    opened = open_served_build(tmp_path, ReaderSettings()).opened
    assert opened.kept_cursor() is None
    keep_lean_tables(opened, most)
    assert (opened.kept_cursor() is not None) == is_kept


def test_too_little_memory_is_no_error_and_leaves_nothing_behind(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    publish(tmp_path)
    opened = open_served_build(tmp_path, ReaderSettings(memory_limit="1MB")).opened
    keep_lean_tables(opened)
    assert opened.kept_cursor() is None
    assert "without tables in memory" in caplog.text
    made = "SELECT count(*) FROM duckdb_tables() WHERE database_name = 'in_memory'"
    assert opened.cursor().execute(made).fetchone() == (0,)
