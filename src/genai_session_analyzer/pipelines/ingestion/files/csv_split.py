"""Where the records of a CSV file end, and which of them are not well formed.

A record ends at a line end outside quotes; a byte is inside quotes when an odd number of quotes
lies before it. That holds as long as every quote stands where the grammar has it, so the first one
that does not ends its record at that record's first line end, and counting starts anew behind it:
one broken record does not take its successors along.

Source: RFC 4180, section 2; with `escape` other than `quote`, the usual backslash dialect.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from genai_session_analyzer.pipelines.ingestion.files.limits import CsvDialect
from genai_session_analyzer.pipelines.ingestion.files.records import CR, LF, Split
from genai_session_analyzer.pipelines.ingestion.files.text_checks import (
    Bytes,
    Offsets,
    Problem,
    escaped,
    mark,
    record_of,
)


@dataclass(frozen=True)
class _Marks:
    """Positions of the bytes that have a meaning in some CSV text."""

    quotes: Offsets
    line_ends: Offsets
    delimiters: Offsets
    stray_returns: Offsets


def split_csv(data: Bytes, is_last: bool, dialect: CsvDialect, max_line_bytes: int) -> Split:
    """Return the whole records at the beginning of the bytes, their fields counted.

    Args:
        data: Bytes that begin where a record begins.
        is_last: Whether nothing follows; the bytes then end in a line end.
        dialect: The declared delimiter, quote and escape.
        max_line_bytes: The cap on a record, its line end included.
    """
    plain = _without_escaped(data, dialect)
    marks = _find_marks(plain, dialect)
    ends = marks.line_ends + 1
    misplaced = _first_misplaced_quote(plain, marks.quotes, dialect)
    broken = _first_broken(ends, misplaced, max_line_bytes)
    rest = len(data) - (int(ends[-1]) if len(ends) else 0)
    is_rest_broken = rest > max_line_bytes or (is_last and rest > 0)
    if broken == len(ends) and misplaced == len(data) and not is_rest_broken:
        return _split(ends, marks)
    start = int(ends[broken - 1]) if broken else 0
    line_ends = np.flatnonzero(data[start:] == LF)
    if not len(line_ends):
        return _split(ends[:broken], marks)
    end = start + int(line_ends[0]) + 1
    found = _split(np.append(ends[:broken], end), marks)
    found.problems[broken] = _why_broken(end - start, misplaced < end, max_line_bytes)
    found.field_counts[broken] = 0
    return Split(found.ends, found.problems, found.field_counts, is_resynced=True)


def _without_escaped(data: Bytes, dialect: CsvDialect) -> Bytes:
    """Return the bytes with every escape and what it escapes overwritten by a letter."""
    if dialect.escape == dialect.quote:
        return data
    positions = escaped(data, ord(dialect.escape))
    plain = data.copy()
    plain[positions - 1] = ord("x")
    plain[positions[positions < len(data)]] = ord("x")
    return plain


def _find_marks(data: Bytes, dialect: CsvDialect) -> _Marks:
    """Return where the quotes are, and the other marks as far as they lie outside quotes."""
    quotes = np.flatnonzero(data == ord(dialect.quote))
    returns = np.flatnonzero(data == CR)
    returns = returns[returns + 1 < len(data)]
    returns = returns[data[returns + 1] != LF]
    return _Marks(
        quotes,
        _outside(quotes, np.flatnonzero(data == LF)),
        _outside(quotes, np.flatnonzero(data == ord(dialect.delimiter))),
        _outside(quotes, returns),
    )


def _outside(quotes: Offsets, positions: Offsets) -> Offsets:
    """Return those positions that have an even number of quotes before them."""
    if not len(quotes):
        return positions
    outside: Offsets = positions[np.searchsorted(quotes, positions) % 2 == 0]
    return outside


def _first_misplaced_quote(data: Bytes, quotes: Offsets, dialect: CsvDialect) -> int:
    """Return the position of the first quote the grammar does not allow there, or `len(data)`.

    An opening quote begins a field; a closing one ends it. Of a doubled quote, the first closes and
    the second opens, so there each may stand beside the other.
    """
    around = [ord(dialect.delimiter), LF]
    if dialect.escape == dialect.quote:
        around.append(ord(dialect.quote))
    opening, closing = quotes[0::2], quotes[1::2]
    opening = opening[opening > 0]
    closing = closing[closing + 1 < len(data)]
    bad_opening = opening[~_is_one_of(data[opening - 1], around)]
    bad_closing = closing[~_is_one_of(data[closing + 1], [*around, CR])]
    return int(min(np.min(bad_opening, initial=len(data)), np.min(bad_closing, initial=len(data))))


def _is_one_of(values: Bytes, allowed: list[int]) -> npt.NDArray[np.bool_]:
    """Return for each byte whether it is one of the allowed, by a table of 256."""
    table = np.zeros(256, np.bool_)
    table[allowed] = True
    return table[values]


def _first_broken(ends: Offsets, misplaced: int, max_line_bytes: int) -> int:
    """Return the index of the first record over the cap or with a misplaced quote."""
    too_long = np.flatnonzero(np.diff(ends, prepend=0) > max_line_bytes)
    with_quote = int(record_of(ends, np.array([misplaced]))[0])
    return min(with_quote, int(too_long[0]) if len(too_long) else len(ends))


def _why_broken(length: int, has_misplaced_quote: bool, max_line_bytes: int) -> Problem:
    """Return the problem of a record cut at its first line end, `length` bytes long."""
    if length > max_line_bytes:
        return Problem.LINE_TOO_LONG
    return Problem.STRAY_QUOTE if has_misplaced_quote else Problem.UNTERMINATED_QUOTE


def _split(ends: Offsets, marks: _Marks) -> Split:
    """Return the split at these ends, fields counted and stray carriage returns marked."""
    problems = np.zeros(len(ends), np.int64)
    before_end = np.searchsorted(marks.delimiters, ends)
    field_counts = np.diff(before_end, prepend=0) + 1
    stray = record_of(ends, marks.stray_returns)
    mark(problems, stray[stray < len(ends)], Problem.STRAY_CARRIAGE_RETURN)
    return Split(ends, problems, field_counts)
