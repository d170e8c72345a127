"""When two cells of two results are the same."""

import math
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

RELATIVE_TOLERANCE = 1e-4
"""Numbers this near, relative to the larger one, are equal; 0 equals only (nearly) 0."""
_NEARLY_ZERO = 1e-9


def plain(cell: Any) -> Any:
    """Return the cell in the form that is compared.

    Decimals become floats, dates timestamps at midnight, timestamps with a zone naive UTC, NaN
    None, and lists tuples of such cells.
    """
    if isinstance(cell, Decimal):
        cell = float(cell)
    if isinstance(cell, float) and math.isnan(cell):
        return None
    if isinstance(cell, datetime):
        return cell if cell.tzinfo is None else (cell - cell.utcoffset()).replace(tzinfo=None)  # type: ignore[operator]  # a zone has an offset
    if isinstance(cell, date):
        return datetime.combine(cell, time())
    if isinstance(cell, list | tuple):
        return tuple(plain(each) for each in cell)
    return cell


def same_cell(expected: Any, found: Any) -> bool:
    """Whether two plain cells are the same.

    Numbers within `RELATIVE_TOLERANCE`, integers and floats alike; text letter by letter; a
    boolean is no number, and nothing but null is null.
    """
    if _is_number(expected) and _is_number(found):
        return math.isclose(expected, found, rel_tol=RELATIVE_TOLERANCE, abs_tol=_NEARLY_ZERO)
    if isinstance(expected, tuple) and isinstance(found, tuple):
        pairs = zip(expected, found, strict=False)
        return len(expected) == len(found) and all(same_cell(*pair) for pair in pairs)
    return type(expected) is type(found) and bool(expected == found)


def sort_key(cell: Any) -> tuple[str, Any]:
    """Return what sorts plain cells of any kind; equal cells may differ in it by rounding only."""
    if _is_number(cell):
        return ("number", float(cell))
    return (type(cell).__name__, repr(cell))


def _is_number(cell: Any) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)
