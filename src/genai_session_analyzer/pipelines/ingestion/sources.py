"""Files into the raw store: all of a source, or nothing of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import ibis
from ibis.backends.duckdb import Backend

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading, judge_file
from genai_session_analyzer.pipelines.ingestion.files.discovery import find_source_files
from genai_session_analyzer.pipelines.ingestion.files.formats import one_line_error
from genai_session_analyzer.pipelines.ingestion.files.gate import check_file
from genai_session_analyzer.pipelines.ingestion.files.readers import (
    SourceRows,
    drop_source_rows,
    read_source_file,
)
from genai_session_analyzer.pipelines.ingestion.store.raw_store import (
    IngestedFile,
    RawParts,
    RawStore,
    StagedFile,
)
from genai_session_analyzer.pipelines.ingestion.store.rejections import require_share
from genai_session_analyzer.pipelines.ingestion.store.staging import (
    ChunkWriter,
    RowCounts,
    staging_folder,
)
from genai_session_analyzer.pipelines.progress import Advance, progress

MEMORY_LIMIT = "2GB"


@contextmanager
def working_connection(spill: Path) -> Iterator[Backend]:
    """A DuckDB in memory for the length of a block, which spills into a folder."""
    connection = ibis.duckdb.connect(
        temp_directory=str(spill),
        memory_limit=MEMORY_LIMIT,
        autoinstall_known_extensions=False,
        autoload_known_extensions=False,
    )
    try:
        yield connection
    finally:
        connection.disconnect()


def ingest_files(reading: Reading, path: str, on_rows: Advance | None = None) -> RawParts:
    """Reads what is new under a path into the raw store.

    Args:
        reading: How the files are read.
        path: A file, a folder or a glob.
        on_rows: Told of the rows of every chunk once it is safe from interruption.

    Returns:
        The parts of the dataset, those ingested by earlier runs included.

    Raises:
        SourceError: A file is bad, its columns do not fit, too much of it was rejected, or the disk
            is full. The store is as it was.
    """
    store = RawStore.open(Path(reading.source.store), reading.mapping.dataset, reading.hash)
    store.repair()
    store.staging.mkdir(parents=True, exist_ok=True)
    try:
        with working_connection(store.staging / "spill") as connection:
            ingest = _Ingest(connection, store, reading)
            for file in find_source_files(path):
                ingest.stage(file, on_rows or _nobody)
    except SourceError:
        store.discard_staging()
        raise
    if ingest.staged:
        store.land(ingest.staged)
    store.discard_staging()
    return store.parts()


class _Ingest:
    """The files staged so far in one run, and where they stand in the store."""

    def __init__(self, connection: Backend, store: RawStore, reading: Reading) -> None:
        self.staged: list[StagedFile] = []
        self._connection, self._store, self._reading = connection, store, reading
        self._landed = store.ledger()
        self._landed_parts = [Path(path) for path in store.paths("accepted")]

    def stage(self, path: Path, on_rows: Advance) -> None:
        """Stages one file, unless its content counts already."""
        sha256 = check_file(path, self._reading.source.limits).sha256
        if sha256 in {entry.sha256 for entry in self._entries()}:
            return
        with _told_in_one_line(path):
            read = self._read(path)
            with progress(f"{path.name}: rows", read.row_count) as advance:
                self.staged.append(self._stage_rows(read, _both(advance, on_rows)))
            drop_source_rows(self._connection.con, read)

    def _read(self, path: Path) -> SourceRows:
        source = self._reading.source
        with progress(f"{path.name}: bytes", 2 * path.stat().st_size) as advance:
            return read_source_file(
                self._connection.con,
                path,
                limits=source.limits,
                dialect=source.dialect,
                on_progress=_steps(advance),
            )

    def _stage_rows(self, read: SourceRows, advance: Advance) -> StagedFile:
        source, name = self._reading.source, self._name(read.path, read.sha256)
        file = judge_file(self._connection, read, self._reading, name, self._rows_left())
        folder = self._folder(read.sha256)
        writer = ChunkWriter(self._connection, folder, file, source.chunk_rows, self._reading.now)
        earlier = [*self._landed_parts, *(part for f in self.staged for part in f.accepted)]
        first_raw_id = 1 + sum(entry.accepted_rows for entry in self._entries())
        counts = writer.write(earlier, first_raw_id, advance)
        rejected_parts = [str(part) for part in writer.parts("rejected")]
        rejected = self._connection.read_parquet(rejected_parts, hive_partitioning=False)
        require_share(name, counts.rows_in, rejected, counts.rejected, source.max_rejected_share)
        entry = self._entry(read, file.file_id, name, counts)
        return StagedFile(entry, writer.parts("accepted"), writer.parts("rejected"))

    def _entry(self, read: SourceRows, file_id: str, name: str, counts: RowCounts) -> IngestedFile:
        return IngestedFile(
            file_id=file_id,
            dataset=self._reading.mapping.dataset,
            source=name,
            sha256=read.sha256,
            mapping_hash=self._reading.hash,
            rows_in=counts.rows_in,
            accepted_rows=counts.accepted,
            rejected_rows=counts.rejected,
            duplicate_rows=counts.duplicates,
        )

    def _entries(self) -> list[IngestedFile]:
        return [*self._landed, *(file.entry for file in self.staged)]

    def _folder(self, sha256: str) -> Path:
        origins = (self._reading.hash, *(entry.sha256 for entry in self._entries()), sha256)
        return staging_folder(self._store.staging, *origins)

    def _name(self, path: Path, sha256: str) -> str:
        """The file's name; a second file of that name carries its content's hash too."""
        taken = {entry.source for entry in self._entries()}
        return f"{path.name}@{sha256[:8]}" if path.name in taken else path.name

    def _rows_left(self) -> int | None:
        limit = self._reading.source.row_limit
        return None if limit is None else max(0, limit - sum(e.rows_in for e in self._entries()))


def _nobody(done: int) -> None:
    """Listens to nothing."""


def _both(first: Advance, second: Advance) -> Advance:
    """Tells two listeners."""

    def advance(done: int) -> None:
        first(done)
        second(done)

    return advance


def _steps(advance: Advance) -> Callable[[int, int], None]:
    """Turns how far reading has come into how far it came since."""
    told = 0

    def on_progress(done: int, _total: int) -> None:
        nonlocal told
        advance(done - told)
        told = done

    return on_progress


@contextmanager
def _told_in_one_line(path: Path) -> Iterator[None]:
    """Names the file in errors of the database: a damaged page, a full disk."""
    try:
        yield
    except duckdb.Error as error:
        remedy = "Check the file and the free space, then run again."
        raise one_line_error(path, error, remedy) from error
