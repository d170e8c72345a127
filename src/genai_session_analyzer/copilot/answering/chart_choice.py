"""Which chart fits rows: by what their columns are, never by their names."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from genai_session_analyzer.copilot.answering.answer import (
    AnswerRows,
    ChartChoice,
    ChartKind,
    Column,
)

NUMERIC = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")
TEMPORAL = ("DATE", "TIMESTAMP")
_NUMBERS = (int, float, Decimal)
MOST_BARS = 60
MOST_SERIES = 12
MOST_POINTS = 2_000
MOST_APART = 20.0
"""Numbers so many times as large as the first one's would hide it: they are not drawn with it."""


ONLY_TABLE = ChartChoice(kind="table", kinds=("table",))


def choose_chart(rows: AnswerRows) -> ChartChoice:
    """Return the fitting chart and the others that can be drawn.

    One row of numbers: the numbers. Rows along time: lines. Up to 60 groups: bars. All else, and
    groups by three things: the table. Drawn together are the numbers of the first one's unit that
    are about as large.
    """
    keys = [column for column in rows.columns if column.is_key]
    numbers = [column for column in rows.columns if is_number(column) and not column.is_key]
    if not numbers or not rows.values:
        return ONLY_TABLE
    drawn = _drawn_together(rows, numbers)
    if len(rows.values) == 1:
        return _of_one_row(keys, tuple(column.name for column in numbers))
    if not 1 <= len(keys) <= 2:
        return ONLY_TABLE
    return _of_groups(rows, keys, drawn)


def mark_listed(columns: Sequence[Column]) -> tuple[Column, ...]:
    """Return the columns of listed rows: all but the numbers say which row it is."""
    return tuple(replace(column, is_key=not is_number(column)) for column in columns)


def mark_keys(columns: Sequence[Column], key_count: int | None) -> tuple[Column, ...]:
    """Return the columns with their keys marked.

    Args:
        columns: In their order.
        key_count: How many at the front are keys; None where no plan says so: then all up to the
            first number behind a column that is none, and a whole number in front of other numbers
            ("hour", "complexity") counts as a key.
    """
    count = _guessed_key_count(columns) if key_count is None else key_count
    return tuple(replace(column, is_key=place < count) for place, column in enumerate(columns))


def is_number(column: Column) -> bool:
    """Return whether a column holds numbers."""
    return column.type.lstrip("U").startswith(NUMERIC)


def is_temporal(column: Column) -> bool:
    """Return whether a column holds days or moments."""
    return column.type.startswith(TEMPORAL)


def _drawn_together(rows: AnswerRows, numbers: list[Column]) -> tuple[str, ...]:
    """The first number, and those that can be seen beside it on one axis."""
    largest = {column.name: _largest(rows.column(column.name)) for column in numbers}
    first = largest[numbers[0].name]
    return tuple(
        column.name
        for column in numbers
        if column.unit == numbers[0].unit
        and first / MOST_APART <= largest[column.name] <= first * MOST_APART
    )


def _largest(values: Sequence[object]) -> float:
    return max((abs(float(each)) for each in values if isinstance(each, _NUMBERS)), default=0.0)


def _guessed_key_count(columns: Sequence[Column]) -> int:
    words = [place for place, column in enumerate(columns) if not is_number(column)]
    if words:
        first_number = next(
            (place for place, column in enumerate(columns) if is_number(column)), len(columns)
        )
        return first_number or words[-1] + 1
    whole = bool(columns) and columns[0].type.lstrip("U").endswith(("INT", "INTEGER"))
    return 1 if whole and len(columns) > 1 else 0


def _of_one_row(keys: list[Column], numbers: tuple[str, ...]) -> ChartChoice:
    x = keys[0].name if keys else None
    return ChartChoice(kind="number", kinds=("number", "table"), x=x, y=numbers)


def _of_groups(rows: AnswerRows, keys: list[Column], drawn: tuple[str, ...]) -> ChartChoice:
    along, other = _axis_and_series(keys)
    if other is not None and len(set(rows.column(other.name))) > MOST_SERIES:
        return ONLY_TABLE
    places = len(set(rows.column(along.name)))
    kinds: list[ChartKind] = []
    is_ordered = is_temporal(along) or is_number(along)
    if is_ordered and places <= MOST_POINTS:
        kinds.append("line")
    if places <= MOST_BARS:
        kinds.insert(0 if not is_temporal(along) or places <= 2 else len(kinds), "bar")
    kinds.append("table")
    return ChartChoice(
        kind=kinds[0],
        kinds=tuple(kinds),
        x=along.name,
        series=other.name if other else None,
        y=drawn[:1] if other else drawn,
    )


def _axis_and_series(keys: list[Column]) -> tuple[Column, Column | None]:
    """The key along which is drawn (time before others) and the one that gives colours."""
    if len(keys) == 1:
        return keys[0], None
    first, second = keys
    return (second, first) if is_temporal(second) and not is_temporal(first) else (first, second)
