"""The term that a word not in the lexicon means, by the nearness of sentence vectors."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.copilot.planning.words.lexicon import Sense, entries
from genai_session_analyzer.embedding import TextEncoder

NEAREST = 0.66
"""Least cosine to read a word as a term.

*Source*: all-MiniLM-L6-v2 on 65 words the lexicon did not have. From 0.66 on, 3 of 37 that mean a
term were read, all rightly, and none of 28 that mean none: their nearest was "project" at 0.56. The
bound stays well above that: a wrong term is worse than none.
"""

MARGIN = 0.1
"""Least distance to the next term."""

PHRASES_OF_A_TERM = 4


class SimilarWords:
    """Vectors of the first phrases of every term.

    They are made at the first word that needs them: a second, and most questions need none.
    """

    def __init__(self, encoder: TextEncoder) -> None:
        self._encoder = encoder
        self._phrases = [(text, sense) for sense, texts in _terms() for text in texts]
        self._senses = [sense for _, sense in self._phrases]

    @cached_property
    def _vectors(self) -> NDArray[np.float32]:
        return self._encoder.encode([text for text, _ in self._phrases])

    def nearest(self, words: str) -> Sense | None:
        """Return the term that words mean; None where none is near enough, or two are."""
        cosines = self._vectors @ self._encoder.encode([words])[0]
        best = int(np.argmax(cosines))
        others = [
            float(cosine)
            for cosine, sense in zip(cosines, self._senses, strict=True)
            if sense != self._senses[best]
        ]
        if cosines[best] < NEAREST or cosines[best] - max(others) < MARGIN:
            return None
        return self._senses[best]


def _terms() -> list[tuple[Sense, list[str]]]:
    terms = entries("lexicon")
    found = [(Sense("Q", name), each["words"]) for name, each in terms["quantities"].items()]
    found += [(Sense("V", name), each["noun"]) for name, each in terms["events"].items()]
    found += [(Sense("F", name), texts) for name, texts in terms["fields"].items()]
    found += [(Sense("E", name), texts) for name, texts in terms["entities"].items()]
    return [(sense, texts[:PHRASES_OF_A_TERM]) for sense, texts in found]
