"""One file, chunk by chunk, into staged parts; an interrupted one goes on where it stopped.

A chunk is three files: its accepted rows, its rejected rows, and, written last, its counts. A
staging folder's name is a hash of everything its content follows from (the file, the files before
it, what had landed), so parts of another situation are never taken up.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.contract.identity import repeated_ids, repeats
from genai_session_analyzer.pipelines.ingestion.store.chunk_tables import (
    JudgedFile,
    accepted_rows,
    bad_rows,
    rejected_rows,
    stamped,
)
from genai_session_analyzer.pipelines.ingestion.store.raw_store import PartKind
from genai_session_analyzer.pipelines.progress import Advance


@dataclass(frozen=True)
class RowCounts:
    """What became of rows; those that went in equal the sum of the others."""

    rows_in: int = 0
    accepted: int = 0
    rejected: int = 0
    duplicates: int = 0

    def __add__(self, other: "RowCounts") -> "RowCounts":
        return RowCounts(
            self.rows_in + other.rows_in,
            self.accepted + other.accepted,
            self.rejected + other.rejected,
            self.duplicates + other.duplicates,
        )


@dataclass(frozen=True)
class ChunkWriter:
    """Writes the chunks of one file."""

    connection: Backend
    folder: Path
    file: JudgedFile
    chunk_rows: int
    ingested_at: datetime

    def write(self, earlier: Sequence[Path], first_raw_id: int, advance: Advance) -> RowCounts:
        """Writes every chunk that is not there yet, and returns the counts of the whole file.

        Args:
            earlier: Parts accepted before this file, landed or staged.
            first_raw_id: Number of the file's first accepted row.
            advance: Told of the rows finished.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        total = self._finished("broken") or self._write_broken()
        for number in range(-(-self.file.last_row // self.chunk_rows)):
            name = f"{number:05d}"
            counts = self._finished(name)
            if counts is None:
                known = (*earlier, *self.parts("accepted"))
                counts = self._write_chunk(number, known, first_raw_id + total.accepted)
            total += counts
            advance(counts.rows_in)
        self._require_balance(total, self.file.row_count)
        return total

    def parts(self, kind: PartKind) -> tuple[Path, ...]:
        """The finished parts of a kind, in the order of their rows."""
        found = sorted(self.folder.glob(f"{self.file.file_id}-{kind}-*.parquet"))
        return tuple(part for part in found if self._counts_path(part.stem.split("-")[2]).exists())

    def _write_broken(self) -> RowCounts:
        """The part of the records that are no rows; its accepted rows are none."""
        nothing = self.file.candidates.limit(0)
        accepted = accepted_rows(self.file, nothing, nothing, first_raw_id=1)
        broken = stamped(self.file, self.file.broken, self.ingested_at).order_by("row_number")
        return self._finish(
            "broken",
            RowCounts(
                rows_in=self._count(self.file.broken),
                accepted=self._write_part(accepted, "accepted", "broken"),
                rejected=self._write_part(broken, "rejected", "broken"),
            ),
        )

    def _write_chunk(self, number: int, known: Sequence[Path], first_raw_id: int) -> RowCounts:
        row = self.file.candidates.source_row
        inside = row.between(number * self.chunk_rows + 1, (number + 1) * self.chunk_rows)
        candidates = self._table("candidates", self.file.candidates.filter(inside))
        landed = self._landed(known)
        ids = self._table("repeated_ids", repeated_ids(candidates, landed))
        asked = candidates if self._count(ids) else candidates.limit(0)
        seen = self._table("seen_before", repeats(asked, ids, landed))
        bad = self._table("bad_rows", bad_rows(candidates, seen))
        accepted = accepted_rows(self.file, candidates, seen, first_raw_id)
        rejected = rejected_rows(self.file, bad, self.ingested_at)
        name = f"{number:05d}"
        return self._finish(
            name,
            RowCounts(
                rows_in=self._count(candidates),
                accepted=self._write_part(accepted, "accepted", name),
                rejected=self._write_part(rejected, "rejected", name),
                duplicates=self._count(seen.filter(~seen.is_conflict)),
            ),
        )

    def _finish(self, name: str, counts: RowCounts) -> RowCounts:
        self._require_balance(counts, None)
        written = self._counts_path(name).with_suffix(".tmp")
        written.write_text(json.dumps(asdict(counts)))
        written.replace(self._counts_path(name))
        return counts

    def _require_balance(self, counts: RowCounts, read: int | None) -> None:
        told = counts.accepted + counts.rejected + counts.duplicates
        if counts.rows_in != told or read not in {None, counts.rows_in}:
            raise SourceError(
                f"{self.file.source}: its rows do not balance ({counts}, read: {read}), so nothing "
                "was ingested. This is a fault of the program; please report it with the file's "
                "layout."
            )

    def _finished(self, name: str) -> RowCounts | None:
        """A chunk's counts, where all of it is there: a landing that was killed has moved parts."""
        path = self._counts_path(name)
        files = (path, self._part_path("accepted", name), self._part_path("rejected", name))
        if not all(file.exists() for file in files):
            return None
        return RowCounts(**json.loads(path.read_text()))

    def _counts_path(self, name: str) -> Path:
        return self.folder / f"counts-{name}.json"

    def _part_path(self, kind: PartKind, name: str) -> Path:
        return self.folder / f"{self.file.file_id}-{kind}-{name}.parquet"

    def _landed(self, known: Sequence[Path]) -> ir.Table | None:
        paths = [str(path) for path in known]
        return self.connection.read_parquet(paths, hive_partitioning=False) if paths else None

    def _table(self, name: str, rows: ir.Table) -> ir.Table:
        return self.connection.create_table(name, rows, temp=True, overwrite=True)

    def _write_part(self, rows: ir.Table, kind: PartKind, name: str) -> int:
        path = self._part_path(kind, name)
        written = path.with_suffix(".tmp")
        self.connection.to_parquet(rows, written, compression="snappy")
        written.replace(path)
        return self._count(self.connection.read_parquet(path, hive_partitioning=False))

    def _count(self, table: ir.Table) -> int:
        return int(table.count().to_pyarrow().as_py())


def staging_folder(root: Path, *origins: str) -> Path:
    """The folder below `root` for parts that follow from these origins and nothing else."""
    return root / hashlib.sha256("\n".join(origins).encode()).hexdigest()[:16]
