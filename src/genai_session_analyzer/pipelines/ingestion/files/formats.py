"""The three kinds of file a log may come as, what their names say, and how their bytes begin."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from genai_session_analyzer.errors import SourceError

SUFFIXES = (".parquet", ".csv", ".csv.gz", ".jsonl", ".jsonl.gz")

PARQUET_MAGIC = b"PAR1"
GZIP_MAGIC = b"\x1f\x8b"

# Source: the specifications of the formats named; only what a log is plausibly mistaken for.
FOREIGN_MAGIC = {
    PARQUET_MAGIC: "a Parquet file",
    b"PARE": "an encrypted Parquet file",
    GZIP_MAGIC: "gzip-compressed",
    b"PK\x03\x04": "a ZIP archive or Excel workbook",
    b"BZh": "bzip2-compressed",
    b"\xfd7zXZ\x00": "xz-compressed",
    b"\x28\xb5\x2f\xfd": "zstd-compressed",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook",
    b"SQLite format 3\x00": "a SQLite database",
    b"Obj\x01": "an Avro file",
    b"ORC": "an ORC file",
    b"ARROW1": "an Arrow file",
    b"%PDF-": "a PDF",
    b"\xff\xfe": "UTF-16 text",
    b"\xfe\xff": "UTF-16 text",
    b"\x00\x00\xfe\xff": "UTF-32 text",
}
HTML_STARTS = (b"<!doctype", b"<html", b"<?xml")
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class FileKind(StrEnum):
    """What a file holds, whether compressed or not."""

    PARQUET = "parquet"
    CSV = "csv"
    JSON_LINES = "jsonl"


@dataclass(frozen=True)
class FileFormat:
    """What a file's name says about its bytes."""

    kind: FileKind
    is_gzip: bool


def one_line_error(path: Path, problem: object, remedy: str) -> SourceError:
    """Return the error for a bad file: file, problem and remedy on one line.

    Args:
        path: The file as the user named it.
        problem: What is wrong; a library's message is cut to one line of 300 characters.
        remedy: What the user can do, a full sentence.
    """
    told = " ".join(str(problem).split())[:300].rstrip(".")
    name = str(path).encode("unicode_escape").decode() if not str(path).isprintable() else path
    return SourceError(f"{name}: {told}. {remedy}")


def is_supported(path: Path) -> bool:
    """Return whether the file's name ends in one of the suffixes that can be read."""
    return path.name.lower().endswith(SUFFIXES)


def file_format(path: Path) -> FileFormat:
    """Return the format the file's name declares.

    Raises:
        SourceError: The suffix is not one of `SUFFIXES`.
    """
    if not is_supported(path):
        suffix = "".join(path.suffixes[-2:]) or "no suffix"
        raise one_line_error(
            path, f"{suffix} is not supported", f"Rename or convert it to: {', '.join(SUFFIXES)}."
        )
    name = path.name.lower()
    is_gzip = name.endswith(".gz")
    return FileFormat(FileKind(name.removesuffix(".gz").rsplit(".", 1)[1]), is_gzip)


def foreign_format(head: bytes) -> str | None:
    """Return what a text file's first bytes show it to be instead, or None for plausible text.

    Args:
        head: The first few kilobytes, after decompression.
    """
    for magic, meaning in FOREIGN_MAGIC.items():
        if head.startswith(magic):
            return meaning
    if head.removeprefix(BYTE_ORDER_MARK).lstrip().lower().startswith(HTML_STARTS):
        return "an HTML or XML page"
    if head.count(0) * 4 > len(head):  # UTF-16 of Latin letters is half NULs
        return "binary, or UTF-16 text without a byte order mark"
    return None
