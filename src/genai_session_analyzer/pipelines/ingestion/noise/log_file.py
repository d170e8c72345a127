"""Writes a planted log as a file, and its truth beside it; the same log has the same folder."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from genai_session_analyzer.pipelines.ingestion.noise.planting import PlantedLog
from genai_session_analyzer.pipelines.ingestion.noise.records import BROKEN_BYTE_MARK

LOG_NAME = "noisy_log"
BROKEN_BYTE = b"\xe9"
"""A Latin-1 letter; before anything but a continuation it is no UTF-8."""
PIECE_BYTES = 16_777_216
_OPTIONS = {"csv": "FORMAT csv, HEADER true", "jsonl": "FORMAT json"}


@dataclass(frozen=True)
class NoisyFiles:
    """Where a planted log is.

    Attributes:
        log: The file, named by its content.
        truth: Parquet, one row per record: `source` (the file's name), then the truth's columns.
    """

    log: Path
    truth: Path


def write_noisy_log(planted: PlantedLog, folder: Path, log_format: str) -> NoisyFiles:
    """Writes both files into a folder below `folder` that is named by the log's content.

    Another log never lies in the place of this one, so what was ingested from it stays apart.

    Args:
        planted: Records and truth.
        folder: Of all noisy logs; made where it is missing.
        log_format: `csv` or `jsonl`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    text, partial = folder / "text.partial", folder / "log.partial"
    try:
        _write_text(planted.records, text, log_format)
        name = _break_marked_bytes(text, partial)[:12]
        log = folder / name / f"{LOG_NAME}-{name}.{log_format}"
        log.parent.mkdir(exist_ok=True)
        truth = _write_truth(planted.truth, log)
        partial.replace(log)
    finally:
        text.unlink(missing_ok=True)
        partial.unlink(missing_ok=True)
    return NoisyFiles(log, truth)


def _write_text(records: pa.Table, path: Path, log_format: str) -> None:
    with duckdb.connect(config={"autoinstall_known_extensions": "false"}) as connection:
        connection.register("records", records)
        quoted = str(path).replace("'", "''")
        connection.execute(f"COPY records TO '{quoted}' ({_OPTIONS[log_format]})")


def _break_marked_bytes(text: Path, target: Path) -> str:
    """Copies the text with a broken byte for every mark; returns the copy's SHA-256."""
    mark = BROKEN_BYTE_MARK.encode()
    digest = hashlib.sha256()
    with text.open("rb") as source, target.open("wb") as copy:
        for lines in iter(lambda: source.readlines(PIECE_BYTES), []):
            piece = b"".join(lines).replace(mark, BROKEN_BYTE)
            digest.update(piece)
            copy.write(piece)
    return digest.hexdigest()


def _write_truth(truth: pa.Table, log: Path) -> Path:
    path = log.parent / "noise_truth.parquet"
    partial = path.with_suffix(".partial")
    source = pa.repeat(log.name, truth.num_rows)
    pq.write_table(truth.add_column(0, "source", source), partial)
    partial.replace(path)
    return path
