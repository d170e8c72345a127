"""Parquet files: native types, every page read once before anything relies on it."""

import glob
from collections.abc import Iterator
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from genai_session_analyzer.pipelines.ingestion.files.broken import REASONS, shown
from genai_session_analyzer.pipelines.ingestion.files.columns import (
    ROW_COLUMN,
    literal,
    quoted,
    require_usable,
)
from genai_session_analyzer.pipelines.ingestion.files.formats import one_line_error
from genai_session_analyzer.pipelines.ingestion.files.gate import CheckedFile
from genai_session_analyzer.pipelines.ingestion.files.limits import GateLimits
from genai_session_analyzer.pipelines.ingestion.files.tables import SourceTables
from genai_session_analyzer.pipelines.ingestion.files.text_checks import Problem

BATCH_ROWS = 20_000
FILE_ROW = "file_row_number"
EXPORT_AGAIN = "Export or copy it again."


def read_parquet(tables: SourceTables, file: CheckedFile, limits: GateLimits) -> tuple[str, ...]:
    """Make both tables from one file and return its column names.

    The rows are a view of the file when all its text is sound, else a copy without the rows where
    it is not. A column of plain bytes is taken as text.

    Args:
        tables: The tables to make.
        file: A file that passed the gate.
        limits: The caps on the number of columns and on the bytes it unpacks to.

    Raises:
        SourceError: The footer or a page cannot be read, or a column's name cannot be used.
    """
    schema = _schema(file, limits)
    require_usable(file.path, schema.names, limits.max_columns)
    if not _is_view_sound(tables, file.real_path, schema):
        try:
            _copy_sound_rows(tables, file, schema)
        except (duckdb.OutOfMemoryException, duckdb.InterruptException):
            raise
        except duckdb.Error as error:
            raise one_line_error(file.path, f"cannot be read ({error})", EXPORT_AGAIN) from error
    return tuple(schema.names)


def _schema(file: CheckedFile, limits: GateLimits) -> pa.Schema:
    """Return the columns the footer declares, once it has been read."""
    try:
        with pq.ParquetFile(file.real_path) as opened:
            footer, schema = opened.metadata, opened.schema_arrow
            groups = range(footer.num_row_groups)
            unpacked = sum(footer.row_group(group).total_byte_size for group in groups)
    except _READ_ERRORS as error:
        raise one_line_error(
            file.path, f"the Parquet footer cannot be read ({error})", EXPORT_AGAIN
        ) from error
    if unpacked > limits.max_unpacked_bytes:
        raise one_line_error(
            file.path,
            f"unpacks to more than max_unpacked_bytes = {limits.max_unpacked_bytes:,}",
            "Split the file or raise the limit.",
        )
    return schema


def _is_view_sound(tables: SourceTables, real_path: Path, schema: pa.Schema) -> bool:
    """Make the rows a view of the file; return whether all of it reads and no text holds a NUL."""
    columns = [f"{FILE_ROW} + 1 AS {ROW_COLUMN}"]
    # count() of a column without NULLs reads no page; hash() has to
    tests = ["false"]
    for column in schema:
        name = quoted(column.name)
        columns.append(f"decode({name}) AS {name}" if _is_bytes(column.type) else name)
        is_text = _is_bytes(column.type) or _is_text(column.type)
        tests.append(
            f"bool_or(contains({name}, chr(0)))"
            if is_text
            else f"max(hash({name})) IS NULL AND count(*) > 0"
        )
    located = literal(glob.escape(str(real_path)))
    options = f"{FILE_ROW} = true, hive_partitioning = false"
    try:
        tables.rows_from(
            f"SELECT {', '.join(columns)} FROM read_parquet({located}, {options})"  # noqa: S608
        )
        rows = tables.connection.table(tables.rows)
        return not any(rows.aggregate(", ".join(tests)).fetchone() or ())
    except (duckdb.OutOfMemoryException, duckdb.InterruptException):
        raise
    except duckdb.Error:
        return False  # what it was shows when the file is read row by row


def _copy_sound_rows(tables: SourceTables, file: CheckedFile, schema: pa.Schema) -> None:
    """Read the file batch by batch into the two tables."""
    tables.drop_rows()
    text = [column.name for column in schema if _is_bytes(column.type) or _is_text(column.type)]
    for at, batch in enumerate(_batches(file, text)):
        rows = tables.connection.from_arrow(batch)
        problems = " | ".join(["0", *(_text_problem(quoted(name)) for name in text)])
        marked = rows.project(f"*, {problems} AS problems")
        sound = marked.filter("problems = 0").project(_decoded(rows.columns, text))
        if at == 0:
            tables.create_rows(_declared(sound))
        sound.insert_into(tables.rows)
        broken = marked.filter("problems > 0")
        row_json = _row_json(rows.columns[1:], text)
        broken.project(f"{ROW_COLUMN}, {REASONS}, {row_json}").insert_into(tables.broken)


def _batches(file: CheckedFile, text: list[str]) -> Iterator[pa.Table]:
    """Yield the file's rows in order, numbered from 1, text columns as bytes nobody has checked."""
    number = 0
    try:
        with pq.ParquetFile(file.real_path, pre_buffer=False) as opened:
            for batch in opened.iter_batches(BATCH_ROWS):
                batch.drop_columns(text).validate(full=True)
                numbers = np.arange(number + 1, number + 1 + batch.num_rows)
                columns = {ROW_COLUMN: pa.array(numbers)}
                for name in batch.schema.names:
                    values = batch.column(name)
                    columns[name] = _as_bytes(values) if name in text else values
                number += batch.num_rows
                yield pa.table(columns)
            if number == 0 or number != opened.metadata.num_rows:
                raise ValueError(f"{number:,} of {opened.metadata.num_rows:,} rows found")
    except _READ_ERRORS as error:
        raise one_line_error(
            file.path, f"cannot be read to its end ({error})", EXPORT_AGAIN
        ) from error


_READ_ERRORS = (pa.ArrowException, OSError, ValueError)


def _as_bytes(values: pa.Array) -> pa.Array:
    """Return text as the bytes it is made of."""
    if pa.types.is_dictionary(values.type):
        values = values.dictionary_decode()
    return values.cast(pa.large_binary())


def _is_bytes(arrow_type: pa.DataType) -> bool:
    """Return whether the column holds bytes of no declared meaning."""
    return bool(pa.types.is_binary(arrow_type) or pa.types.is_large_binary(arrow_type))


def _is_text(arrow_type: pa.DataType) -> bool:
    """Return whether the column holds text, dictionary-encoded or not."""
    if pa.types.is_dictionary(arrow_type):
        return _is_text(arrow_type.value_type)
    is_view = pa.types.is_string_view(arrow_type)
    return bool(is_view or pa.types.is_string(arrow_type) or pa.types.is_large_string(arrow_type))


def _text_problem(column: str) -> str:
    """Return SQL for the flags of one text column, still bytes."""
    return f"""CASE WHEN {column} IS NULL THEN 0
        WHEN TRY(decode({column})) IS NULL THEN {Problem.INVALID_UTF8.value}
        WHEN contains(TRY(decode({column})), chr(0)) THEN {Problem.NUL_BYTE.value} ELSE 0 END"""


def _decoded(names: list[str], text: list[str]) -> str:
    """Return SQL for these columns, the text among them decoded."""
    return ", ".join(
        f"TRY(decode({quoted(name)})) AS {quoted(name)}" if name in text else quoted(name)
        for name in names
    )


def _row_json(names: list[str], text: list[str]) -> str:
    """Return SQL for a row as JSON, what is no text in it made printable."""
    values = ", ".join(
        f"{quoted(name)} := {shown(quoted(name)) if name in text else quoted(name)}"
        for name in names
    )
    return f"CAST(to_json(struct_pack({values})) AS VARCHAR)"


def _declared(relation: duckdb.DuckDBPyRelation) -> str:
    """Return SQL that declares columns like those of the relation."""
    types = ["VARCHAR" if str(each) == '"NULL"' else str(each) for each in relation.types]
    return ", ".join(
        f"{quoted(name)} {each}" for name, each in zip(relation.columns, types, strict=True)
    )
