"""The list of sessions: a page of it at a time, sorted and filtered by the database."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Literal, Self

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from pydantic import BaseModel, ConfigDict, Field, model_validator

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.insights.views import View

LIST_COLUMNS = (
    "session_id", "user_id", "user_tier", "region", "device_type", "started_at", "duration_s",
    "generation_count", "success_rate", "mean_latency_ms", "max_latency_ms", "total_retries",
    "total_cost_credits", "friction_score", "friction_band",
)  # fmt: skip
"""What a row of the list says, and what it can be sorted and filtered by."""

EXPORT_ROW_LIMIT = 100_000

Operator = Literal[
    "contains", "equals", "not_equals", "starts_with",
    "less_than", "at_most", "greater_than", "at_least", "between", "blank", "not_blank",
]  # fmt: skip
Operand = date | float | str
_TAKES_NOTHING = ("blank", "not_blank")


class Condition(BaseModel):
    """One test of a column: `upper` belongs to `between` alone, both ends included.

    Times are compared by their day, texts without regard to case. Only `blank` is true of an
    unknown value.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    operator: Operator
    value: Operand | None = None
    upper: Operand | None = None

    @model_validator(mode="after")
    def _complete(self) -> Self:
        if (self.value is None) != (self.operator in _TAKES_NOTHING):
            raise ValueError(f"{self.operator} takes {self._wants()}")
        if (self.upper is None) == (self.operator == "between"):
            raise ValueError(f"{self.operator} takes {self._wants()}")
        return self

    def _wants(self) -> str:
        wants = dict.fromkeys(_TAKES_NOTHING, "no value") | {"between": "a value and an upper"}
        return wants.get(self.operator, "one value")


class ColumnFilter(BaseModel):
    """The tests of one column: all of them must hold, or any of them."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    conditions: tuple[Condition, ...] = Field(min_length=1)
    any_of: bool = False


class SortKey(BaseModel):
    """A column to sort by; the unknown comes last either way."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    column: str
    descending: bool = False


class SessionListQuery(BaseModel):
    """Which rows of the list, in which order.

    Ties are broken by session_id, so that pages neither overlap nor leave a gap.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    sort: tuple[SortKey, ...] = (SortKey(column="started_at", descending=True),)
    filters: tuple[ColumnFilter, ...] = ()
    offset: int = Field(default=0, ge=0)
    limit: int = Field(default=100, ge=1, le=EXPORT_ROW_LIMIT)


def matching_sessions(sessions: ir.Table, filters: Iterable[ColumnFilter]) -> ir.Table:
    """The sessions that pass every column's filter, lazily.

    Args:
        sessions: One row per session, columns of fct_sessions.
        filters: Of the columns of the list.

    Raises:
        UnknownNameError: A filter's column is not one of the list.
    """
    tests = [_test(_column(sessions, each.column), each) for each in filters]
    return sessions.filter(tests) if tests else sessions


def page_of_sessions(sessions: ir.Table, query: SessionListQuery) -> ir.Table:
    """One page of the list, lazily.

    Args:
        sessions: One row per session, columns of fct_sessions.
        query: Order, filters and the part wanted.

    Returns:
        At most `query.limit` rows with the columns of the list, in the order asked for.

    Raises:
        UnknownNameError: A column is not one of the list.
    """
    found = matching_sessions(sessions, query.filters)
    order = [
        ibis.desc(column, nulls_first=False) if key.descending else ibis.asc(column)
        for key in query.sort
        for column in [_column(found, key.column)]
    ]
    is_by_id = any(key.column == "session_id" for key in query.sort)
    ties = [] if is_by_id else [ibis.asc(found.session_id)]
    ordered = found.order_by([*order, *ties])
    page = ordered.limit(query.limit, offset=query.offset)
    return page.select(*LIST_COLUMNS)


def session_rows(view: View, query: SessionListQuery) -> pa.Table:
    """One page of the list of the sessions in view; see `page_of_sessions`."""
    return view.listed_sessions(page_of_sessions, query)


def session_total(view: View, filters: Iterable[ColumnFilter]) -> int:
    """How many sessions in view pass the filters.

    Raises:
        UnknownNameError: A filter's column is not one of the list.
    """
    found = view.listed_sessions(_counted, tuple(filters))
    count: int = found["session_count"][0].as_py()
    return count


def _counted(sessions: ir.Table, filters: tuple[ColumnFilter, ...]) -> ir.Table:
    kept = matching_sessions(sessions, filters)
    return kept.aggregate(session_count=kept.count())


def _column(sessions: ir.Table, name: str) -> ir.Value:
    if name not in LIST_COLUMNS:
        raise UnknownNameError("column of the list of sessions", name, LIST_COLUMNS)
    return sessions[name]


def _test(column: ir.Value, wanted: ColumnFilter) -> ir.BooleanValue:
    tests = [_holds(column, each) for each in wanted.conditions]
    if wanted.any_of:
        return reduce(or_, tests)
    return ibis.and_(*tests)


def _holds(column: ir.Value, condition: Condition) -> ir.BooleanValue:
    if condition.operator in _TAKES_NOTHING:
        return column.isnull() if condition.operator == "blank" else column.notnull()
    comparable = _comparable(column)
    value = condition.value.lower() if isinstance(condition.value, str) else condition.value
    if condition.operator == "between":
        return comparable.between(value, condition.upper)
    return _COMPARISONS[condition.operator](comparable, value)


def _comparable(column: ir.Value) -> ir.Value:
    kind = column.type()
    if kind.is_timestamp():
        return column.date()
    return column.lower() if kind.is_string() else column


_COMPARISONS: Mapping[str, Callable[[Any, Any], ir.BooleanValue]] = {
    "contains": lambda column, value: column.contains(value),
    "starts_with": lambda column, value: column.startswith(value),
    "equals": lambda column, value: column == value,
    "not_equals": lambda column, value: column != value,
    "less_than": lambda column, value: column < value,
    "at_most": lambda column, value: column <= value,
    "greater_than": lambda column, value: column > value,
    "at_least": lambda column, value: column >= value,
}
