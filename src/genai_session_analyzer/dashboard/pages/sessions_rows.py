"""What the grid asks for, as a query; what it gets, as rows of text and drawings."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pyarrow as pa

from genai_session_analyzer.dashboard import formats
from genai_session_analyzer.dashboard.figures.sparklines import (
    latency_label,
    latency_path,
    status_label,
    status_paths,
)
from genai_session_analyzer.dashboard.theme import ACCENT, BAND_COLOURS
from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.insights.session_courses import SessionCourse
from genai_session_analyzer.insights.session_list import (
    ColumnFilter,
    Condition,
    SessionListQuery,
    SortKey,
)

MOST_ROWS_PER_BLOCK = 500

_OPERATORS = {
    "contains": "contains", "startsWith": "starts_with", "equals": "equals",
    "notEqual": "not_equals", "lessThan": "less_than", "lessThanOrEqual": "at_most",
    "greaterThan": "greater_than", "greaterThanOrEqual": "at_least", "inRange": "between",
    "blank": "blank", "notBlank": "not_blank",
}  # fmt: skip
_UNITS = {"success_rate": 100.0, "mean_latency_ms": 1e-3, "max_latency_ms": 1e-3}
"""What a person types in a filter, per unit of the column: percent and seconds."""


def rows_query(request: Mapping[str, Any]) -> SessionListQuery:
    """What the grid's `getRowsRequest` asks for.

    Raises:
        UnknownNameError: A column or an operator does not exist.
        pydantic.ValidationError: A value is missing or not of the column's kind.
    """
    start, end = int(request["startRow"]), int(request["endRow"])
    chosen = tuple(
        SortKey(column=each["colId"], descending=each["sort"] == "desc")
        for each in request.get("sortModel") or ()
    )
    return SessionListQuery(
        sort=chosen or SessionListQuery().sort,
        filters=column_filters(request.get("filterModel")),
        offset=start,
        limit=min(max(end - start, 1), MOST_ROWS_PER_BLOCK),
    )


def column_filters(model: Mapping[str, Any] | None) -> tuple[ColumnFilter, ...]:
    """The filters set in the table's header, from the grid's `filterModel`.

    Raises:
        UnknownNameError: An operator does not exist.
        pydantic.ValidationError: A value is missing or not of the column's kind.
    """
    return tuple(
        ColumnFilter(
            column=column,
            conditions=tuple(_condition(column, each) for each in set_.get("conditions", (set_,))),
            any_of=set_.get("operator") == "OR",
        )
        for column, set_ in (model or {}).items()
    )


def grid_rows(rows: pa.Table, courses: Mapping[str, SessionCourse]) -> list[dict[str, Any]]:
    """The rows as the table shows them: text for people, drawings as SVG paths.

    Args:
        rows: Rows of the list of sessions.
        courses: Latency and status of their generations, by session_id.
    """
    return [_grid_row(row, courses[row["session_id"]]) for row in rows.to_pylist()]


def moment(at: Any) -> str:
    """A time as 3 Jan 2024 14:05."""
    return f"{formats.day(at)} {at:%H:%M}"


def _grid_row(row: Mapping[str, Any], course: SessionCourse) -> dict[str, Any]:
    outline = latency_path(course.latencies_ms)
    seconds = row["duration_s"]
    return {
        "session_id": row["session_id"],
        "user_id": row["user_id"],
        "user_tier": formats.words(row["user_tier"]),
        "region": formats.words(row["region"]),
        "device_type": formats.words(row["device_type"]),
        "started_at": moment(row["started_at"]),
        "duration_s": formats.duration_ms(None if seconds is None else seconds * 1000),
        "generation_count": f"{row['generation_count']:,}",
        "success_rate": formats.percent(row["success_rate"]),
        "mean_latency_ms": formats.duration_ms(row["mean_latency_ms"]),
        "max_latency_ms": formats.duration_ms(row["max_latency_ms"]),
        "total_retries": formats.compact(row["total_retries"]),
        "total_cost_credits": formats.credits(row["total_cost_credits"]),
        "friction_score": formats.points(row["friction_score"]),
        "friction_band": {
            "label": row["friction_band"] or formats.NOTHING,
            "colour": BAND_COLOURS[row["friction_band"]],
        },
        "statuses": {
            "label": status_label(course.statuses),
            "paths": status_paths(course.statuses),
        },
        "latencies": {
            "label": latency_label(course.latencies_ms),
            "paths": [{"colour": ACCENT, "d": outline}] if outline else [],
        },
    }


def _condition(column: str, asked: Mapping[str, Any]) -> Condition:
    if asked["type"] not in _OPERATORS:
        raise UnknownNameError("operator of a column filter", asked["type"], _OPERATORS)
    first, second = (
        ("dateFrom", "dateTo") if asked["filterType"] == "date" else ("filter", "filterTo")
    )
    return Condition.model_validate(
        {
            "operator": _OPERATORS[asked["type"]],
            "value": _operand(column, asked["filterType"], asked.get(first)),
            "upper": _operand(column, asked["filterType"], asked.get(second)),
        }
    )


def _operand(column: str, kind: str, value: Any) -> Any:
    if value is None:
        return None
    if kind == "date":
        return date.fromisoformat(value[:10])
    return float(value) / _UNITS.get(column, 1.0) if kind == "number" else str(value)
