"""What a table is: its grain, its key and its typed columns."""

from typing import Literal

import ibis
import ibis.expr.schema as sch
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.errors import UnknownNameError

ColumnType = Literal[
    "string", "int32", "int64", "float64", "boolean", "date", "timestamp(6)",
    "array<string>", "array<float32>", "array<float32, 384>",
]  # fmt: skip


class Column(BaseModel):
    """One column: an Ibis type, what it means and in which unit.

    `values` lists what a coded column may hold; empty for any value of the type.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    dtype: ColumnType
    description: str
    nullable: bool = False
    values: tuple[str, ...] = ()


class TableSchema(BaseModel):
    """A table that crosses a pipeline; `grain` reads "one row per ..."."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    grain: str
    key: tuple[str, ...]
    description: str
    columns: tuple[Column, ...]

    @property
    def column_names(self) -> tuple[str, ...]:
        """Names of the columns, in the table's order."""
        return tuple(column.name for column in self.columns)

    @property
    def required_columns(self) -> tuple[str, ...]:
        """Names of the columns that hold no null."""
        return tuple(column.name for column in self.columns if not column.nullable)

    @property
    def coded_columns(self) -> dict[str, tuple[str, ...]]:
        """Accepted values of each column that has a closed list of them."""
        return {column.name: column.values for column in self.columns if column.values}

    def column(self, name: str) -> Column:
        """Return the column of that name.

        Raises:
            UnknownNameError: The table has no such column.
        """
        for column in self.columns:
            if column.name == name:
                return column
        raise UnknownNameError(f"column of {self.name}", name, self.column_names)

    def ibis_schema(self) -> sch.Schema:
        """Names and types for Ibis, in order; nullability is left to the data-quality checks."""
        return ibis.schema({column.name: str(column.dtype) for column in self.columns})


def required(
    name: str, dtype: ColumnType, description: str, values: tuple[str, ...] = ()
) -> Column:
    """Return a column that holds no null."""
    return Column(name=name, dtype=dtype, description=description, values=values)


def optional(
    name: str, dtype: ColumnType, description: str, values: tuple[str, ...] = ()
) -> Column:
    """Return a column that may hold null; the description says what null means."""
    return Column(name=name, dtype=dtype, description=description, nullable=True, values=values)
