"""From judged rows to the raw store's tables: what is accepted, what is rejected and why."""

from dataclasses import dataclass
from datetime import datetime

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.pipelines.ingestion.contract.identity import CONFLICT
from genai_session_analyzer.pipelines.ingestion.files.broken import KEPT_CHARACTERS
from genai_session_analyzer.pipelines.ingestion.mapping.duckdb_functions import as_json
from genai_session_analyzer.schema.sources import RAW_GENERATIONS, REJECTED_ROWS
from genai_session_analyzer.schema.table_schema import TableSchema


@dataclass(frozen=True)
class JudgedFile:
    """A file's rows, read, mapped and judged, but not yet evaluated."""

    file_id: str
    dataset: str
    source: str
    """The name its rows carry."""
    rows: ir.Table
    """`source_row` and the file's own columns."""
    candidates: ir.Table
    """`source_row`, the mapped fields, `generation_id`, `reasons`."""
    broken: ir.Table
    """Records that could not be read as rows: `row_number`, `reasons`, `row_json`."""
    last_row: int
    """The highest `source_row`; 0 where there is no row."""
    row_count: int | None
    """Records the reader counted in the file; None where only some of them are taken."""


def accepted_rows(
    file: JudgedFile, candidates: ir.Table, seen: ir.Table, first_raw_id: int
) -> ir.Table:
    """Rows that broke no rule and were not seen before, as `raw_generations`.

    Args:
        file: The file they are from.
        candidates: Some of its candidates.
        seen: Their repeats, from `identity.repeats`.
        first_raw_id: Number of the first of them; the others follow in the file's order.
    """
    clean = candidates.filter(candidates.reasons.length() == 0).anti_join(seen, "source_row")
    numbered = clean.mutate(
        raw_id=ibis.row_number().over(order_by=clean.source_row) + first_raw_id,
        dataset=ibis.literal(file.dataset),
        source=ibis.literal(file.source),
    )
    return _as_declared(numbered, RAW_GENERATIONS)


def bad_rows(candidates: ir.Table, seen: ir.Table) -> ir.Table:
    """One row per candidate that may not be accepted: `source_row`, `reasons`."""
    conflicts = seen.filter(seen.is_conflict).select(
        "source_row", reasons=ibis.literal([CONFLICT], "array<string>")
    )
    broke_rules = candidates.filter(candidates.reasons.length() > 0)
    return broke_rules.select("source_row", "reasons").union(conflicts)


def rejected_rows(file: JudgedFile, bad: ir.Table, ingested_at: datetime) -> ir.Table:
    """Rejected rows as `rejected_rows`, each with the file's record as JSON.

    In the JSON, texts are cut to `KEPT_CHARACTERS`, and numbers that are not finite are texts.

    Args:
        file: The file they are from.
        bad: From `bad_rows`.
        ingested_at: Time of the run, UTC.
    """
    rows = file.rows.semi_join(bad, "source_row")
    columns = {name: _as_shown(rows[name]) for name in rows.columns if name != "source_row"}
    texts = rows.select("source_row", row_json=as_json(ibis.struct(columns)).cast("string"))
    told = bad.join(texts, "source_row").rename(row_number="source_row")
    return stamped(file, told, ingested_at).order_by("row_number")


def stamped(file: JudgedFile, told: ir.Table, ingested_at: datetime) -> ir.Table:
    """Rows of row_number, reasons and row_json, with source and time, as `rejected_rows`."""
    complete = told.mutate(source=ibis.literal(file.source), ingested_at=ibis.literal(ingested_at))
    return _as_declared(complete, REJECTED_ROWS)


def _as_shown(value: ir.Value) -> ir.Value:
    if value.type().is_string():
        return value.left(KEPT_CHARACTERS)
    if value.type().is_floating():  # JSON has no NaN and no infinity
        is_finite = ~(value.isnan() | value.isinf())
        return ibis.ifelse(is_finite, as_json(value), as_json(value.cast("string")))
    return value


def _as_declared(table: ir.Table, schema: TableSchema) -> ir.Table:
    """The schema's columns in its order and types; a column that is not there is null."""
    return table.select(
        **{
            column.name: (table[column.name] if column.name in table.columns else ibis.null()).cast(
                column.dtype
            )
            for column in schema.columns
        }
    )
