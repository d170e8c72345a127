"""What became of prompts' generations, by the measures of the semantic layer.

The measures are compiled to SQL once a process: compiling takes longer than counting some hundred
rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
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
from genai_session_analyzer.warehouse.arrow_queries import query_arrow

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
_MEASURED = ("status", "latency_ms", "cost_credits")
"""Columns the measures read."""
_FOUND = "found_generations"
_COLUMNS = ", ".join(dict.fromkeys(("prompt_id", *_MEASURED, *_NEWEST)))
_SELECT = f"SELECT {_COLUMNS} FROM fct_generations WHERE rowid IN (SELECT unnest(?::BIGINT[]))"  # noqa: S608
Facts = dict[str, Any]
Rows = list[Facts]


@dataclass(frozen=True)
class FoundFacts:
    """What became of generations: of all of them, and per prompt_id."""

    together: Facts
    by_prompt: dict[str, Facts]


def found_generations(cursor: duckdb.DuckDBPyConnection, rows: Sequence[int]) -> pa.Table:
    """Return what is told of the generations of these rowids.

    By rowid a few blocks are read; by prompt_id it would be the whole column.

    Args:
        cursor: On a build, of this thread.
        rows: Rowids.
    """
    return cursor.execute(_SELECT, [list(rows)]).to_arrow_table()


def facts_of(generations: pa.Table) -> FoundFacts:
    """Return the measures `OF_A_GROUP` of all, and `OF_A_PROMPT` and the newest of each prompt.

    Args:
        generations: As `found_generations` returns them; the newest is called `newest`.
    """
    asked = (_measures((), OF_A_GROUP), _measures(("prompt_id",), OF_A_PROMPT))
    measured = generations.select(["prompt_id", *_MEASURED])
    together, by_prompt = query_arrow(_FOUND, measured, *asked)
    newest = _newest(generations)
    return FoundFacts(
        together.to_pylist()[0],
        {
            prompt_id: {**_with_statuses(facts), "newest": newest[prompt_id]}
            for facts in by_prompt.to_pylist()
            for prompt_id in (facts.pop("prompt_id"),)
        },
    )


def whole_facts(generations: ir.Table) -> Facts:
    """Return the measures `OF_A_GROUP` of fct_generations."""
    rows: Rows = GENERATIONS.aggregate(generations, (), OF_A_GROUP).to_pyarrow().to_pylist()
    return rows[0]


@lru_cache
def _measures(dimensions: tuple[str, ...], measures: tuple[str, ...]) -> str:
    declared = TABLES[GENERATIONS.table_name].ibis_schema()
    rows = ibis.table({name: declared[name] for name in ("prompt_id", *_MEASURED)}, name=_FOUND)
    aggregated = GENERATIONS.aggregate(rows, dimensions, measures)
    return str(ibis.to_sql(aggregated, dialect="duckdb"))


def _newest(generations: pa.Table) -> dict[str, NewestGeneration]:
    """By prompt_id; the greater id among generations of the same time."""
    order = [("requested_at", "descending"), ("generation_id", "descending")]
    latest_first = generations.sort_by(order)
    ids = latest_first["prompt_id"].to_pylist()
    places = {prompt_id: place for place, prompt_id in reversed(list(enumerate(ids)))}
    rows = latest_first.take(pa.array(places.values(), pa.int64())).select(_NEWEST).to_pylist()
    return {prompt_id: NewestGeneration(**row) for prompt_id, row in zip(places, rows, strict=True)}


def _with_statuses(facts: Facts) -> Facts:
    counts = {status: facts.pop(f"{status}_count") for status in STATUSES}
    return facts | {"status_counts": {status: n for status, n in counts.items() if n}}
