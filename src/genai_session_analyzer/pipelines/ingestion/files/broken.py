"""The table of records that could not be read as records, each with every reason."""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.ingestion.files.records import RecordBlock
from genai_session_analyzer.pipelines.ingestion.files.text_checks import Problem

KEPT_CHARACTERS = 10_000  # of a broken record in `row_json`

_EACH = ", ".join(
    f"CASE WHEN problems & {problem.value} > 0 THEN '{str(problem.name).lower()}' END"
    for problem in Problem
)
REASONS = f"list_filter([{_EACH}], lambda reason: reason IS NOT NULL)"


def shown(expression: str) -> str:
    """Return SQL that makes bytes printable: as they read if they are text, else escaped."""
    text = f"coalesce(TRY(decode({expression})), CAST({expression} AS VARCHAR))"
    return f"left({text}, {KEPT_CHARACTERS})"


# TRY is slow where it catches something, so it is kept for the few lines cut inside a character.
_RAW = f"""left(
    CASE WHEN problems & {Problem.INVALID_UTF8.value} > 0 THEN CAST(raw AS VARCHAR)
         WHEN problems & {Problem.LINE_TOO_LONG.value} > 0 THEN {shown("raw")}
         ELSE decode(raw) END, {KEPT_CHARACTERS})"""
_BROKEN = f"row_number, {REASONS}, CAST(json_object('raw', {_RAW}) AS VARCHAR)"


def create_broken_table(connection: duckdb.DuckDBPyConnection, table: str) -> None:
    """Create the empty temporary table, one row per broken record, key `row_number`."""
    columns = "(row_number BIGINT, reasons VARCHAR[], row_json VARCHAR)"
    connection.execute(f"CREATE OR REPLACE TEMP TABLE {table} {columns}")


def add_broken(relation: duckdb.DuckDBPyRelation, table: str) -> None:
    """Append broken records.

    Args:
        relation: row_number BIGINT, problems BIGINT (flags of `Problem`), raw BLOB.
        table: The table made by `create_broken_table`.
    """
    relation.project(_BROKEN).insert_into(table)


def broken_of_block(block: RecordBlock, max_line_bytes: int) -> pa.Table:
    """Return the block's records that have problems: row_number, problems, raw.

    `raw` is cut one byte behind the cap, where what is known of an over-long line ends.
    """
    broken = np.flatnonzero(block.problems)
    raw = records_as(pa.binary(), block).take(pa.array(broken))
    cut = pc.binary_slice(raw, 0, max_line_bytes + 1)
    return pa.table(
        {
            "row_number": block.numbers[broken],
            "problems": block.problems[broken],
            "raw": pc.replace_substring_regex(cut, r"\r?\n$", ""),
        }
    )


def records_as(arrow_type: pa.DataType, block: RecordBlock) -> pa.Array:
    """Return the block's records, line ends included, as Arrow binary or string, without a copy."""
    offsets = np.concatenate([[0], block.ends]).astype(np.int32)
    buffers = [None, pa.py_buffer(offsets), pa.py_buffer(block.data)]
    return pa.Array.from_buffers(arrow_type, len(block.ends), buffers)
