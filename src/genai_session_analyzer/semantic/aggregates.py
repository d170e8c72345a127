"""The few kinds of measure there are: counts, totals, means and rates."""

from collections.abc import Callable
from dataclasses import replace

import ibis.expr.types as ir

from genai_session_analyzer.semantic.measures import Measure

Condition = Callable[[ir.Table], ir.BooleanValue]


def row_count(name: str, description: str, unit: str) -> Measure:
    """Return the measure that counts rows."""
    return Measure(
        name=name,
        expression=lambda rows: rows.count(),
        description=description,
        unit=unit,
        formula="number of rows",
        additive=True,
    )


def count_where(
    name: str, condition: Condition, formula: str, description: str, unit: str
) -> Measure:
    """Return the measure that counts rows a condition holds for: 0, never null, for none.

    Null does not hold; `formula` is the condition in words.
    """
    return Measure(
        name=name,
        expression=lambda rows: rows.count(where=condition(rows)).fill_null(0),
        description=description,
        unit=unit,
        formula=f"number of rows where {formula}",
        additive=True,
    )


def distinct_count(name: str, column: str, description: str, unit: str) -> Measure:
    """Return the measure that counts a column's distinct known values, exactly."""
    return Measure(
        name=name,
        expression=lambda rows: rows[column].nunique(),
        description=description,
        unit=unit,
        formula=f"number of distinct {column}",
    )


def total(name: str, column: str, description: str, unit: str) -> Measure:
    """Return the measure that sums a column's known values: null where none is known."""
    return Measure(
        name=name,
        expression=lambda rows: exact_sum(rows[column]),
        description=description,
        unit=unit,
        formula=f"sum of {column}",
        additive=True,
    )


def count_total(name: str, column: str, description: str, unit: str) -> Measure:
    """Return the measure that sums a column of counts: 0, never null, over no rows."""
    return replace(
        total(name, column, description, unit),
        expression=lambda rows: exact_sum(rows[column]).fill_null(0),
    )


def ratio(name: str, parts: tuple[Measure, Measure], description: str, unit: str) -> Measure:
    """Return numerator / denominator (`parts`), null where the denominator is 0.

    `unit` is `rate` for a share of 0-1, else what the quotient is measured in.
    """
    numerator, denominator = parts
    return Measure(
        name=name,
        expression=lambda rows: numerator.expression(rows) / denominator.expression(rows).nullif(0),
        description=description,
        unit=unit,
        formula=f"{numerator.name} / {denominator.name}",
        numerator=numerator.name,
        denominator=denominator.name,
    )


def also_called(measure: Measure, *synonyms: str) -> Measure:
    """Return the measure with other words people use for it."""
    return replace(measure, synonyms=synonyms)


def exact_sum(values: ir.NumericColumn, where: ir.BooleanValue | None = None) -> ir.NumericScalar:
    """Return a sum that does not depend on the order of the rows; null where there is none.

    Floats are added as decimals with 9 places. The sum of integers passes through a decimal
    because DuckDB's is a HUGEINT, which Ibis believes to be an int64 and would not cast.
    """
    if values.type().is_floating():
        return values.cast("decimal(38, 9)").sum(where=where).cast("float64")
    return values.sum(where=where).cast("decimal(38, 0)").cast("int64")
