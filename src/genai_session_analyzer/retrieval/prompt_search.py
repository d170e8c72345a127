"""The search over the build now served."""

import threading
import time

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.errors import AnalyzerError
from genai_session_analyzer.retrieval.found_rows import found_rows
from genai_session_analyzer.retrieval.loading import LoadingState, SnapshotLoader
from genai_session_analyzer.retrieval.query import SearchQuery
from genai_session_analyzer.retrieval.query_encoder import encoder_for, require_same
from genai_session_analyzer.retrieval.ranking import encode_text, rank
from genai_session_analyzer.retrieval.result import SearchResult
from genai_session_analyzer.retrieval.settings import SearchSettings
from genai_session_analyzer.retrieval.stored_vectors import EncoderName
from genai_session_analyzer.warehouse.reader import BuildReader


class PromptSearch:
    """Ranks the prompts of the current build; for any number of threads.

    The filters apply before the ranking: every row passes them, and no better one is missed for
    them. The index lives in memory, one per build; a new build is read in the background.
    """

    def __init__(
        self,
        reader: BuildReader,
        encoder: TextEncoder | None = None,
        settings: SearchSettings | None = None,
    ) -> None:
        """Load nothing yet.

        Args:
            reader: The published builds.
            encoder: Of the queries; None: the one that made the build's vectors.
            settings: Of the search.
        """
        self._settings = settings or SearchSettings()
        self._loader = SnapshotLoader(reader, self._settings)
        self._given = encoder
        self._encoders: dict[EncoderName, TextEncoder] = {}
        self._choosing = threading.Lock()

    @property
    def settings(self) -> SearchSettings:
        """How the search runs; the map leaves out what the search counts as unsafe."""
        return self._settings

    def start(self) -> None:
        """Begin to load the index and the encoder in the background; returns at once.

        Raises:
            NoBuildError: There is no build.
        """
        self._loader.state()
        threading.Thread(target=self._warm_up, name="search-encoder", daemon=True).start()

    def state(self) -> LoadingState:
        """Return how far the index of the current build has come; begins to load it if need be.

        Raises:
            NoBuildError: There is no build.
        """
        return self._loader.state()

    def search(self, query: SearchQuery) -> SearchResult:
        """Return the prompts that pass the query's filters, the most similar first.

        Raises:
            NoBuildError: There is no build.
            ModelError: The build has no embeddings or pictures, or its encoder is not here.
            UnknownNameError: There is no such prompt or picture.
            AnalyzerError: The text has no words, or the vector is none of this build.
        """
        snapshot = self._loader.snapshot()
        began = time.perf_counter()
        encoded = None
        if query.text is not None:
            encoded = encode_text(query.text, self._encoder(snapshot.encoder))
        at_encoded = time.perf_counter()
        ranking = rank(snapshot, query, encoded)
        at_ranked = time.perf_counter()
        rows, found = found_rows(snapshot, ranking, query.filters)
        return SearchResult(
            rows=rows,
            candidate_count=ranking.candidate_count,
            found=found,
            whole=snapshot.whole,
            build_id=snapshot.opened.build.id,
            encoding_ms=(at_encoded - began) * 1000,
            ranking_ms=(at_ranked - at_encoded) * 1000,
        )

    def _encoder(self, stored: EncoderName) -> TextEncoder:
        with self._choosing:
            if stored not in self._encoders:
                self._encoders[stored] = (
                    encoder_for(stored, self._settings)
                    if self._given is None
                    else require_same(self._given, stored)
                )
            return self._encoders[stored]

    def _warm_up(self) -> None:
        try:
            encode_text("first words", self._encoder(self._loader.snapshot().encoder))
        except AnalyzerError:
            return  # a search says it
