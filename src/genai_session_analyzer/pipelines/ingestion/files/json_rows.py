"""JSON Lines: one object a line, keys as columns, every value text, nested values as their JSON.

No line reaches the JSON parser before its text, length and depth have been checked: a hostile line
of 20 KB crashes DuckDB's `read_json`.
"""

from collections.abc import Iterator

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.ingestion.files.broken import (
    add_broken,
    broken_of_block,
    records_as,
)
from genai_session_analyzer.pipelines.ingestion.files.columns import (
    ROW_COLUMN,
    literal,
    quoted,
    text_columns,
    usable_names,
)
from genai_session_analyzer.pipelines.ingestion.files.formats import one_line_error
from genai_session_analyzer.pipelines.ingestion.files.limits import GateLimits
from genai_session_analyzer.pipelines.ingestion.files.records import (
    RecordBlock,
    Split,
    record_blocks,
    split_lines,
)
from genai_session_analyzer.pipelines.ingestion.files.tables import SourceTables
from genai_session_analyzer.pipelines.ingestion.files.text_checks import (
    Bytes,
    Problem,
    check_json_depth,
)

BATCH_ROWS = 8_192
_ARRIVED = "json_lines_arrived"
_LINES = "json_lines_of_chunk"
_PARSE_ARRIVED = f"""
    CREATE OR REPLACE TEMP TABLE {_LINES} AS SELECT
    {ROW_COLUMN}, line, CASE WHEN json_valid(line) THEN json_keys(line) END AS keys,
    CASE WHEN keys IS NULL THEN {Problem.NOT_JSON.value}
         WHEN len(keys) = 0 AND json_type(line) <> 'OBJECT' THEN {Problem.NOT_AN_OBJECT.value}
         WHEN len(keys) <> len(list_distinct(keys)) THEN {Problem.DUPLICATE_KEY.value}
         ELSE 0 END AS problems
    FROM {_ARRIVED}
"""  # noqa: S608


def read_json_lines(
    tables: SourceTables, chunks: Iterator[bytes], limits: GateLimits
) -> tuple[str, ...]:
    """Fill both tables from the chunks of one file; return its columns, in order of appearance.

    A key absent from a line, and a JSON null, are NULL. A column is added when a line brings a new
    key; a line whose key cannot become a column is broken.

    Args:
        tables: Where the records go; the table of rows is made here.
        chunks: The unpacked bytes, without byte order mark.
        limits: The caps on line, depth and number of columns.

    Raises:
        SourceError: Not one line of the file is an object with a usable key.
    """
    tables.create_rows(text_columns(()))
    names: list[str] = []

    def split(data: Bytes, _is_last: bool) -> Split:
        return split_lines(data, limits.max_line_bytes)

    for block in record_blocks(chunks, split, limits.max_line_bytes):
        _add_block(tables, block, names, limits)
    if not names:
        raise one_line_error(
            tables.path, "no line is a JSON object with a key", "Write one JSON object per line."
        )
    return tuple(names)


def _add_block(
    tables: SourceTables, block: RecordBlock, names: list[str], limits: GateLimits
) -> None:
    """Append the block's lines to the one table or the other, new keys to the names."""
    check_json_depth(block.data, block.ends, block.problems, limits.max_json_depth)
    if block.problems.any():
        broken = broken_of_block(block, limits.max_line_bytes)
        add_broken(tables.connection.from_arrow(broken), tables.broken)
    lines = _parsed_lines(tables.connection, block)
    new = _new_keys(lines, names, limits.max_columns)
    usable = usable_names(new, names, limits.max_columns)
    for name in usable:
        tables.connection.execute(f"ALTER TABLE {tables.rows} ADD COLUMN {quoted(name)} VARCHAR")
    names.extend(usable)
    values = _values(names)
    checked = _checked_lines(lines, names, values, has_unusable=len(usable) < len(new))
    add_broken(
        checked.filter("problems > 0").project(
            f"{ROW_COLUMN} AS row_number, problems, encode(rtrim(line, chr(13) || chr(10))) AS raw"
        ),
        tables.broken,
    )
    columns = [ROW_COLUMN, *(f"found[{at + 1}]" for at in range(len(names)))]
    sound = checked.filter("problems = 0").project(f"{ROW_COLUMN}, {values} AS found")
    sound.project(", ".join(columns)).insert_into(tables.rows)


def _parsed_lines(
    connection: duckdb.DuckDBPyConnection, block: RecordBlock
) -> duckdb.DuckDBPyRelation:
    """Return the sound lines of the block: source_row, line, keys, problems."""
    sound = np.flatnonzero(block.problems == 0)
    lines = records_as(pa.string(), block)
    if len(sound) < len(lines):
        lines = pc.take(lines, pa.array(sound))
    arrived = pa.table({ROW_COLUMN: block.numbers[sound], "line": lines})
    batches = arrived.to_batches(max_chunksize=BATCH_ROWS)  # what threads share out among them
    connection.register(_ARRIVED, pa.Table.from_batches(batches, arrived.schema))
    connection.execute(_PARSE_ARRIVED)
    connection.unregister(_ARRIVED)
    return connection.table(_LINES)


def _new_keys(lines: duckdb.DuckDBPyRelation, names: list[str], max_columns: int) -> list[str]:
    """Return the keys that are no columns yet, in order of appearance, not many more than fit."""
    known = ", ".join(map(literal, names)) or "NULL"
    found = (
        lines.filter("problems = 0")
        .aggregate(f"keys, min({ROW_COLUMN}) AS first_row", "keys")
        .project("unnest(keys) AS key, generate_subscripts(keys, 1) AS place, first_row")
        .filter(f"(key IN ({known})) IS NOT TRUE")
        .aggregate("key, min(struct_pack(first_row, place)) AS appearance", "key")
        .order("appearance")
        .limit(10 * max_columns)
    )
    return [key for key, _ in found.fetchall()]


def _checked_lines(
    lines: duckdb.DuckDBPyRelation, names: list[str], values: str, has_unusable: bool
) -> duckdb.DuckDBPyRelation:
    """Return the lines with the problems that show only once keys and values are known."""
    usable = f"list_has_all([{', '.join(map(literal, names))}]::VARCHAR[], keys)"
    unusable = f"CASE WHEN {usable} THEN 0 ELSE {Problem.UNUSABLE_KEY.value} END"
    has_nul = f"contains(line, '\\u0000') AND contains(array_to_string({values}, ''), chr(0))"
    nul = f"CASE WHEN {has_nul} THEN {Problem.NUL_BYTE.value} ELSE 0 END"
    later = f"{unusable if has_unusable else 0} | {nul}"
    problems = f"CASE WHEN problems = 0 THEN {later} ELSE problems END AS problems"
    return lines.project(f"{ROW_COLUMN}, line, {problems}")


def _values(names: list[str]) -> str:
    """Return SQL for the list of the line's values as text, in the order of the names."""
    pointers = ["/" + name.replace("~", "~0").replace("/", "~1") for name in names]
    listed = ", ".join(map(literal, pointers))
    return f"json_extract_string(line, [{listed}])" if names else "[]::VARCHAR[]"
