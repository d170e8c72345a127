"""Confirmed questions that are like a new one."""

import math
import re
from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.copilot.memory.verified import VerifiedQuery, same_question
from genai_session_analyzer.embedding import TextEncoder

_WORD = re.compile(r"[a-z0-9]+")


class SimilarQueries:
    """Confirmed queries by likeness to a question; may be used by several threads at once."""

    def __init__(
        self, queries: Sequence[VerifiedQuery], encoder: TextEncoder | None = None
    ) -> None:
        """Encode nothing yet.

        Args:
            queries: To choose from; a later one stands for an earlier one of the same question.
            encoder: Compares meanings; without one, words are compared.
        """
        self.queries = tuple(queries)
        self._encoder = encoder
        self._vectors: NDArray[np.float32] | None = None

    def exact(self, question: str) -> VerifiedQuery | None:
        """Return the newest query that was confirmed for this very question."""
        found = [each for each in self.queries if same_question(each, question)]
        return found[-1] if found else None

    def nearest(self, question: str, count: int) -> tuple[VerifiedQuery, ...]:
        """Return the most alike, the best first; those with nothing in common are left out.

        Args:
            question: The new one.
            count: Most queries.
        """
        encoder = self._encoder
        likeness = self._by_words(question) if encoder is None else self._alike(encoder, question)
        order = np.argsort(-likeness, kind="stable")[:count]
        return tuple(self.queries[place] for place in order if likeness[place] > 0)

    def _alike(self, encoder: TextEncoder, question: str) -> NDArray[np.float32]:
        if self._vectors is None:
            self._vectors = encoder.encode([each.question for each in self.queries])
        return np.asarray(self._vectors @ encoder.encode([question])[0])

    def _by_words(self, question: str) -> NDArray[np.float32]:
        asked = frozenset(_words(question))
        return np.array([self._overlap(asked, each) for each in self._word_sets], dtype=np.float32)

    def _overlap(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Jaccard's coefficient, rare words counting more."""
        whole = sum(self._weight(word) for word in one | other)
        return sum(self._weight(word) for word in one & other) / whole if whole else 0.0

    def _weight(self, word: str) -> float:
        return math.log(1 + len(self.queries) / (1 + self._document_counts[word]))

    @cached_property
    def _word_sets(self) -> tuple[frozenset[str], ...]:
        return tuple(frozenset(_words(each.question)) for each in self.queries)

    @cached_property
    def _document_counts(self) -> Counter[str]:
        return Counter(word for words in self._word_sets for word in words)


def _words(text: str) -> list[str]:
    return [word.removesuffix("s") or word for word in _WORD.findall(text.casefold())]
