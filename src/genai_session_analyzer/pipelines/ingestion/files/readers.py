"""Reading one file of a team's own log: through the gate, then into two tables.

A bad file raises `SourceError`; a bad record lands in the table of broken ones and the rest goes
on: records in the file = rows + broken, always.
"""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import duckdb

from genai_session_analyzer.pipelines.ingestion.files.bytes import (
    WatchedFile,
    read_chunks,
    without_byte_order_mark,
)
from genai_session_analyzer.pipelines.ingestion.files.csv_rows import read_csv
from genai_session_analyzer.pipelines.ingestion.files.formats import FileKind, one_line_error
from genai_session_analyzer.pipelines.ingestion.files.gate import (
    CheckedFile,
    check_file,
    require_unchanged,
)
from genai_session_analyzer.pipelines.ingestion.files.json_rows import read_json_lines
from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect, GateLimits
from genai_session_analyzer.pipelines.ingestion.files.parquet_rows import read_parquet
from genai_session_analyzer.pipelines.ingestion.files.tables import SourceTables

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class SourceRows:
    """What one file held, as two temporary tables on the connection that read it.

    Attributes:
        path: The file as the user named it.
        sha256: Of the file's bytes as they lie on disk.
        kind: csv, jsonl or parquet.
        rows: Table or view, one row per sound record: source_row (number of the data record in the
            file, from 1; key), then the file's columns: text in CSV and JSON Lines, else native.
        broken: Table, one row per record that could not be read: row_number (of the same
            numbering), reasons (names of `Problem` in lower case), row_json.
        columns: The file's columns, in order.
        row_count: Records in the file: sound and broken ones.
    """

    path: Path
    sha256: str
    kind: FileKind
    rows: str
    broken: str
    columns: tuple[str, ...]
    row_count: int


def read_source_file(
    connection: duckdb.DuckDBPyConnection,
    path: Path,
    *,
    limits: GateLimits,
    dialect: CsvDialect,
    on_progress: Progress | None = None,
) -> SourceRows:
    """Return the file's records, read once the whole file has passed the gate.

    Args:
        connection: Where the tables are made; they live as long as it does.
        path: The file; its suffix says what it is.
        limits: Caps on sizes, depth and number of columns.
        dialect: How CSV is written; ignored for other kinds.
        on_progress: Told the work done and the work there is, in bytes; the file is read twice.

    Raises:
        SourceError: The file cannot be read, is not what its name says, or holds no record.
    """
    size = path.stat().st_size if path.is_file() else 0
    file = check_file(path, limits, _shifted(on_progress, 0, size))
    tables = _tables(connection, file)
    with ExitStack() as on_failure:
        on_failure.callback(tables.drop)
        tables.drop()
        tables.create_broken()
        columns = _read(tables, file, limits, dialect, on_progress)
        require_unchanged(file)
        row_count = tables.count(tables.rows) + tables.count(tables.broken)
        if row_count == 0:
            raise one_line_error(path, "holds no rows", "Leave it out, or export it again.")
        on_failure.pop_all()
    return SourceRows(
        path, file.sha256, file.format.kind, tables.rows, tables.broken, columns, row_count
    )


def drop_source_rows(connection: duckdb.DuckDBPyConnection, source: SourceRows) -> None:
    """Drop both tables of a file that is no longer needed."""
    SourceTables(connection, source.path, source.rows, source.broken).drop()


def _tables(connection: duckdb.DuckDBPyConnection, file: CheckedFile) -> SourceTables:
    """Return names of tables that no other file on the connection has."""
    place = hashlib.sha256(str(file.real_path).encode(errors="surrogateescape")).hexdigest()
    stem = f"source_{file.sha256[:12]}_{place[:8]}"
    return SourceTables(connection, file.path, f"{stem}_rows", f"{stem}_broken")


def _read(
    tables: SourceTables,
    file: CheckedFile,
    limits: GateLimits,
    dialect: CsvDialect,
    on_progress: Progress | None,
) -> tuple[str, ...]:
    """Fill the tables with the reader for the file's kind and return the file's columns."""
    if file.format.kind is FileKind.PARQUET:
        columns = read_parquet(tables, file, limits)
        if on_progress:
            on_progress(2 * file.byte_count, 2 * file.byte_count)
        return columns
    with file.real_path.open("rb") as opened:
        on_position = _shifted(on_progress, file.byte_count, file.byte_count)
        watched = WatchedFile(opened, on_position=on_position)
        chunks = without_byte_order_mark(
            read_chunks(file.path, watched, file.format.is_gzip, limits)
        )
        return _read_text(tables, chunks, file.format.kind, limits, dialect)


def _read_text(
    tables: SourceTables,
    chunks: Iterator[bytes],
    kind: FileKind,
    limits: GateLimits,
    dialect: CsvDialect,
) -> tuple[str, ...]:
    """Fill the tables from a text file's bytes."""
    if kind is FileKind.CSV:
        return read_csv(tables, chunks, limits, dialect)
    return read_json_lines(tables, chunks, limits)


def _shifted(
    on_progress: Progress | None, before: int, byte_count: int
) -> Callable[[int], None] | None:
    """Return what turns a position in the file into progress over its two passes."""
    if on_progress is None:
        return None
    told = on_progress

    def on_position(position: int) -> None:
        told(before + position, 2 * byte_count)

    return on_position
