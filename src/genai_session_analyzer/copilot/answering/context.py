"""What is known of the build that is asked: read once, again when there is a new one."""

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import duckdb
from ibis.backends.duckdb import Backend

from genai_session_analyzer.copilot.answering.answer import DataOrigin
from genai_session_analyzer.copilot.answering.reading import (
    BuildWords,
    ReaderFor,
    ReadsQuestions,
)
from genai_session_analyzer.copilot.catalogue import Catalogue, catalogue
from genai_session_analyzer.copilot.facts import DataFacts, read_facts
from genai_session_analyzer.copilot.guard import Allowed, allowed_in
from genai_session_analyzer.copilot.memory import (
    SimilarQueries,
    load_verified,
    packaged_verified,
)
from genai_session_analyzer.warehouse.builds import Build


class Source(Protocol):
    """Where builds are read; `BuildReader` is one. May be used by several threads."""

    @property
    def build(self) -> Build:
        """The build that is read now; raises NoBuildError where there is none."""

    def ibis(self) -> Backend:
        """This thread's Ibis backend on it."""

    def connection(self) -> duckdb.DuckDBPyConnection:
        """This thread's cursor on it."""


@dataclass(frozen=True, kw_only=True)
class BuildContext:
    """One build, as questions need it.

    Attributes:
        build: The build.
        facts: What it holds.
        catalogue: The words of plans.
        allowed: What SQL may read.
        confirmed: Questions that people confirmed.
        reader: Reads questions about it.
    """

    build: Build
    facts: DataFacts
    catalogue: Catalogue
    allowed: Allowed
    confirmed: SimilarQueries
    reader: ReadsQuestions

    @property
    def origin(self) -> DataOrigin:
        """The data behind an answer."""
        return DataOrigin(
            build=self.build.id,
            first_at=self.facts.first_at,
            newest_at=self.facts.newest_at,
            row_count=self.facts.row_counts.get("fct_generations", 0),
            simulated_share=self.facts.simulated_share,
        )


class BuildContexts:
    """The context of the current build, for any number of threads."""

    def __init__(self, source: Source, reader_for: ReaderFor, confirmed: Path | None) -> None:
        """Read nothing yet.

        Args:
            source: Where builds are read.
            reader_for: Makes the reader of questions of a build.
            confirmed: File of what people confirmed here; None without one.
        """
        self._source = source
        self._reader_for = reader_for
        self._confirmed = confirmed
        self._reading = threading.Lock()
        self._current: BuildContext | None = None

    def current(self) -> BuildContext:
        """Return the context of the build that is served now; a new build is read first.

        Raises:
            NoBuildError: Nothing has been published, or the build holds no generations.
        """
        build = self._source.build
        known = self._current
        if known is not None and known.build == build:
            return known
        with self._reading:
            if self._current is None or self._current.build != build:
                self._current = self._read(build)
            return self._current

    def forget(self) -> None:
        """Read the build again at the next question, with what people have confirmed since."""
        with self._reading:
            self._current = None

    def _read(self, build: Build) -> BuildContext:
        facts = read_facts(self._source.ibis())
        known = () if self._confirmed is None else load_verified(self._confirmed)
        confirmed = SimilarQueries((*packaged_verified(), *known))
        words = BuildWords(catalogue=catalogue(facts), facts=facts, confirmed=confirmed)
        return BuildContext(
            build=build,
            facts=facts,
            catalogue=words.catalogue,
            allowed=allowed_in(self._source.connection()),
            confirmed=confirmed,
            reader=self._reader_for(words),
        )
