"""What became of prompts' generations, by the measures of the semantic layer.

The measures are compiled to SQL once a process: compiling takes longer than counting some hundred
rows.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.retrieval.result import NewestGeneration
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.values import STATUSES
from genai_session_analyzer.semantic import GENERATIONS

_COUNTS = tuple(f"{status}_count" for status in STATUSES)
OF_A_PROMPT = (
    "generation_count",
    *_COUNTS,
    "error_rate",
    "mean_latency_ms",
    "total_cost_credits",
)
OF_A_GROUP = (
    "generation_count",
    "known_status_count",
    "error_rate",
    "known_latency_count",
    "mean_latency_ms",
    "total_cost_credits",
    "mean_cost_credits",
)
_NEWEST = tuple(NewestGeneration.model_fields)
_FOUND = "found_generations"
Facts = dict[str, Any]
Rows = list[Facts]


def found_generations(cursor: duckdb.DuckDBPyConnection, rows: Sequence[int]) -> pa.Table:
    """Return the generations of these rowids, as fct_generations.

    By rowid a few blocks are read; by prompt_id it would be the whole column.

    Args:
        cursor: On a build, of this thread.
        rows: Rowids.
    """
    statement = "SELECT * FROM fct_generations WHERE rowid IN (SELECT unnest(?::BIGINT[]))"
    return cursor.execute(statement, [list(rows)]).to_arrow_table()


def group_facts(cursor: duckdb.DuckDBPyConnection, generations: pa.Table) -> Facts:
    """Return the measures `OF_A_GROUP` of all these generations."""
    return _rows(cursor, generations, _measures((), OF_A_GROUP))[0]


def facts_by_prompt(cursor: duckdb.DuckDBPyConnection, generations: pa.Table) -> dict[str, Facts]:
    """Return per prompt_id the measures `OF_A_PROMPT` and, as `newest`, its newest generation."""
    newest = {row.pop("prompt_id"): row for row in _rows(cursor, generations, _newest())}
    measured = _rows(cursor, generations, _measures(("prompt_id",), OF_A_PROMPT))
    return {
        prompt_id: {**_with_statuses(facts), "newest": NewestGeneration(**newest[prompt_id])}
        for facts in measured
        for prompt_id in (facts.pop("prompt_id"),)
    }


def whole_facts(generations: ir.Table) -> Facts:
    """Return the measures `OF_A_GROUP` of fct_generations."""
    rows: Rows = GENERATIONS.aggregate(generations, (), OF_A_GROUP).to_pyarrow().to_pylist()
    return rows[0]


def _rows(cursor: duckdb.DuckDBPyConnection, generations: pa.Table, statement: str) -> Rows:
    cursor.register(_FOUND, generations)
    try:
        rows: Rows = cursor.execute(statement).to_arrow_table().to_pylist()
    finally:
        cursor.unregister(_FOUND)
    return rows


def _table(name: str) -> ir.Table:
    return ibis.table(TABLES[GENERATIONS.table_name].ibis_schema(), name=name)


@lru_cache
def _measures(dimensions: tuple[str, ...], measures: tuple[str, ...]) -> str:
    aggregated = GENERATIONS.aggregate(_table(_FOUND), dimensions, measures)
    return str(ibis.to_sql(aggregated, dialect="duckdb"))


@lru_cache
def _newest() -> str:
    """One row per prompt; the greater id among generations of the same time."""
    latest_first = ibis.window(
        group_by="prompt_id",
        order_by=[ibis.desc("requested_at"), ibis.desc("generation_id")],
    )
    place = ibis.row_number().over(latest_first)
    numbered = _table(_FOUND).select("prompt_id", *_NEWEST, place=place)
    newest = numbered.filter(numbered.place == 0).drop("place")
    return str(ibis.to_sql(newest, dialect="duckdb"))


def _with_statuses(facts: Facts) -> Facts:
    counts = {status: facts.pop(f"{status}_count") for status in STATUSES}
    return facts | {"status_counts": {status: n for status, n in counts.items() if n}}
