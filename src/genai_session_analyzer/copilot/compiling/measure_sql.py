"""A measure's Ibis expression as the SQL a person would write."""

from collections.abc import Mapping
from functools import cache

import ibis
from sqlglot import exp, parse_one

from genai_session_analyzer.copilot.catalogue import FieldTerm, MeasureTerm
from genai_session_analyzer.copilot.compiling.tidying import tidied
from genai_session_analyzer.schema import TABLES

_DIALECT = "duckdb"
_CONDITION = "__condition__"
_LONGEST = 100
_DIVIDED, _DIVIDED_BELOW = " / NULLIF(", "\n    / NULLIF("


def measure_tree(measure: MeasureTerm, fields: tuple[FieldTerm, ...]) -> exp.Expr:
    """Return the measure as a syntax tree over the fields' names; a copy, for the caller to change.

    Args:
        measure: What to compute.
        fields: The fields it reads.
    """
    return _tree(measure, fields).copy()


@cache
def _tree(measure: MeasureTerm, fields: tuple[FieldTerm, ...]) -> exp.Expr:
    types = {each.name: _type(each) for each in fields}
    rows = ibis.table(types or {measure.name: "int64"}, name="rows")
    sql = ibis.to_sql(rows.aggregate(value=measure.expression(rows)), dialect=_DIALECT)
    aggregate = parse_one(str(sql), dialect=_DIALECT).expressions[0].this
    for column in list(aggregate.find_all(exp.Column)):
        column.replace(exp.column(column.name))
    return tidied(aggregate)


def _type(field: FieldTerm) -> str:
    stored = TABLES[field.table_name].column(field.column).dtype
    return "int64" if field.distance else stored


def measured(tree: exp.Expr, columns: Mapping[str, str], condition: str | None) -> str:
    """Return the SQL of a measure.

    Args:
        tree: From `measure_tree`; changed.
        columns: The SQL of each field it reads.
        condition: Rows to measure over, as SQL without an OR; None for all.
    """
    whole = exp.Paren(this=tree)  # so that the root can be replaced like any other node
    if condition is not None:
        for aggregate in list(whole.find_all(exp.AggFunc)):
            _filter(aggregate)
    for column in list(whole.find_all(exp.Column)):
        column.replace(exp.Var(this=columns[column.name]))
    sql = whole.this.sql(dialect=_DIALECT).replace("FILTER(", "FILTER (")
    if len(sql) + sql.count(_CONDITION) * len(condition or "") > _LONGEST:
        sql = sql.replace(_DIVIDED, _DIVIDED_BELOW)
    return str(sql if condition is None else sql.replace(_CONDITION, condition))


def _filter(aggregate: exp.AggFunc) -> None:
    """Measure only rows that meet the condition, beside the condition there is."""
    wanted = exp.Var(this=_CONDITION)
    around = aggregate.parent
    if isinstance(around, exp.Filter):
        own = around.expression.this
        kept = exp.Paren(this=own.copy()) if isinstance(own, exp.Or) else own.copy()
        own.replace(exp.And(this=kept, expression=wanted))
    else:
        where = exp.Where(this=wanted)
        aggregate.replace(exp.Filter(this=aggregate.copy(), expression=where))
