"""Measures and dimensions over one table, and their aggregation. No joins, no execution."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

import ibis
import ibis.expr.types as ir
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.errors import UnknownNameError
from genai_session_analyzer.semantic.rounding import rounded

FLOAT_DECIMALS = 6
Named = TypeVar("Named", "Measure", "Dimension")
FilterValue = bool | int | float | datetime | date | str


@dataclass(frozen=True, kw_only=True)
class Measure:
    """A number computed from many rows.

    `additive` measures of the parts of a partition sum to the measure of the whole. A rate names
    the measures it is the quotient of. `formula` says in words what `expression` computes.
    """

    name: str
    expression: Callable[[ir.Table], ir.Scalar]
    description: str
    unit: str
    formula: str
    additive: bool = False
    synonyms: tuple[str, ...] = ()
    numerator: str | None = None
    denominator: str | None = None


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A value of each row to group or filter by; `values` lists them where they are few."""

    name: str
    expression: Callable[[ir.Table], ir.Value]
    description: str
    values: tuple[str, ...] = ()
    synonyms: tuple[str, ...] = ()


class Filter(BaseModel):
    """Keeps rows by one dimension; every condition given must hold.

    `one_of` lists accepted values (None keeps the unknown), `at_least` and `below` bound a
    half-open range.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    dimension: str
    one_of: tuple[FilterValue | None, ...] | None = None
    at_least: FilterValue | None = None
    below: FilterValue | None = None


@dataclass(frozen=True, kw_only=True)
class Model:
    """The measures and dimensions of one table."""

    table_name: str
    dimensions: tuple[Dimension, ...]
    measures: tuple[Measure, ...]

    def measure(self, name: str) -> Measure:
        """Return the measure of that name, or raise UnknownNameError saying which there are."""
        return self._named("measure", name, {each.name: each for each in self.measures})

    def dimension(self, name: str) -> Dimension:
        """Return the dimension of that name, or raise UnknownNameError saying which there are."""
        return self._named("dimension", name, {each.name: each for each in self.dimensions})

    def _named(self, kind: str, name: str, known: dict[str, Named]) -> Named:
        if name not in known:
            raise UnknownNameError(f"{kind} of {self.table_name}", name, known)
        return known[name]

    def aggregate(
        self,
        table: ir.Table,
        dimensions: Iterable[str],
        measures: Iterable[str],
        filters: Iterable[Filter] = (),
    ) -> ir.Table:
        """Return the measures per combination of the dimensions' values, lazily.

        Floats are rounded to 6 decimals, so that the same rows give the same bytes.

        Args:
            table: A table with the columns of `table_name`.
            dimensions: Names to group by; none for one row over everything.
            measures: Names to compute.
            filters: Rows to keep, all conditions together.

        Returns:
            One row per combination that occurs, in the order of the dimensions; the dimensions'
            columns, then the measures'.

        Raises:
            UnknownNameError: A dimension or measure does not exist.
        """
        kept = self.filtered(table, filters)
        by = {name: self.dimension(name).expression(kept) for name in dimensions}
        values = self.values(kept, measures)
        if not by:
            return kept.aggregate(**values)
        return kept.group_by(**by).aggregate(**values).order_by([ibis.asc(name) for name in by])

    def values(self, table: ir.Table, measures: Iterable[str]) -> dict[str, ir.Scalar]:
        """Return the measures by name, floats rounded, for an aggregation of one's own.

        Raises:
            UnknownNameError: A measure does not exist.
        """
        return {name: _rounded(self.measure(name).expression(table)) for name in measures}

    def filtered(self, table: ir.Table, filters: Iterable[Filter]) -> ir.Table:
        """Return the rows that pass every filter.

        Raises:
            UnknownNameError: A filter's dimension does not exist.
        """
        conditions = [
            condition
            for each in filters
            for condition in _conditions(self.dimension(each.dimension).expression(table), each)
        ]
        return table.filter(conditions) if conditions else table


def _conditions(value: ir.Value, wanted: Filter) -> list[ir.BooleanValue]:
    conditions = []
    if wanted.one_of is not None:
        accepted = value.isin([each for each in wanted.one_of if each is not None])
        conditions.append(accepted | value.isnull() if None in wanted.one_of else accepted)
    if wanted.at_least is not None:
        conditions.append(value >= wanted.at_least)
    if wanted.below is not None:
        conditions.append(value < wanted.below)
    return conditions


def _rounded(value: ir.Scalar) -> ir.Scalar:
    return rounded(value, FLOAT_DECIMALS) if value.type().is_floating() else value
