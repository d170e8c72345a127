"""Names of columns that come from a file: which can be used, and how they are written in SQL."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from genai_session_analyzer.pipelines.ingestion.files.formats import one_line_error

ROW_COLUMN = "source_row"
MAX_NAME_LENGTH = 200


def quoted(name: str) -> str:
    """Return a name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return a text as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


def text_columns(names: Iterable[str]) -> str:
    """Return the columns of a table of raw records whose values are all text, as SQL."""
    return ", ".join([f"{ROW_COLUMN} BIGINT", *(f"{quoted(name)} VARCHAR" for name in names)])


def usable_names(new: Sequence[str], known: Sequence[str], max_columns: int) -> list[str]:
    """Return those of the new names that can become columns beside the known ones, in order.

    A name can when it is printable, neither empty nor over 200 characters, not the name of the row
    number, differs from the others by more than case (SQL knows no case), and there is room.
    """
    taken = {ROW_COLUMN, *(name.lower() for name in known)}
    usable: list[str] = []
    for name in new:
        fits = len(known) + len(usable) < max_columns and 0 < len(name) <= MAX_NAME_LENGTH
        if fits and name.isprintable() and name.lower() not in taken:
            taken.add(name.lower())
            usable.append(name)
    return usable


def require_usable(path: Path, names: Sequence[str], max_columns: int) -> None:
    """Check that all of a file's column names can be used.

    Raises:
        SourceError: Names the first that cannot be used.
    """
    if len(names) > max_columns:
        raise one_line_error(
            path, f"{len(names):,} columns are more than max_columns = {max_columns:,}", _RENAME
        )
    if len(usable_names(names, (), max_columns)) == len(names):
        return
    at = next(i for i in range(len(names)) if not usable_names([names[i]], names[:i], max_columns))
    raise one_line_error(
        path, f"column {at + 1} of {len(names)}, {names[at][:60]!r}, {_why(names, at)}", _RENAME
    )


_RENAME = "Give every column a name of its own, without control characters."


def _why(names: Sequence[str], at: int) -> str:
    """Return what is wrong with the name at this index."""
    lower = names[at].lower()
    if not lower:
        return "has no name"
    if lower == ROW_COLUMN:
        return "has a reserved name"
    if lower in {name.lower() for name in names[:at]}:
        return "is named twice (upper and lower case are the same)"
    return f"has control characters or more than {MAX_NAME_LENGTH} characters"
