"""The gate: what is asked of a file before any parser sees it.

A regular file, not too large, not empty, beginning (and ending) the way its name says, and, when
compressed, sound to its last checksum. The whole file is read once; its SHA-256 comes from that
pass.
"""

import hashlib
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from genai_session_analyzer.pipelines.ingestion.files.bytes import WatchedFile, read_chunks
from genai_session_analyzer.pipelines.ingestion.files.formats import (
    BYTE_ORDER_MARK,
    GZIP_MAGIC,
    PARQUET_MAGIC,
    FileFormat,
    FileKind,
    file_format,
    foreign_format,
    one_line_error,
)
from genai_session_analyzer.pipelines.ingestion.files.limits import GateLimits

HEAD_BYTES = 4096
EXPORT_AGAIN = "Export or copy it again."


@dataclass(frozen=True)
class CheckedFile:
    """A file that passed the gate, and what identifies the bytes that passed."""

    path: Path
    real_path: Path
    format: FileFormat
    sha256: str
    byte_count: int
    identity: tuple[int, int, int, int]


def check_file(
    path: Path, limits: GateLimits, on_bytes: Callable[[int], None] | None = None
) -> CheckedFile:
    """Return the file's description once it has passed every check of the gate.

    Args:
        path: The file; symbolic links are followed.
        limits: The caps on its size, packed and unpacked.
        on_bytes: Told how many bytes of the file have been read so far.

    Raises:
        SourceError: Not a regular file, unreadable, empty, over a cap, not what its suffix says, or
            corrupted gzip.
    """
    declared = file_format(path)
    try:
        real_path = path.resolve(strict=True)
        found = real_path.stat()
        _check_size(path, found, limits)
        with real_path.open("rb") as file:
            _check_first_and_last_bytes(path, declared, file)
            file.seek(0)
            digest = hashlib.sha256()
            watched = WatchedFile(file, digest.update, on_bytes)
            _read_to_the_end(path, declared, watched, limits)
    except (OSError, RuntimeError) as error:  # RuntimeError: a loop of links before Python 3.13
        raise one_line_error(path, f"cannot be read ({error})", "Check path and rights.") from error
    return CheckedFile(
        path, real_path, declared, digest.hexdigest(), found.st_size, _identity(found)
    )


def require_unchanged(file: CheckedFile) -> None:
    """Check that the file is still the one that passed the gate.

    Raises:
        SourceError: It was written to, replaced or removed since.
    """
    try:
        is_same = _identity(file.real_path.stat()) == file.identity
    except FileNotFoundError:
        is_same = False
    if not is_same:
        raise one_line_error(
            file.path, "changed while it was being read", "Copy it, then read the copy."
        )


def _identity(found: os.stat_result) -> tuple[int, int, int, int]:
    """Return what changes when a file is replaced or written to."""
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _check_size(path: Path, found: os.stat_result, limits: GateLimits) -> None:
    """Refuse what is no regular file (opening a FIFO would block), empty or too large."""
    if not stat.S_ISREG(found.st_mode):
        raise one_line_error(path, "not a regular file", "Name a file on disk.")
    if found.st_size == 0:
        raise one_line_error(path, "the file is empty", EXPORT_AGAIN)
    if found.st_size > limits.max_file_bytes:
        raise one_line_error(
            path,
            f"{found.st_size:,} bytes are more than max_file_bytes = {limits.max_file_bytes:,}",
            "Split the file or raise the limit.",
        )


def _check_first_and_last_bytes(path: Path, declared: FileFormat, file: BinaryIO) -> None:
    """Compare the file's own marks with what its suffix says."""
    head = file.read(HEAD_BYTES)
    if declared.kind is FileKind.PARQUET:
        file.seek(-min(4, file.seek(0, os.SEEK_END)), os.SEEK_END)
        if not head.startswith(PARQUET_MAGIC):
            told = foreign_format(head) or "not a Parquet file"
            raise one_line_error(path, f"named .parquet but it is {told}", EXPORT_AGAIN)
        if file.read() != PARQUET_MAGIC:
            raise one_line_error(path, "the Parquet file is truncated", EXPORT_AGAIN)
    elif declared.is_gzip and not head.startswith(GZIP_MAGIC):
        raise one_line_error(path, "named .gz but not gzip-compressed", "Drop .gz from its name.")


def _read_to_the_end(
    path: Path, declared: FileFormat, file: WatchedFile, limits: GateLimits
) -> None:
    """Read every byte once: gzip to its CRC, text with a look at its first bytes."""
    chunks = read_chunks(path, file, declared.is_gzip, limits)
    if declared.kind is not FileKind.PARQUET:
        _check_text_head(path, declared.kind, next(chunks, b"")[:HEAD_BYTES])
    for _ in chunks:
        pass


def _check_text_head(path: Path, kind: FileKind, head: bytes) -> None:
    """Refuse text files that hold nothing, or something else."""
    text = head.removeprefix(BYTE_ORDER_MARK).lstrip()
    if not text and len(head) < HEAD_BYTES:
        raise one_line_error(path, "the file is empty", EXPORT_AGAIN)
    told = foreign_format(head)
    if told:
        raise one_line_error(path, f"named .{kind} but it is {told}", "Convert it, or rename it.")
    if kind is FileKind.JSON_LINES and text.startswith(b"["):
        raise one_line_error(path, "holds a JSON array", "Write one JSON object per line.")
