"""Drawings, requests of the grid and links of the page Sessions, as plain functions."""

import re
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from genai_session_analyzer.dashboard.figures.sparklines import (
    HEIGHT,
    LATENCY_CEILING_MS,
    MOST_MARKS,
    WIDTH,
    course_figure,
    grouped,
    latency_label,
    latency_path,
    status_label,
    status_paths,
)
from genai_session_analyzer.dashboard.pages.sessions_choice import linked_session, without_session
from genai_session_analyzer.dashboard.pages.sessions_columns import session_grid
from genai_session_analyzer.dashboard.pages.sessions_data import total_in_words
from genai_session_analyzer.dashboard.pages.sessions_rows import column_filters, rows_query
from genai_session_analyzer.dashboard.theme import STATUS_COLOURS
from genai_session_analyzer.errors import UnknownNameError

BAR = re.compile(r"M([\d.]+) 24v-([\d.]+)h([\d.]+)v[\d.]+z")


def bars(path: str) -> list[tuple[float, float, float]]:
    """Left edge, height and width of each bar of a path that holds nothing else."""
    assert BAR.sub("", path) == ""
    return [tuple(map(float, each)) for each in BAR.findall(path)]  # type: ignore[misc]


def test_a_bar_per_generation_as_high_as_its_latency_and_cut_off_at_the_ceiling() -> None:
    path = latency_path([LATENCY_CEILING_MS // 2, None, 60_000, 0])
    assert [height for _, height, _ in bars(path)] == [HEIGHT / 2, HEIGHT, 1.0]
    lefts = [left for left, _, _ in bars(path)]
    assert lefts == [0.0, 12.0, 18.0]  # the unknown leaves a gap


@pytest.mark.parametrize("count", [1, 2, 66, 67, 500])
def test_any_number_of_generations_fits_into_the_cell(count: int) -> None:
    found = bars(latency_path([1000] * count))
    assert len(found) == min(count, MOST_MARKS)
    assert all(left + width <= WIDTH for left, _, width in found)
    assert sum(len(each) for each in grouped(range(count))) == count


def test_nothing_known_draws_nothing() -> None:
    assert latency_path([]) == ""
    assert latency_path([None]) == ""
    assert status_paths([]) == []
    assert latency_label([None, None]) == "latency unknown"


def test_a_failure_is_tall_and_never_hidden_by_the_successes_beside_it() -> None:
    statuses = ["success"] * 499 + ["timeout"]
    success, timeout = status_paths(statuses)
    assert {height for _, height, _ in bars(success["d"])} == {HEIGHT / 3}
    assert [height for _, height, _ in bars(timeout["d"])] == [HEIGHT]
    assert (success["colour"], timeout["colour"]) == (
        STATUS_COLOURS["success"],
        STATUS_COLOURS["timeout"],
    )


def test_labels_say_the_drawing_in_words() -> None:
    assert status_label(["timeout", "success", "success", None]) == (
        "2 success, 1 timeout, 1 unknown"
    )
    assert latency_label([1000, None, 350]) == "latency 350\u202fms to 1.0\u202fs"


def test_the_chart_of_a_session_holds_each_generation_once_those_listed_in_full_colour() -> None:
    figure = course_figure([1000, None, 3000], ["success", None, "timeout"], range(1, 2))
    drawn = {x: y for bar in figure.data for x, y in zip(bar.x, bar.y, strict=True)}
    assert drawn == {1: 1.0, 2: 0.0, 3: 3.0}
    opacity = {x: o for bar in figure.data for x, o in zip(bar.x, bar.marker.opacity, strict=True)}
    assert [opacity[n] == 1.0 for n in (1, 2, 3)] == [True, False, False]
    assert {bar.name: bar.marker.pattern.shape for bar in figure.data} == {
        "success": "", "unknown": "/", "timeout": "/",
    }  # fmt: skip


def request(model: dict[str, Any]) -> dict[str, Any]:
    return {"startRow": 100, "endRow": 150, "sortModel": [], "filterModel": model}


def test_what_a_person_types_is_in_percent_and_seconds() -> None:
    query = rows_query(
        request(
            {
                "success_rate": {"filterType": "number", "type": "lessThanOrEqual", "filter": 80},
                "mean_latency_ms": {
                    "filterType": "number", "type": "inRange", "filter": 1.5, "filterTo": 3,
                },
            }
        )
    )  # fmt: skip
    success, latency = query.filters
    assert success.conditions[0].value == pytest.approx(0.8)
    assert (latency.conditions[0].value, latency.conditions[0].upper) == (1500, 3000)
    assert (query.offset, query.limit) == (100, 50)
    assert query.sort[0].column == "started_at"


def test_days_and_joined_conditions() -> None:
    day = {"filterType": "date", "type": "greaterThan", "dateFrom": "2024-01-03 00:00:00",
           "dateTo": None}  # fmt: skip
    text = {"filterType": "text", "type": "contains", "filter": "ann"}
    either = {
        "filterType": "text",
        "operator": "OR",
        "conditions": [text, text | {"type": "blank"}],
    }
    started, user = column_filters(
        {"started_at": day, "user_id": either | {"conditions": [text, text]}}
    )
    assert started.conditions[0].value == date(2024, 1, 3)
    assert (len(user.conditions), user.any_of) == (2, True)
    assert column_filters(None) == ()


def test_requests_no_grid_would_make_are_refused() -> None:
    with pytest.raises(UnknownNameError, match="operator"):
        column_filters({"user_id": {"filterType": "text", "type": "sql", "filter": "1"}})
    with pytest.raises(ValidationError):
        column_filters({"user_id": {"filterType": "text", "type": "contains", "filter": None}})
    with pytest.raises(ValidationError):
        rows_query(request({}) | {"startRow": -1})
    assert rows_query(request({}) | {"endRow": 10_000_000}).limit == 500


def test_the_table_runs_no_code_and_no_html_from_data() -> None:
    sent = session_grid("grid").to_plotly_json()["props"]
    assert not sent.get("dangerously_allow_code")
    assert {each.get("cellRenderer") for each in sent["columnDefs"]} == {
        None, "SessionBand", "SessionSparkline",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("search", "session", "rest"),
    [
        ("?session=a%2Fb&tier=pro", "a/b", "?tier=pro"),
        ("?tier=pro&tier=free", None, "?tier=pro&tier=free"),
        ("?session=", None, ""),
        (f"?session={'x' * 201}", None, ""),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_the_session_of_a_link(search: str | None, session: str | None, rest: str) -> None:
    assert linked_session(search) == session
    assert without_session(search) == rest


def test_totals_in_words() -> None:
    assert total_in_words(1, 1) == "1 session"
    assert total_in_words(1200, 1200) == "1,200 sessions"
    assert total_in_words(3, 1200) == "3 of 1,200 sessions"
