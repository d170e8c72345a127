"""The raw store: Parquet parts of what was read, and a ledger that says which of them count.

    <root>/<dataset>/<reading>/<file id>-accepted-00000.parquet   raw_generations
                               <file id>-rejected-00000.parquet   rejected_rows
                               <file id>-truth-00000.parquet      corpus_truth (embedded corpus)
                               ledger.parquet                     ingested_files
    <root>/.staging/<dataset>/<reading>/...                       an ingest under way

Only the ledger's replacement, the last step of a landing, makes parts count. Parts of files it does
not name are the remains of a crash, and removed before the next ingest. A reading is one mapping
with one set of reading parameters: another one fills a folder of its own and loses nothing. (No
`dataset=<name>`: DuckDB would add that as a column to every table it reads from there.)
"""

import os
import shutil
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

import pyarrow as pa
import pyarrow.parquet as pq

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.schema.sources import INGESTED_FILES

PartKind = Literal["accepted", "rejected", "truth"]
LEDGER_SCHEMA: pa.Schema = INGESTED_FILES.ibis_schema().to_pyarrow()


@dataclass(frozen=True)
class IngestedFile:
    """One row of `ingested_files`."""

    file_id: str
    dataset: str
    source: str
    sha256: str
    mapping_hash: str
    rows_in: int
    accepted_rows: int
    rejected_rows: int
    duplicate_rows: int


@dataclass(frozen=True)
class StagedFile:
    """A file whose parts are written, waiting to be landed."""

    entry: IngestedFile
    accepted: tuple[Path, ...]
    rejected: tuple[Path, ...]
    truth: tuple[Path, ...] = ()

    @property
    def parts(self) -> tuple[Path, ...]:
        """All of its parts."""
        return (*self.accepted, *self.rejected, *self.truth)


@dataclass(frozen=True)
class RawParts:
    """What a source consists of: paths of Parquet parts, at least one of each kind."""

    accepted: list[str]
    rejected: list[str]
    ledger: list[str]


@dataclass(frozen=True)
class RawStore:
    """One reading of one dataset in the store."""

    folder: Path
    staging: Path

    @classmethod
    def open(cls, root: Path, dataset: str, reading: str) -> "RawStore":
        """The store of a dataset as one mapping and one set of parameters reads it.

        Args:
            root: The store's folder; need not exist.
            dataset: The dataset's name.
            reading: Hash of the mapping and the parameters that decide what is read.
        """
        return cls(root / dataset / reading[:12], root / ".staging" / dataset / reading[:12])

    @property
    def ledger_path(self) -> Path:
        """Where the ledger is, or will be."""
        return self.folder / "ledger.parquet"

    def ledger(self) -> tuple[IngestedFile, ...]:
        """The files that count, in the order they were ingested."""
        if not self.ledger_path.exists():
            return ()
        rows = pq.read_table(self.ledger_path, partitioning=None).to_pylist()
        return tuple(IngestedFile(**row) for row in rows)

    def paths(self, kind: PartKind) -> list[str]:
        """The parts that count, in the order of their rows.

        Raises:
            SourceError: The ledger names a file whose parts are gone.
        """
        by_file: dict[str, list[str]] = {}
        for part in sorted(self.folder.glob(f"*-{kind}-*.parquet")):
            by_file.setdefault(part.name.split("-")[0], []).append(str(part))
        found = [by_file.get(entry.file_id, []) for entry in self.ledger()]
        if not all(found):
            raise SourceError(
                f"{self.folder}: parts named by its ledger are missing. "
                "Remove the folder and ingest the source again."
            )
        return [path for parts in found for path in parts]

    def parts(self) -> RawParts:
        """Everything that counts, as paths; the ledger must not be empty."""
        return RawParts(self.paths("accepted"), self.paths("rejected"), [str(self.ledger_path)])

    def repair(self) -> None:
        """Removes what a crash between two renames of a landing left behind."""
        known = {entry.file_id for entry in self.ledger()}
        for path in self.folder.glob("*"):
            if path != self.ledger_path and path.name.split("-")[0] not in known:
                path.unlink()

    def land(self, staged: Sequence[StagedFile], *, is_replacement: bool = False) -> None:
        """Makes staged files count, all of them at once.

        Args:
            staged: In the order of their rows; their parts are moved.
            is_replacement: Whether the files landed before no longer count.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        for part in (part for file in staged for part in file.parts):
            _sync(part)
            part.replace(self.folder / part.name)
        landed = () if is_replacement else self.ledger()
        self._write_ledger([*landed, *(file.entry for file in staged)])
        self.repair()

    def discard_staging(self) -> None:
        """Forgets an ingest that was under way."""
        shutil.rmtree(self.staging, ignore_errors=True)
        for folder in (self.staging.parent, self.staging.parent.parent):
            if folder.exists() and not any(folder.iterdir()):
                folder.rmdir()

    def _write_ledger(self, entries: Sequence[IngestedFile]) -> None:
        table = pa.Table.from_pylist([asdict(entry) for entry in entries], schema=LEDGER_SCHEMA)
        written = self.ledger_path.with_suffix(".tmp")
        pq.write_table(table, written)
        _sync(written)
        _sync(self.folder)
        written.replace(self.ledger_path)
        _sync(self.folder)


def _sync(path: Path) -> None:
    """Hands a file's bytes, or a folder's names, to the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
