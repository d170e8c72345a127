"""Which rows are the same: generation ids from ids or from content, and what repeats.

A row whose id was seen before is an exact duplicate where its content is the same too, and breaks
the rule `generation_id_conflict` where it is not.
"""

import ibis
import ibis.expr.types as ir

from genai_session_analyzer.pipelines.ingestion.mapping.duckdb_functions import as_json, md5_number
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS
from genai_session_analyzer.pipelines.ingestion.mapping.model import SourceMapping

CONFLICT = "generation_id_conflict"


def sampled(rows: ir.Table, mapping: SourceMapping, share: float, seed: int) -> ir.Table:
    """The rows whose hash of id and seed falls below the share; all of them for 1.

    The same row is drawn whatever file it is in, and again in every run with that seed.
    """
    if share >= 1:
        return rows
    column = mapping.columns.get("generation_id")
    key = rows[column.column] if column and column.column else rows.source_row
    drawn = md5_number(key.cast("string") + f":{seed}").cast("float64") / 2.0**64
    return rows.filter(drawn.fill_null(0.0) < share)


def content(table: ir.Table) -> ir.StringValue:
    """Everything a row says of its generation, as JSON: equal text means equal rows."""
    stated = {name: table[name] for name in FIELDS if name in table.columns}
    return as_json(ibis.struct(stated)).cast("string")


def has_occurrences(mapping: SourceMapping) -> bool:
    """Whether equal rows are different generations: a list of prompts without ids and times."""
    return not {"generation_id", "requested_at"} & set(mapping.columns)


def later_occurrences(mapped: ir.Table) -> ir.Table:
    """Numbers the repeats of a row within a file.

    Returns:
        One row per record with an equal one before it: `source_row`, `occurrence` from 2.
    """
    numbered = mapped.select("source_row", content=content(mapped).hexdigest("md5")).mutate(
        occurrence=ibis.row_number().over(group_by="content", order_by="source_row") + 1
    )
    return numbered.filter(numbered.occurrence > 1).select("source_row", "occurrence")


def identified(judged: ir.Table, mapping: SourceMapping, later: ir.Table | None) -> ir.Table:
    """Gives every row its `generation_id`, prefixed by the dataset's name.

    Args:
        judged: One row per record: mapped fields and reasons.
        mapping: Says whether the source has ids.
        later: From `later_occurrences`, where equal rows are different generations.
    """
    if "generation_id" in mapping.columns:
        return judged.mutate(generation_id=mapping.dataset + ":" + judged.generation_id)
    hashed = judged.mutate(generation_id=mapping.dataset + ":" + content(judged).hexdigest("md5"))
    if later is None:
        return hashed
    numbered = hashed.left_join(later, "source_row").drop("source_row_right")
    suffix = (":" + numbered.occurrence.cast("string")).fill_null("")
    return numbered.mutate(generation_id=numbered.generation_id + suffix).drop("occurrence")


def repeated_ids(candidates: ir.Table, known: ir.Table | None) -> ir.Table:
    """The ids that more than one accepted row has, known ones included: one row per id.

    Args:
        candidates: Identified and judged rows.
        known: Rows accepted earlier, in the raw store's columns; None where there are none.
    """
    accepted = candidates.filter(candidates.reasons.length() == 0)
    counted = accepted.group_by("generation_id").agg(row_count=accepted.count())
    ids = counted.filter(counted.row_count > 1).select("generation_id")
    if known is None:
        return ids
    again = known.semi_join(accepted, "generation_id").select("generation_id")
    return ids.union(again, distinct=True)


def repeats(candidates: ir.Table, ids: ir.Table, known: ir.Table | None) -> ir.Table:
    """Finds the rows that may not be accepted because their id was seen before.

    Args:
        candidates: As for `repeated_ids`.
        ids: From `repeated_ids`, evaluated: there are few, if any.
        known: As for `repeated_ids`.

    Returns:
        One row per repeat: `source_row`, `is_conflict` (same id, other content).
    """
    fields = [name for name in FIELDS if name in candidates.columns]
    seen = _contents(candidates.filter(candidates.reasons.length() == 0), ids, fields)
    if known is not None:
        seen = seen.union(_contents(known.mutate(source_row=ibis.literal(0, "int64")), ids, fields))
    in_order = ibis.window(group_by="generation_id", order_by="source_row")
    marked = seen.mutate(
        first=seen.content.first().over(in_order), place=ibis.row_number().over(in_order)
    )
    return marked.filter((marked.place > 0) & (marked.source_row > 0)).select(
        "source_row", is_conflict=marked.content != marked.first
    )


def _contents(rows: ir.Table, ids: ir.Table, fields: list[str]) -> ir.Table:
    repeated = rows.semi_join(ids, "generation_id").select("source_row", *fields)
    return repeated.select("generation_id", "source_row", content=content(repeated))
