"""The tables in few words, for a model that writes SQL."""

from collections.abc import Iterable

from genai_session_analyzer.copilot.catalogue import MeasureTerm
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.schema import TABLES, Column

TABLE_NAMES = (
    "fct_generations",
    "fct_sessions",
    "dim_users",
    "dim_prompts",
    "ftr_prompt_labels",
    "ftr_prompt_clusters",
    "dim_clusters",
)
_LEFT_OUT = (
    "mlflow_run_id", "revision", "content_id", "prompt_version", "labeler", "model", "dataset",
    "user_origin", "time_origin", "telemetry_origin", "profile_origin", "image_path", "seed",
    "part_id", "parse_status",
)  # fmt: skip
"""Columns that answer no question about use."""
_CLEAR = ("_id", "_at", "_date", "_count", "_ms", "_s", "_credits", "_rate", "width", "height")
"""Endings of names that say enough."""
_TYPES = {"string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "float64": "DOUBLE",
          "timestamp(6)": "TIMESTAMP"}  # fmt: skip
_MOST_VALUES = 12
_LONGEST_VALUE = 30


def raw_schema() -> str:
    """Return the tables as CREATE TABLE statements with every column, and nothing said of them."""
    return "\n".join(f"CREATE TABLE {name} ({_typed(name)});" for name in TABLE_NAMES)


def compact_schema(facts: DataFacts) -> str:
    """Return each table with its grain, and columns with sample values or their meaning.

    Args:
        facts: Values of columns that have few; each is quoted and cut off where it is long.
    """
    lines = [
        f"{name}({', '.join(_described(name, each, facts) for each in _columns(name))})"
        f" -- {TABLES[name].grain}"
        for name in TABLE_NAMES
        if facts.row_counts.get(name)
    ]
    return "\n".join(lines)


def formula_lines(measures: Iterable[MeasureTerm]) -> str:
    """Return measures of the semantic layer with their formulas, one a line."""
    return "\n".join(f"{each.name} = {each.formula}" for each in measures)


def _typed(table: str) -> str:
    return ", ".join(
        f"{each.name} {_TYPES.get(each.dtype, each.dtype)}" for each in _columns(table)
    )


def _described(table: str, column: Column, facts: DataFacts) -> str:
    values = facts.values_of(table, column.name)
    if 0 < len(values) <= _MOST_VALUES and table != "fct_sessions":
        return f"{column.name} {'|'.join(map(_literal, values))}"
    if column.name.startswith("is_") or column.name.endswith(_CLEAR):
        return column.name
    return f"{column.name} /* {column.description.split(';')[0].split('(')[0].strip()} */"


def _literal(value: str) -> str:
    """A value as SQL has it, in one line and cut off: quotes inside cannot end it."""
    line = " ".join(value.split())[:_LONGEST_VALUE]
    return "'" + line.replace("'", "''") + "'"


def _columns(table: str) -> tuple[Column, ...]:
    return tuple(
        each
        for each in TABLES[table].columns
        if each.name not in _LEFT_OUT and not each.name.endswith("_confidence")
    )
