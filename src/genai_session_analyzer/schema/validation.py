"""Checks a table against its declared schema, from a catalog's `validator:` key or by hand.

fct_sessions:
  validator:
    class: genai_session_analyzer.schema.TableValidator
    options: {table: fct_sessions}
"""

from difflib import get_close_matches

import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from genai_session_analyzer.errors import SchemaError
from genai_session_analyzer.schema.registry import table_schema
from genai_session_analyzer.schema.table_schema import Column


class TableValidator:
    """Checks that a table has the declared columns in the declared types.

    Only the expression's schema is read: nothing is executed, no row is looked at. Further columns
    and any column order are allowed; nulls and values are the data-quality checks' business.
    """

    def __init__(self, table: str) -> None:
        self._declared = table_schema(table)

    def validate(self, data: ir.Table) -> ir.Table:
        """Return the table unchanged.

        Raises:
            SchemaError: It is no Ibis table, or columns are missing or of another type; the
                message lists all of them.
        """
        name = self._declared.name
        if not isinstance(data, ir.Table):
            raise SchemaError(
                f"{name}: expected an Ibis table, got {type(data).__name__}. "
                "Return an Ibis table from the node, or validate `on: load` only."
            )
        found = dict(data.schema().items())
        problems = [
            problem for column in self._declared.columns if (problem := _problem(column, found))
        ]
        if problems:
            raise SchemaError(
                f"{name} is not what the schema declares: {'; '.join(problems)}. "
                "Change the node that builds it, or schema/ and docs/data_model.md with it."
            )
        return data


def _problem(column: Column, found: dict[str, dt.DataType]) -> str | None:
    if column.name not in found:
        close = get_close_matches(column.name, found, n=1)
        hint = f" (did you mean its column {close[0]!r}?)" if close else ""
        return f"column {column.name!r} ({column.dtype}) is missing{hint}"
    actual = found[column.name]
    declared = dt.dtype(column.dtype)
    if isinstance(actual, dt.Array) and actual.length is None:
        declared = _without_length(declared)  # parquet does not carry it
    if _comparable(actual) != _comparable(declared):
        return f"column {column.name!r} is {actual}, declared {column.dtype}"
    return None


def _without_length(dtype: dt.DataType) -> dt.DataType:
    return dt.Array(dtype.value_type) if isinstance(dtype, dt.Array) else dtype


def _comparable(dtype: dt.DataType) -> dt.DataType:
    """Drop what expressions carry unreliably: nullability, and the precision of a timestamp."""
    if isinstance(dtype, dt.Timestamp):
        return dt.Timestamp(timezone=dtype.timezone)
    if isinstance(dtype, dt.Array):
        return dt.Array(_comparable(dtype.value_type), length=dtype.length)
    return dtype(nullable=True)
