"""The snapshot of the build now served, loaded in the background."""

import threading
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field

from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.retrieval.settings import SearchSettings
from genai_session_analyzer.retrieval.snapshot import Snapshot, load_snapshot
from genai_session_analyzer.warehouse.builds import Build
from genai_session_analyzer.warehouse.open_build import OpenBuild
from genai_session_analyzer.warehouse.reader import BuildReader


class LoadingState(BaseModel):
    """How far the index of the newest build has come.

    Attributes:
        build_id: The build.
        loaded: Vectors read.
        total: Vectors there are; 0 = not known yet.
        is_ready: A search is answered at once.
        problem: Why it cannot be loaded, in one line; None = nothing is wrong.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    build_id: str
    loaded: int
    total: int
    is_ready: bool
    problem: str | None


@dataclass
class _Load:
    """One build on its way into memory; `progress` is only ever replaced as a whole."""

    build: Build
    result: Future[Snapshot]
    progress: tuple[int, int] = field(default=(0, 0))


class SnapshotLoader:
    """Loads the build the reader serves, each once; safe for any number of threads."""

    def __init__(self, reader: BuildReader, settings: SearchSettings) -> None:
        """Load nothing yet."""
        self._reader, self._settings = reader, settings
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search-index")
        self._newest: _Load | None = None
        self._served: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """Return the snapshot of the current build.

        While a new build is being read, the one before it, after `wait_s`; the first is waited for.

        Raises:
            AnalyzerError: There is no build, or it has no vectors.
        """
        load = self._load()
        served = self._served
        wait([load.result], timeout=None if served is None else self._settings.wait_s)
        if not load.result.done() and served is not None:
            return served
        self._served = load.result.result()
        return self._served

    def state(self) -> LoadingState:
        """Return how far the current build has come; begins to load it where nobody has.

        Raises:
            NoBuildError: There is no build.
        """
        load = self._load()
        is_done = load.result.done()
        problem = load.result.exception() if is_done else None
        return LoadingState(
            build_id=load.build.id,
            loaded=load.progress[0],
            total=load.progress[1],
            is_ready=is_done and problem is None,
            problem=None if problem is None else str(problem),
        )

    def _load(self) -> _Load:
        build = self._reader.build
        with self._lock:
            if self._newest is None or self._newest.build.id != build.id:
                self._newest = _Load(build, Future())
                self._newest.result = self._pool.submit(self._read, self._newest)
            return self._newest

    def _read(self, load: _Load) -> Snapshot:
        def report(loaded: int, total: int) -> None:
            load.progress = (loaded, total)

        opened = OpenBuild(load.build, self._reader.settings)
        return load_snapshot(opened, self._settings.nsfw_from, report)
