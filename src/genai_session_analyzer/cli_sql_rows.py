"""Rows of a query as a table of plain text or as JSON; no value is rounded."""

import json
import math
from collections.abc import Sequence
from datetime import date, time
from decimal import Decimal
from typing import Any

from genai_session_analyzer.warehouse.query_worker.result import QueryResult

_WIDEST = 80
_NUMBERS = int | float | Decimal


def rows_as_text(result: QueryResult) -> str:
    """Return the rows under their columns' names, numbers to the right, then count and time.

    Long texts are cut at 80 characters, unknown is empty, and signs that move a terminal's cursor
    are replaced.
    """
    rows = result.tuples()
    cells = [list(result.columns), *([_cell(value) for value in row] for row in rows)]
    is_number = [_is_number(column) for column in zip(*rows, strict=True)] or [
        False for _ in result.columns
    ]
    widths = [max(map(len, column)) for column in zip(*cells, strict=True)]
    lines = [_line(row, widths, is_number) for row in cells]
    rule = "  ".join("-" * width for width in widths)
    return "\n".join([lines[0], rule, *lines[1:], "", _closing(result, len(rows))])


def rows_as_json(result: QueryResult) -> str:
    """Return everything there is; dates in ISO form, bytes in hexadecimal."""
    rows = [[_json_value(value) for value in row] for row in result.tuples()]
    return json.dumps(
        {
            "columns": result.columns,
            "types": result.types,
            "rows": rows,
            "row_count": len(rows),
            "is_truncated": result.is_truncated,
            "elapsed_ms": round(result.elapsed_ms, 3),
            "build": result.build_id,
        },
        ensure_ascii=False,
        indent=2,
    )


def _closing(result: QueryResult, count: int) -> str:
    more = ", more were cut off: add a filter or LIMIT" if result.is_truncated else ""
    return f"{count:,} {'row' if count == 1 else 'rows'} in {result.elapsed_ms:.1f} ms{more}"


def _line(row: Sequence[str], widths: Sequence[int], is_number: Sequence[bool]) -> str:
    padded = (
        text.rjust(width) if right else text.ljust(width)
        for text, width, right in zip(row, widths, is_number, strict=True)
    )
    return "  ".join(padded).rstrip()


def _is_number(column: Sequence[Any]) -> bool:
    known = [value for value in column if value is not None]
    return bool(known) and all(
        isinstance(value, _NUMBERS) and not isinstance(value, bool) for value in known
    )


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = "".join(
        sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in str(value)
    )
    return text if len(text) <= _WIDEST else text[: _WIDEST - 1] + "…"


def _json_value(value: Any) -> Any:
    """Return a value as JSON has it; lists and structs within."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    if isinstance(value, dict):
        return {str(key): _json_value(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_json_value(item) for item in value]
    return _json_text(value)


def _json_text(value: Any) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return value.hex()
    return value if isinstance(value, bool | int | str | None) else str(value)
