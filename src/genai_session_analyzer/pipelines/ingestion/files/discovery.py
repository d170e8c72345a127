"""From what the user typed to the files it means."""

import glob
from pathlib import Path

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.files.formats import (
    SUFFIXES,
    is_supported,
    one_line_error,
)

READABLE = f"Files that can be read end in: {', '.join(SUFFIXES)}."


def find_source_files(path: str) -> tuple[Path, ...]:
    """Return the files a path names, sorted.

    Args:
        path: A file, a folder (its own supported files, not those of folders below, hidden ones
            skipped) or a glob (`**` reaches below). An existing file or folder is taken literally,
            whatever characters its name has.

    Raises:
        SourceError: Nothing matches, or nothing that matches has a supported suffix.
    """
    if "://" in path:
        raise SourceError(f"{path}: only local files can be read. Download it first.")
    named = Path(path).expanduser()
    if named.is_dir():
        return _supported(named, [each for each in named.iterdir() if each.name[0] != "."])
    if glob.has_magic(path) and not named.exists():
        return _supported(named, [Path(each) for each in glob.glob(str(named), recursive=True)])  # noqa: PTH207
    if not named.exists():
        raise one_line_error(named, "no such file or folder", "Check the path and its spelling.")
    return _supported(named, [named])


def _supported(asked: Path, found: list[Path]) -> tuple[Path, ...]:
    """Return those of the found paths that are supported and no folders, sorted by name."""
    files = sorted(each for each in found if not each.is_dir())
    supported = tuple(each for each in files if is_supported(each))
    if supported:
        return supported
    if not files:
        raise one_line_error(asked, "no file matches", READABLE)
    seen = sorted({each.suffix or each.name for each in files})
    raise one_line_error(asked, f"no file of a supported kind, only {', '.join(seen)}", READABLE)
