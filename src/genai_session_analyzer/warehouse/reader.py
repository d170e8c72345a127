"""Reading the current build: read-only, one cursor per thread, always the newest whole build."""

import threading
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import pyarrow as pa
from ibis.backends.duckdb import Backend

from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.warehouse.builds import Build, read_pointer
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings
from genai_session_analyzer.warehouse.served_build import ServedBuild, open_served_build


class BuildReader:
    """The current build, for any number of threads.

    Every access reads CURRENT (some 20 microseconds), so a new build is noticed at once. One
    thread then checks the new file's SHA-256 and opens it, while the others go on with the old
    one. Where the current file is damaged, the newest earlier whole build is read, and `notice`
    says so.
    """

    def __init__(
        self,
        root: Path,
        settings: ReaderSettings | None = None,
        checked_sha256: str | None = None,
        when_opened: Callable[[OpenBuild], None] | None = None,
    ) -> None:
        """Open nothing yet.

        Args:
            root: the published root, for example `data/published`.
            settings: limits of this process.
            checked_sha256: of a build that this process has just written and checked; that one is
                not read to its end again.
            when_opened: called with each build that is opened, in a thread of its own.
        """
        self._root = root
        self._settings = settings or ReaderSettings()
        self._checked_sha256 = checked_sha256
        self._when_opened = when_opened
        self._opening = threading.Lock()
        self._served: ServedBuild | None = None

    @property
    def build(self) -> Build:
        """The build that is read now.

        Raises:
            NoBuildError: nothing has been published, or no whole build is left.
        """
        return self._serve().opened.build

    @property
    def settings(self) -> ReaderSettings:
        """The limits of this process; whoever opens a build beside the reader keeps to them."""
        return self._settings

    @property
    def notice(self) -> str | None:
        """One sentence for the user where an earlier build is read than CURRENT names, else None.

        Raises:
            NoBuildError: nothing has been published, or no whole build is left.
        """
        return self._serve().notice

    def connection(self) -> duckdb.DuckDBPyConnection:
        """Return this thread's cursor on the current build; never hand it to another thread.

        Keep it for as long as several queries must agree: it stays on its build when a new one is
        published, the next call returns a cursor on the new one.

        Raises:
            NoBuildError: nothing has been published, or no whole build is left.
        """
        return self._serve().opened.cursor()

    def ibis(self) -> Backend:
        """Return this thread's Ibis backend on the current build.

        Expressions run on the thread that made the backend: build and execute them in one thread.

        Raises:
            NoBuildError: nothing has been published, or no whole build is left.
        """
        return self._serve().opened.backend()

    def kept(self) -> duckdb.DuckDBPyConnection | None:
        """Return this thread's cursor on what `OpenBuild.keep` made; None before it is there.

        Raises:
            NoBuildError: nothing has been published, or no whole build is left.
        """
        return self._serve().opened.kept_cursor()

    def query(
        self, sql: str, parameters: Sequence[Any] | Mapping[str, Any] | None = None
    ) -> pa.Table:
        """Return the result of one statement of our own; a user's SQL belongs in a worker process.

        Args:
            sql: a SELECT; `?` or `$name` for parameters.
            parameters: a sequence for `?`, a mapping for `$name`.

        Raises:
            NoBuildError: nothing has been published, or no whole build is left.
            AnalyzerError: it needs more than the memory limit, or reaches for a file.
            duckdb.Error: the statement is wrong, or writes.
        """
        try:
            return self.connection().execute(sql, parameters).to_arrow_table()
        except (duckdb.OutOfMemoryException, duckdb.PermissionException) as problem:
            message = (
                f"The query needs more than {self._settings.memory_limit} of memory, or reaches "
                "for a file, which a reader may not. Add a filter or LIMIT."
            )
            raise AnalyzerError(message) from problem

    def close(self) -> None:
        """Let go of the build; the next access opens the current one again."""
        with self._opening:
            self._served = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def _serve(self) -> ServedBuild:
        served = self._served
        if served is None:
            with self._opening:
                return self._refresh()
        if served.pointer == read_pointer(self._root):
            return served
        if not self._opening.acquire(blocking=False):
            return served  # another thread is opening the new build
        try:
            return self._refresh()
        finally:
            self._opening.release()

    def _refresh(self) -> ServedBuild:
        if self._served is None or self._served.pointer != read_pointer(self._root):
            self._served = open_served_build(self._root, self._settings, self._checked_sha256)
            self._tell(self._served.opened)
        return self._served

    def _tell(self, opened: OpenBuild) -> None:
        if self._when_opened is not None:
            threading.Thread(target=self._when_opened, args=(opened,), daemon=True).start()
