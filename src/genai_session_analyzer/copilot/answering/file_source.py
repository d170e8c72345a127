"""Any DuckDB file with our tables, asked as if it were a published build."""

from datetime import UTC, datetime
from pathlib import Path

import duckdb
from ibis.backends.duckdb import Backend

from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.warehouse.builds import Build, new_build_id
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings

NO_SHA256 = "0" * 64
"""Nobody has published the file, so nothing says what its bytes should be."""


class FileSource:
    """One file, opened read-only."""

    def __init__(self, path: Path, settings: ReaderSettings | None = None) -> None:
        """Open the file.

        Raises:
            NoBuildError: It does not exist, is no DuckDB database, or another process writes it.
        """
        if not path.is_file():
            raise NoBuildError(f"There is no file {path}. Give a DuckDB file with our tables.")
        changed = datetime.fromtimestamp(path.stat().st_mtime, tz=UTC)
        build = Build(id=new_build_id(changed), path=path.resolve(), sha256=NO_SHA256, rows={})
        try:
            self._opened = OpenBuild(build, settings or ReaderSettings())
        except duckdb.Error as problem:
            line = str(problem).splitlines()[0]
            raise NoBuildError(f"{path} cannot be opened: {line} Give a DuckDB file.") from problem

    @property
    def build(self) -> Build:
        """The file as a build, named by the moment it was last changed."""
        return self._opened.build

    def ibis(self) -> Backend:
        """Return this thread's Ibis backend on the file."""
        return self._opened.backend()

    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return this thread's cursor on the file."""
        return self._opened.cursor()
