"""Pages of the list of sessions, against the same rows sorted and filtered in Python."""

import random
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from pydantic import ValidationError

import rows
from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.insights.session_courses import session_courses
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

DICE = random.Random(7)  # noqa: S311  # rows of a test
MANY = [
    {
        "session_id": f"s{number:03}",
        "user_id": DICE.choice(["ann", "Bob", "=cmd()", "<script>"]),
        "user_tier": DICE.choice(["free", "pro"]),
        "region": "asia",
        "device_type": "mobile",
        "started_at": rows.START + timedelta(hours=DICE.randrange(200)),
        "duration_s": float(DICE.randrange(500)),
        "generation_count": DICE.randrange(1, 9),
        "mean_latency_ms": DICE.choice([None, 100.0, 2500.0]),
        "total_retries": DICE.choice([None, 0, 3]),
        "friction_score": DICE.choice([None, 5.5, 20.0, 70.0]),
        "friction_band": DICE.choice([None, "low", "high"]),
    }
    for number in range(120)
]


@pytest.fixture(scope="module")
def sessions() -> View:
    return View(rows.table("fct_sessions", MANY).get_backend())


def ids(table: Any) -> list[str]:
    found: list[str] = table["session_id"].to_pylist()
    return found


def in_order(column: str, descending: bool) -> list[str]:
    """By the column, the unknown last; then by id."""
    known = sorted(
        (row for row in sorted(MANY, key=lambda row: row["session_id"]) if row[column] is not None),
        key=lambda row: row[column],
    )
    if descending:
        values = sorted({row[column] for row in known}, reverse=True)
        known = [row for value in values for row in known if row[column] == value]
    unknown = sorted(row["session_id"] for row in MANY if row[column] is None)
    return [row["session_id"] for row in known] + unknown


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("column", ["started_at", "friction_score", "generation_count", "user_id"])
def test_pages_join_to_the_whole_list_in_order(
    sessions: View, column: str, descending: bool
) -> None:
    sort = (SortKey(column=column, descending=descending),)
    pages = [
        session_rows(sessions, SessionListQuery(sort=sort, offset=offset, limit=50))
        for offset in (0, 50, 100)
    ]
    assert [len(page) for page in pages] == [50, 50, 20]
    assert [each for page in pages for each in ids(page)] == in_order(column, descending)
    assert tuple(pages[0].column_names) == LIST_COLUMNS


def condition(operator: Any, value: Any = None, upper: Any = None) -> Condition:
    return Condition(operator=operator, value=value, upper=upper)


DAY = date(2024, 1, 4)
CASES: list[tuple[str, Condition, Callable[[Any], bool]]] = [
    ("user_id", condition("contains", "B"), lambda user: "b" in user.lower()),
    ("user_id", condition("equals", "bob"), lambda user: user == "Bob"),
    ("user_id", condition("not_equals", "bob"), lambda user: user != "Bob"),
    ("user_id", condition("starts_with", "=CMD"), lambda user: user == "=cmd()"),
    ("user_id", condition("contains", "%"), lambda _: False),
    ("friction_score", condition("at_least", 20.0), lambda x: x is not None and x >= 20),
    ("friction_score", condition("at_most", 20.0), lambda x: x is not None and x <= 20),
    ("friction_score", condition("greater_than", 20.0), lambda x: x is not None and x > 20),
    ("friction_score", condition("less_than", 20.0), lambda x: x is not None and x < 20),
    ("friction_score", condition("between", 5.5, 20.0), lambda x: x is not None and x <= 20),
    ("friction_score", condition("blank"), lambda x: x is None),
    ("friction_score", condition("not_blank"), lambda x: x is not None),
    ("started_at", condition("equals", DAY), lambda at: at.date() == DAY),
    ("started_at", condition("less_than", DAY), lambda at: at.date() < DAY),
    ("started_at", condition("between", DAY, DAY), lambda at: at.date() == DAY),
]


@pytest.mark.parametrize(("column", "wanted", "holds"), CASES)
def test_a_condition_keeps_what_it_says(
    sessions: View, column: str, wanted: Condition, holds: Callable[[Any], bool]
) -> None:
    filters = (ColumnFilter(column=column, conditions=(wanted,)),)
    expected = {row["session_id"] for row in MANY if holds(row[column])}
    assert (
        set(ids(session_rows(sessions, SessionListQuery(filters=filters, limit=500)))) == expected
    )
    assert session_total(sessions, filters) == len(expected)


def test_conditions_of_a_column_are_all_or_any_and_columns_add_up(sessions: View) -> None:
    ends = (condition("at_most", 2.0), condition("at_least", 7.0))
    either = ColumnFilter(column="generation_count", conditions=ends, any_of=True)
    both = ColumnFilter(column="generation_count", conditions=ends)
    free = ColumnFilter(column="user_tier", conditions=(condition("equals", "free"),))
    few_or_many = [row for row in MANY if row["generation_count"] not in range(3, 7)]
    assert session_total(sessions, (either,)) == len(few_or_many)
    assert session_total(sessions, (both,)) == 0
    assert session_total(sessions, (either, free)) == sum(
        row["user_tier"] == "free" for row in few_or_many
    )


def test_a_column_that_is_not_in_the_list_is_refused_by_name(sessions: View) -> None:
    by_secret = SessionListQuery(sort=(SortKey(column="friction_scor"),))
    with pytest.raises(UnknownNameError, match="Did you mean 'friction_score'"):
        session_rows(sessions, by_secret)
    with pytest.raises(UnknownNameError, match="column of the list"):
        session_total(sessions, (ColumnFilter(column="1=1", conditions=(condition("blank"),)),))


@pytest.mark.parametrize(
    "wrong", [("contains",), ("between", 1.0), ("blank", "x"), ("equals", 1.0, 2.0), ("like", "x")]
)
def test_incomplete_conditions_are_refused(wrong: tuple[Any, ...]) -> None:
    with pytest.raises(ValidationError):
        condition(*wrong)


def test_courses_hold_every_generation_in_order_with_the_unknown_kept() -> None:
    made = [
        rows.generation(3, session_id="a", latency_ms=30, status="timeout"),
        rows.generation(1, session_id="a", latency_ms=10),
        rows.generation(2, session_id="a", latency_ms=None, status=None),
        rows.generation(4, session_id="b", latency_ms=40),
        rows.generation(5, session_id="c"),
    ]
    backend = rows.table("fct_generations", made).get_backend()
    courses = session_courses(backend, ["a", "b", "gone"])
    assert set(courses) == {"a", "b"}
    assert courses["a"].latencies_ms == (10, None, 30)
    assert courses["a"].statuses == ("success", None, "timeout")
