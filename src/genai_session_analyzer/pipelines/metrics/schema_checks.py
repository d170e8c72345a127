"""Checks that follow from the declared schemas: keys, nulls, accepted values, references."""

from collections.abc import Callable

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.pipelines.metrics.checks import Check, RowCheck, SetCheck, Tables
from genai_session_analyzer.schema import TABLES, TableSchema

CHECKED_TABLES = (
    "dim_users",
    "dim_prompts",
    "fct_generations",
    "fct_sessions",
    "user_friction_summary",
    "daily_metrics",
)
REFERENCES = (
    ("fct_generations", "user_id", "dim_users"),
    ("fct_generations", "prompt_id", "dim_prompts"),
    ("fct_generations", "session_id", "fct_sessions"),
    ("fct_sessions", "user_id", "dim_users"),
)


def schema_checks() -> list[Check]:
    """Per table: its key is unique, nothing required is null, coded columns hold known values."""
    checks: list[Check] = []
    for name in CHECKED_TABLES:
        declared = TABLES[name]
        checks += [_key_is_unique(declared), _required_is_present(declared)]
        checks += [
            _has_accepted_values(name, column, values)
            for column, values in declared.coded_columns.items()
        ]
    return checks + [_reference_is_whole(*reference) for reference in REFERENCES]


def _key_is_unique(declared: TableSchema) -> Check:
    def offending(tables: Tables) -> ir.Table:
        """Return one row per key that several rows have."""
        keys = (
            tables[declared.name].group_by(*declared.key).aggregate(row_count=lambda t: t.count())
        )
        return keys.filter(keys.row_count > 1)

    key = ", ".join(declared.key)
    return SetCheck(f"{declared.name}_key_unique", declared.name, f"{key} is unique", offending)


def _required_is_present(declared: TableSchema) -> Check:
    def is_bad(table: ir.Table) -> ir.BooleanValue:
        return ibis.or_(*(table[name].isnull() for name in declared.required_columns))

    return RowCheck(
        f"{declared.name}_required_present",
        declared.name,
        "columns declared as required hold no null",
        is_bad,
    )


def _has_accepted_values(table_name: str, column: str, values: tuple[str, ...]) -> Check:
    is_bad: Callable[[ir.Table], ir.BooleanValue] = lambda t: t[column].notin(values)  # noqa: E731
    return RowCheck(
        f"{table_name}_{column}_accepted",
        table_name,
        f"{column} is one of {', '.join(values)}",
        is_bad,
    )


def _reference_is_whole(table_name: str, key: str, referenced: str) -> Check:
    def offending(tables: Tables) -> ir.Table:
        table = tables[table_name]
        return table.filter(table[key].notnull()).anti_join(tables[referenced], key)

    return SetCheck(
        f"{table_name}_{key}_exists", table_name, f"every {key} is in {referenced}", offending
    )
