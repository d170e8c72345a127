"""Filters and time ranges as SQL conditions over one source."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from genai_session_analyzer.copilot.catalogue import FieldTerm
from genai_session_analyzer.copilot.compiling.literals import (
    literal,
    moment_literal,
    naive_utc,
    text_literal,
)
from genai_session_analyzer.copilot.compiling.sources import Source
from genai_session_analyzer.copilot.plan import TEXT_OPERATORS, PlanFilter, TimeRange

_TEXT_TESTS = {"contains": "CONTAINS", "not_contains": "CONTAINS", "starts_with": "STARTS_WITH",
               "ends_with": "ENDS_WITH"}  # fmt: skip
_KNOWN = {"is_known": "IS NOT NULL", "is_unknown": "IS NULL"}
COMPARED = {"at_least": ">=", "above": ">", "at_most": "<=", "below": "<"}
DAY_FIELDS = {"requested_at": "requested_date", "started_at": "session_date"}
"""The column that holds the day of a time, where there is one."""


def filter_sql(source: Source, each: PlanFilter) -> str:
    """Return the condition of a filter by a field of the source's row."""
    field, column = source.field(each.field), source.column(each.field)
    if each.operator in _KNOWN:
        return f"{column} {_KNOWN[each.operator]}"
    if each.operator in TEXT_OPERATORS:
        return _text_sql(field, column, each)
    if each.other_field or each.than_mean:
        return _compared(source, each)
    if each.operator == "within":
        first, after = (literal(field, value) for value in each.values)
        return f"{column} >= {first} AND {column} < {after}"
    if each.operator in COMPARED:
        return f"{column} {COMPARED[each.operator]} {literal(field, each.values[0])}"
    return _membership(field, column, each)


def _text_sql(field: FieldTerm, column: str, each: PlanFilter) -> str:
    """Case does not matter; several texts are alternatives, of which `not_contains` has none."""
    test, is_not = _TEXT_TESTS[each.operator], each.operator == "not_contains"
    literals = (text_literal(field, str(value).lower()) for value in each.values)
    tests = [f"{'NOT ' if is_not else ''}{test}(LOWER({column}), {words})" for words in literals]
    joined = (" AND " if is_not else " OR ").join(tests)
    return joined if len(tests) == 1 or is_not else f"({joined})"


def _compared(source: Source, each: PlanFilter) -> str:
    """A number against another one of its row, or against its mean over all rows."""
    field = source.field(each.field)
    sign = (COMPARED | {"in": "=", "not_in": "<>"})[each.operator]
    other = source.column(each.other_field) if each.other_field else (
        f"(SELECT AVG({field.column}) FROM {field.table_name})"  # noqa: S608 (names of the schema)
    )  # fmt: skip
    return f"{source.column(each.field)} {sign} {other}"


def _membership(field: FieldTerm, column: str, each: PlanFilter) -> str:
    values = [literal(field, value) for value in dict.fromkeys(each.values)]
    accepts = each.operator == "in"
    if field.kind == "flag":
        return _flag(column, {"TRUE", "FALSE"} ^ set(values) if not accepts else set(values))
    if len(values) == 1:
        return f"{column} {'=' if accepts else '<>'} {values[0]}"
    return f"{column} {'IN' if accepts else 'NOT IN'} ({', '.join(values)})"


def _flag(column: str, values: set[str]) -> str:
    if len(values) == 1:
        return column if "TRUE" in values else f"NOT {column}"
    return f"{column} IS NOT NULL" if values else "FALSE"


def time_sql(source: Source, time: TimeRange | None) -> str | None:
    """Return the condition of a time range over the entity's time field; None where it is open.

    Ranges of whole days are conditions on the day.
    """
    if time is None or (time.start is None and time.end is None):
        return None
    name = source.catalogue.entity(source.entity).time_field
    start = None if time.start is None else naive_utc(time.start)
    end = None if time.end is None else naive_utc(time.end)
    if _is_midnight(start) and _is_midnight(end):
        name = DAY_FIELDS.get(name, name)
    field, column = source.field(name), source.column(name)
    if field.kind == "date":
        return _days(column, field, start, end)
    return " AND ".join(_bounds(column, field, start, end))


def _is_midnight(moment: datetime | None) -> bool:
    return moment is None or moment == datetime.combine(moment, datetime.min.time())


def _bounds(
    column: str, field: FieldTerm, start: datetime | None, end: datetime | None
) -> Iterable[str]:
    if start is not None:
        yield f"{column} >= {moment_literal(start, field)}"
    if end is not None:
        yield f"{column} < {moment_literal(end, field)}"


def _days(column: str, field: FieldTerm, start: datetime | None, end: datetime | None) -> str:
    """Both ends closed, as people say it; a moment within a day counts the whole day."""
    if end is None or start is None:
        return " AND ".join(_bounds(column, field, start, end))
    first, last = start, end - timedelta(microseconds=1)
    if last.date() <= first.date():
        return f"{column} = {moment_literal(first, field)}"
    return f"{column} BETWEEN {moment_literal(first, field)} AND {moment_literal(last, field)}"
