"""What an evaluation asks: a published build, or any DuckDB file with our tables."""

from pathlib import Path

from genai_session_analyzer.copilot.answering.context import Source
from genai_session_analyzer.copilot.answering.file_source import FileSource
from genai_session_analyzer.warehouse.builds import current_build
from genai_session_analyzer.warehouse.reader import BuildReader


def source_of(database: Path | None, root: Path) -> Source:
    """Return the file, or where none is given the build served under `root`.

    Args:
        database: A DuckDB file with our tables.
        root: The published root.

    Raises:
        NoBuildError: The file does not exist or is no database, or nothing is published.
    """
    if database is not None:
        return FileSource(database)
    current_build(root)
    return BuildReader(root)
