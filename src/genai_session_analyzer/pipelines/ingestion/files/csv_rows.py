"""CSV files: explicit dialect, names from the file's own header, every value text or NULL."""

import csv
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv

from genai_session_analyzer.pipelines.ingestion.files.broken import add_broken, broken_of_block
from genai_session_analyzer.pipelines.ingestion.files.columns import (
    ROW_COLUMN,
    require_usable,
    text_columns,
)
from genai_session_analyzer.pipelines.ingestion.files.csv_split import split_csv
from genai_session_analyzer.pipelines.ingestion.files.formats import (
    BYTE_ORDER_MARK,
    one_line_error,
)
from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect, GateLimits
from genai_session_analyzer.pipelines.ingestion.files.records import RecordBlock, record_blocks
from genai_session_analyzer.pipelines.ingestion.files.tables import SourceTables
from genai_session_analyzer.pipelines.ingestion.files.text_checks import (
    Problem,
    keep_records,
    mark,
)


def read_csv(
    tables: SourceTables, chunks: Iterator[bytes], limits: GateLimits, dialect: CsvDialect
) -> tuple[str, ...]:
    """Fill both tables from the chunks of one file and return its column names.

    Args:
        tables: Where the records go; the table of rows is made here.
        chunks: The unpacked bytes, without byte order mark.
        limits: The caps on a line and on the number of columns.
        dialect: The declared dialect.

    Raises:
        SourceError: The header cannot be read or used.
    """
    split = partial(split_csv, dialect=dialect, max_line_bytes=limits.max_line_bytes)
    blocks = record_blocks(chunks, split, limits.max_line_bytes)
    first = next(blocks, None)
    names = _header(tables.path, first, dialect)
    require_usable(tables.path, names, limits.max_columns)
    tables.create_rows(text_columns(names))
    if first is not None:
        _add_block(tables, _without_header(first), names, limits, dialect)
    for block in blocks:
        _add_block(tables, block, names, limits, dialect)
    return tuple(names)


def _header(path: Path, first: RecordBlock | None, dialect: CsvDialect) -> list[str]:
    """Return the names in the first record."""
    if first is None:
        raise one_line_error(path, "the file is empty", "Export or copy it again.")
    problems = Problem(int(first.problems[0]))
    if problems & Problem.STRAY_CARRIAGE_RETURN:
        raise one_line_error(path, "lines end in CR alone", "Write lines that end in LF or CRLF.")
    if problems:
        told = ", ".join(str(each.name).lower() for each in problems)
        raise one_line_error(path, f"the header cannot be read ({told})", _DIALECT)
    text = first.data[: first.ends[0]].tobytes().decode()
    is_doubled = dialect.escape == dialect.quote
    rows = csv.reader(
        [text],
        delimiter=dialect.delimiter,
        quotechar=dialect.quote,
        doublequote=is_doubled,
        escapechar=None if is_doubled else dialect.escape,
    )
    return next(rows)


_DIALECT = "Write it as UTF-8 in the declared delimiter, quote and escape."


def _without_header(block: RecordBlock) -> RecordBlock:
    """Return the block without its first record."""
    start = int(block.ends[0])
    return RecordBlock(
        block.data[start:],
        block.ends[1:] - start,
        block.numbers[1:],
        block.problems[1:],
        block.field_counts[1:],
    )


def _add_block(
    tables: SourceTables,
    block: RecordBlock,
    names: list[str],
    limits: GateLimits,
    dialect: CsvDialect,
) -> None:
    """Append the block's records to the one table or the other."""
    block = replace(block, numbers=block.numbers - 1)  # the header had number 1
    is_counted = (block.problems & _UNCOUNTED) == 0
    wrong = np.flatnonzero(is_counted & (block.field_counts != len(names)))
    mark(block.problems, wrong, Problem.WRONG_FIELD_COUNT)
    kept = block.problems == 0
    if not kept.all():
        broken = broken_of_block(block, limits.max_line_bytes)
        add_broken(tables.connection.from_arrow(broken), tables.broken)
    if kept.any():
        data, _ = keep_records(block.data, block.ends, kept)
        values = _parse(data.tobytes(), names, dialect)
        if values.num_rows != kept.sum():
            raise one_line_error(tables.path, "its records cannot be told apart", _DIALECT)
        numbered = values.add_column(0, ROW_COLUMN, pa.array(block.numbers[kept]))
        tables.connection.from_arrow(numbered).insert_into(tables.rows)


_UNCOUNTED = Problem.LINE_TOO_LONG | Problem.STRAY_QUOTE | Problem.UNTERMINATED_QUOTE


def _parse(data: bytes, names: list[str], dialect: CsvDialect) -> pa.Table:
    """Return well-formed records as a table of strings, empty fields NULL."""
    is_doubled = dialect.escape == dialect.quote
    # The parser drops one byte order mark; this one, so that it keeps any that is data.
    source = pa.BufferReader(BYTE_ORDER_MARK + data)
    return pacsv.read_csv(
        source,
        read_options=pacsv.ReadOptions(column_names=names, block_size=len(data) + 16),
        parse_options=pacsv.ParseOptions(
            delimiter=dialect.delimiter,
            quote_char=dialect.quote,
            double_quote=is_doubled,
            escape_char=False if is_doubled else dialect.escape,
            newlines_in_values=True,
        ),
        convert_options=pacsv.ConvertOptions(
            column_types=dict.fromkeys(names, pa.string()),
            null_values=[""],
            strings_can_be_null=True,
        ),
    )
