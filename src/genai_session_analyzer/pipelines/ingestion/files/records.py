"""From a stream of bytes to blocks of whole records, in bounded memory.

How records end is the splitter's business (a line; or, in CSV, a line end outside quotes). Which
records come out, and with which problems, does not depend on where the chunks of the stream begin.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genai_session_analyzer.pipelines.ingestion.files.text_checks import (
    Bytes,
    Flags,
    Offsets,
    Problem,
    check_text,
    keep_records,
    mark,
)

LF, CR = 10, 13
RESYNC_BYTES = 4_096  # after a broken record, look this far ahead first: a bad file stays linear


@dataclass(frozen=True)
class Split:
    """The whole records at the beginning of some bytes.

    `field_counts` is 0 where fields are not counted. `is_resynced` says that the last record was
    cut at its first line end because its quotes do not add up.
    """

    ends: Offsets
    problems: Flags
    field_counts: Offsets
    is_resynced: bool = False


@dataclass(frozen=True)
class RecordBlock:
    """Whole records: their bytes, and of each its end in them, number in the file and problems."""

    data: Bytes
    ends: Offsets
    numbers: Offsets
    problems: Flags
    field_counts: Offsets

    @property
    def starts(self) -> Offsets:
        """Return the position of each record's first byte."""
        return np.concatenate([[0], self.ends[:-1]])


Splitter = Callable[[Bytes, bool], Split]


def split_lines(data: Bytes, max_line_bytes: int) -> Split:
    """Return the whole lines at the beginning of the bytes, those over the cap marked."""
    ends = np.flatnonzero(data == LF) + 1
    problems = np.zeros(len(ends), np.int64)
    lengths = np.diff(ends, prepend=0)
    mark(problems, np.flatnonzero(lengths > max_line_bytes), Problem.LINE_TOO_LONG)
    return Split(ends, problems, np.zeros(len(ends), np.int64))


def record_blocks(
    chunks: Iterator[bytes], split: Splitter, max_line_bytes: int
) -> Iterator[RecordBlock]:
    """Yield the records of the stream in order, numbered from 1; blank lines are no records.

    Args:
        chunks: The bytes, without byte order mark.
        split: Finds the whole records at the beginning of some bytes; its second argument says
            whether these bytes are the last.
        max_line_bytes: A line longer than this is kept only in part, and marked by the splitter.
    """
    pending = b""
    number = 0
    for chunk, is_last in _terminated(chunks):
        pending += chunk
        data = np.frombuffer(pending, np.uint8)
        found = _joined(list(_splits(data, split, is_last)))
        consumed = int(found.ends[-1]) if len(found.ends) else 0
        if consumed:
            block = _numbered(data[:consumed], found, number)
            number += len(block.ends)
            if len(block.ends):
                yield block
        pending = pending[consumed:]
        if len(pending) > max_line_bytes and b"\n" not in pending:
            pending = pending[: max_line_bytes + 1]


def _terminated(chunks: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield each chunk, then the line end the last line may lack (where not, a blank line)."""
    for chunk in chunks:
        yield chunk, False
    yield b"\n", True


def _splits(data: Bytes, split: Splitter, is_last: bool) -> Iterator[Split]:
    """Yield one split after the other until what is left holds no whole record."""
    window = len(data)
    while len(data):
        is_rest = window >= len(data)
        found = split(data[:window], is_last and is_rest)
        if len(found.ends):
            yield found
            data = data[found.ends[-1] :]
        elif is_rest:
            return
        window = RESYNC_BYTES if found.is_resynced else window * 4


def _joined(splits: list[Split]) -> Split:
    """Return one split that stands for several, each of which begins where the last one ended."""
    if not splits:
        nothing = np.empty(0, np.int64)
        return Split(nothing, nothing, nothing)
    lengths = np.array([split.ends[-1] for split in splits])
    before = np.cumsum(lengths) - lengths
    return Split(
        np.concatenate([split.ends + at for split, at in zip(splits, before, strict=True)]),
        np.concatenate([split.problems for split in splits]),
        np.concatenate([split.field_counts for split in splits]),
    )


def _numbered(data: Bytes, found: Split, previous: int) -> RecordBlock:
    """Return the block of the records that are not blank, with their text checked."""
    problems = found.problems
    check_text(data, found.ends, problems)
    is_too_long = (problems & Problem.LINE_TOO_LONG) > 0
    problems[is_too_long] = Problem.LINE_TOO_LONG  # the rest of it was not looked at
    kept = ~_is_blank(data, found.ends)
    numbers = previous + 1 + np.arange(int(kept.sum()))
    if kept.all():
        return RecordBlock(data, found.ends, numbers, problems, found.field_counts)
    data, ends = keep_records(data, found.ends, kept)
    return RecordBlock(data, ends, numbers, problems[kept], found.field_counts[kept])


def _is_blank(data: Bytes, ends: Offsets) -> npt.NDArray[np.bool_]:
    """Return for each record whether it is nothing but its line end."""
    lengths = np.diff(ends, prepend=0)
    first = data[ends - lengths]
    is_blank: npt.NDArray[np.bool_] = (lengths == 1) | ((lengths == 2) & (first == CR))
    return is_blank
