"""What a query gives back."""

from dataclasses import dataclass
from typing import Any

import pyarrow as pa

_WHOLE = frozenset({"HUGEINT", "UHUGEINT"})


@dataclass(frozen=True)
class QueryResult:
    """Rows of one statement.

    Attributes:
        columns: Names, in order; two may be equal.
        types: DuckDB's types, one per column, such as `VARCHAR`, `DECIMAL(4,2)`, `INTEGER[]`.
        rows: The values; one Arrow column per column.
        is_truncated: There are more rows than these.
        elapsed_ms: Time in the worker, without waiting for one, in milliseconds.
        build_id: Build that was read.
    """

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: pa.Table
    is_truncated: bool
    elapsed_ms: float
    build_id: str

    def tuples(self) -> list[tuple[Any, ...]]:
        """Return the rows as Python values, one tuple each."""
        return list(zip(*(column.to_pylist() for column in self.rows.columns), strict=True))


def table_of(stream: bytes, types: tuple[str, ...]) -> pa.Table:
    """Return the table in an Arrow stream; DuckDB's 128-bit sums as int64 where they fit.

    Raises:
        pyarrow.ArrowInvalid: This is no Arrow stream, or a damaged one.
    """
    with pa.ipc.open_stream(stream) as reader:
        table = reader.read_all()
    table.validate()
    for place, kind in enumerate(types):
        if kind in _WHOLE:
            table = table.set_column(place, table.schema.field(place).name, _whole(table, place))
    return table


def _whole(table: pa.Table, place: int) -> pa.ChunkedArray:
    column = table.column(place)
    try:
        return column.cast(pa.int64())
    except pa.ArrowInvalid:  # it does not fit
        return column
