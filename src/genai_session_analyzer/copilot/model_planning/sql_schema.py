"""The tables in few words, for a model that writes SQL."""

from genai_session_analyzer.copilot.catalogue import Catalogue
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
_LEFT_OUT = ("mlflow_run_id", "revision", "content_id", "prompt_version", "labeler", "model")
_TYPES = {"string": "VARCHAR", "int32": "INTEGER", "int64": "BIGINT", "float64": "DOUBLE",
          "timestamp(6)": "TIMESTAMP"}  # fmt: skip
_MOST_VALUES = 8
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
        f"{name} -- one row per {TABLES[name].grain.removeprefix('one row per ')}\n"
        + "\n".join(f"  {_described(name, each, facts)}" for each in _columns(name))
        for name in TABLE_NAMES
        if facts.row_counts.get(name)
    ]
    return "\n".join(lines)


def glossary_lines(catalogue: Catalogue) -> str:
    """Return the measures of the semantic layer with their formulas, an entity a paragraph."""
    lines = []
    for entity in catalogue.entities.values():
        named = [each for each in entity.measures.values() if each.source == "glossary"]
        terms = "; ".join(f"{each.name} = {each.formula}" for each in named)
        lines.append(f"{entity.table_name}: {terms}")
    return "\n".join(lines)


def _typed(table: str) -> str:
    return ", ".join(
        f"{each.name} {_TYPES.get(each.dtype, each.dtype)}" for each in _columns(table)
    )


def _described(table: str, column: Column, facts: DataFacts) -> str:
    values = facts.values_of(table, column.name)
    if 0 < len(values) <= _MOST_VALUES:
        said = " | ".join(repr(value[:_LONGEST_VALUE]) for value in values)
    else:
        said = column.description.split(";")[0].split("(")[0].strip()
    return f"{column.name}: {said}"


def _columns(table: str) -> tuple[Column, ...]:
    return tuple(
        each
        for each in TABLES[table].columns
        if each.name not in _LEFT_OUT and not each.name.endswith("_confidence")
    )
