"""The result of a query, and whether two of them are the same."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise, permutations
from typing import Any

from genai_session_analyzer.copilot.evaluation.cells import plain, same_cell, sort_key

Row = tuple[Any, ...]
MOST_PERMUTED_COLUMNS = 6
"""Results of more columns are compared in the order they come in."""


@dataclass(frozen=True)
class Result:
    """Rows of a query, cells in the form that is compared, and the number of columns."""

    rows: tuple[Row, ...]
    column_count: int

    @classmethod
    def of(cls, rows: Iterable[Sequence[Any]], column_count: int) -> "Result":
        """Return the result of such rows, their cells made plain."""
        return cls(tuple(tuple(plain(cell) for cell in row) for row in rows), column_count)


@dataclass(frozen=True)
class Expected:
    """A right result.

    Attributes:
        result: The rows, in order.
        keys: What each row was sorted by, in the same order; empty where that is not known.
        left_out: Rows that a limit cut off although their keys equal the last row's.
        is_ordered: Whether the order was asked for.
    """

    result: Result
    keys: tuple[Row, ...] = ()
    left_out: tuple[Row, ...] = ()
    is_ordered: bool = False


def matches(expected: Expected, found: Result) -> bool:
    """Whether a result says the same as the right one.

    The same number of columns and rows; columns matched by position, else by the permutation
    that fits; rows as a multiset, or in order where that was asked for. Rows with equal sort keys
    may swap, also with those a limit cut off.
    """
    right = expected.result
    if found.column_count != right.column_count or len(found.rows) != len(right.rows):
        return False
    return any(
        _same_rows(expected, [tuple(row[place] for place in order) for row in found.rows])
        for order in _column_orders(expected, found)
    )


def _column_orders(expected: Expected, found: Result) -> Iterator[tuple[int, ...]]:
    """Every order of the found columns that may fit, the given one first."""
    count = found.column_count
    if count > MOST_PERMUTED_COLUMNS or expected.left_out:
        orders = permutations(range(count))
        return iter((next(orders),)) if count > MOST_PERMUTED_COLUMNS else orders
    wanted = [_column(expected.result, place) for place in range(count)]
    given = [_column(found, place) for place in range(count)]
    fitting = [
        {place for place in range(count) if _same_row(column, given[place])} for column in wanted
    ]
    return (
        order
        for order in permutations(range(count))
        if all(place in fits for place, fits in zip(order, fitting, strict=True))
    )


def _column(result: Result, place: int) -> Row:
    """The column's cells, sorted."""
    return tuple(sorted((row[place] for row in result.rows), key=sort_key))


def _same_rows(expected: Expected, found: list[Row]) -> bool:
    rows = list(expected.result.rows)
    if not expected.is_ordered and not expected.left_out:
        return _same_multiset(rows, found)
    groups = _tied_groups(expected)
    if not expected.is_ordered:
        return _one_of_the_ties(rows, groups[-1].start, expected.left_out, found)
    *before, last = groups or [range(0)]
    return all(
        _same_multiset([rows[place] for place in group], [found[place] for place in group])
        for group in before
    ) and _all_found(
        [found[place] for place in last], [*(rows[place] for place in last), *expected.left_out]
    )


def _one_of_the_ties(
    rows: list[Row], last: int, left_out: tuple[Row, ...], found: list[Row]
) -> bool:
    """Rows above the cut must all be there; the rest come from those tied at the cut."""
    rest = list(found)
    for row in rows[:last]:
        place = _place_of(row, rest)
        if place is None:
            return False
        del rest[place]
    return _all_found(rest, [*rows[last:], *left_out])


def _tied_groups(expected: Expected) -> list[range]:
    """Runs of rows with equal keys; each row on its own where the keys are not known."""
    count = len(expected.result.rows)
    if not expected.keys:
        return [range(place, place + 1) for place in range(count)]
    starts = [
        place
        for place in range(count)
        if place == 0 or not _same_row(expected.keys[place - 1], expected.keys[place])
    ]
    return [range(start, end) for start, end in pairwise([*starts, count])]


def _same_multiset(expected: list[Row], found: list[Row]) -> bool:
    """Sorted alike and compared row by row; where rounding sorts them apart, one by one."""
    pairs = zip(_sorted(expected), _sorted(found), strict=True)
    return all(_same_row(*pair) for pair in pairs) or _all_found(found, expected)


def _sorted(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: [sort_key(cell) for cell in row])


def _all_found(rows: Iterable[Row], pool: list[Row]) -> bool:
    """Whether each row has one of its own in the pool."""
    rest = list(pool)
    for row in rows:
        place = _place_of(row, rest)
        if place is None:
            return False
        del rest[place]
    return True


def _place_of(row: Row, rows: list[Row]) -> int | None:
    return next((place for place, other in enumerate(rows) if _same_row(other, row)), None)


def _same_row(expected: Row, found: Row) -> bool:
    return len(expected) == len(found) and all(
        same_cell(*pair) for pair in zip(expected, found, strict=True)
    )
