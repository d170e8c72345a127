"""What is asked of each record's bytes before a parser sees them, on whole chunks at once."""

from enum import IntFlag

import numpy as np
import numpy.typing as npt
import pyarrow as pa

Bytes = npt.NDArray[np.uint8]
Offsets = npt.NDArray[np.int64]
Flags = npt.NDArray[np.int64]


class Problem(IntFlag):
    """Why a record could not be read as a record; its name in lower case is the reason given."""

    INVALID_UTF8 = 1
    NUL_BYTE = 2
    LINE_TOO_LONG = 4
    WRONG_FIELD_COUNT = 8
    STRAY_QUOTE = 16
    UNTERMINATED_QUOTE = 32
    STRAY_CARRIAGE_RETURN = 64
    TOO_DEEP = 128
    NOT_JSON = 256
    NOT_AN_OBJECT = 512
    UNUSABLE_KEY = 1024
    DUPLICATE_KEY = 2048


def record_of(ends: Offsets, positions: Offsets) -> Offsets:
    """Return for each byte position the index of the record it lies in.

    Args:
        ends: Exclusive end of every record, ascending; the first record starts at 0.
        positions: Byte positions; one past the last record gives `len(ends)`.
    """
    return np.searchsorted(ends, positions, side="right")


def mark(problems: Flags, records: Offsets, problem: Problem) -> None:
    """Add a problem to the flags of the records with these indexes, in place."""
    problems[records] |= int(problem)


def check_text(data: Bytes, ends: Offsets, problems: Flags) -> None:
    """Mark, in place, the records that hold NUL bytes or are not UTF-8."""
    mark(problems, record_of(ends, np.flatnonzero(data == 0)), Problem.NUL_BYTE)
    if not _is_utf8(data):
        mark(problems, record_of(ends, np.flatnonzero(_not_utf8(data))), Problem.INVALID_UTF8)


def check_json_depth(data: Bytes, ends: Offsets, problems: Flags, max_depth: int) -> None:
    """Mark, in place, the records whose brackets nest deeper than `max_depth`.

    Brackets inside strings do not count. A record with no more opening brackets than the cap cannot
    exceed it, so most chunks need no second look.
    """
    opening = np.flatnonzero(_is_opening(data))
    counts = np.bincount(record_of(ends, opening), minlength=len(ends))
    counts[(problems & Problem.LINE_TOO_LONG) > 0] = 0  # of those, not all bytes are here
    suspects = np.flatnonzero(counts > max_depth)
    if len(suspects):
        suspect_data, suspect_ends = keep_records(data, ends, counts > max_depth)
        too_deep = _too_deep(suspect_data, suspect_ends, max_depth)
        mark(problems, suspects[too_deep], Problem.TOO_DEEP)


def keep_records(data: Bytes, ends: Offsets, kept: npt.NDArray[np.bool_]) -> tuple[Bytes, Offsets]:
    """Return the bytes and ends of those records that are kept."""
    lengths = np.diff(ends, prepend=0)
    return data[np.repeat(kept, lengths)], np.cumsum(lengths[kept])


def _is_utf8(data: Bytes) -> bool:
    """Return whether all of the bytes are UTF-8, by Arrow's validator."""
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64))
    text = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)])
    try:
        text.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _not_utf8(data: Bytes) -> npt.NDArray[np.bool_]:
    """Return for each byte whether it breaks UTF-8.

    Source: the table of well-formed byte sequences, Unicode Standard, section 3.9 (table 3-7).
    """
    before = np.concatenate([np.zeros(3, np.uint8), data])
    one_back, two_back, three_back = before[2:-1], before[1:-2], before[:-3]
    is_second = one_back >= 0xC2
    is_third = (two_back >= 0xE0) & _continues(one_back)
    is_fourth = (three_back >= 0xF0) & _continues(two_back) & _continues(one_back)
    is_broken: npt.NDArray[np.bool_] = (is_second | is_third | is_fourth) != _continues(data)
    is_broken |= (data == 0xC0) | (data == 0xC1) | (data >= 0xF5)
    is_broken |= (one_back == 0xE0) & (data < 0xA0)  # overlong
    is_broken |= (one_back == 0xED) & (data > 0x9F)  # surrogates
    is_broken |= (one_back == 0xF0) & (data < 0x90)  # overlong
    is_broken |= (one_back == 0xF4) & (data > 0x8F)  # beyond U+10FFFF
    return is_broken


def _continues(data: Bytes) -> npt.NDArray[np.bool_]:
    """Return for each byte whether it can only stand inside a character."""
    continues: npt.NDArray[np.bool_] = (data & 0xC0) == 0x80
    return continues


def escaped(data: Bytes, escape: int) -> Offsets:
    """Return the positions of bytes that follow an escape which is not itself escaped."""
    escapes = np.flatnonzero(data == escape)
    if not escapes.size:
        return escapes
    is_first = np.concatenate([[True], np.diff(escapes) > 1])
    run_start = np.maximum.accumulate(np.where(is_first, escapes, 0))
    positions: Offsets = escapes[(escapes - run_start) % 2 == 0] + 1
    return positions


def _is_opening(data: Bytes) -> npt.NDArray[np.bool_]:
    """Return for each byte whether it opens an array or object."""
    is_opening: npt.NDArray[np.bool_] = (data == ord("{")) | (data == ord("["))
    return is_opening


def _too_deep(data: Bytes, ends: Offsets, max_depth: int) -> Offsets:
    """Return the indexes of the records that nest deeper, strings taken into account."""
    starts = np.concatenate([[0], ends[:-1]])
    quotes = np.setdiff1d(np.flatnonzero(data == ord('"')), escaped(data, ord("\\")))
    brackets = np.flatnonzero(_is_opening(data) | (data == ord("}")) | (data == ord("]")))
    records = record_of(ends, brackets)
    quotes_before = np.searchsorted(quotes, brackets) - np.searchsorted(quotes, starts)[records]
    is_outside = quotes_before % 2 == 0
    brackets, records = brackets[is_outside], records[is_outside]
    steps = np.where(_is_opening(data[brackets]), 1, -1)
    depth_before = np.concatenate([[0], np.cumsum(steps)])  # index i: before bracket i
    first_bracket = np.searchsorted(brackets, starts)
    depth = depth_before[1:] - depth_before[first_bracket][records]
    return np.unique(records[depth > max_depth])
