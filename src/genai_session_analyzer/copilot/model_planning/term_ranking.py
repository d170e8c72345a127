"""Which measures and fields a question's words point to."""

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm, MeasureTerm
from genai_session_analyzer.copilot.model_planning.question_words import content_stems, stems
from genai_session_analyzer.copilot.plan import Entity
from genai_session_analyzer.embedding import TextEncoder

_NAME_WEIGHT, _DESCRIPTION_WEIGHT, _MEANING_WEIGHT = 1.0, 0.4, 6.0
_UNASKED, _ELSEWHERE = 0.3, 0.4
"""What is left of the score of a percentile nobody asked for, and of a field of another entity."""
_ALSO = {
    "averag": ("mean",), "typical": ("median", "p50"), "maximum": ("max",), "longest": ("max",),
    "slowest": ("max", "latenc"), "slow": ("latenc",), "fast": ("latenc",), "wait": ("latenc",),
    "minimum": ("min",), "smallest": ("min",), "shortest": ("min",), "largest": ("max",),
    "failur": ("error", "fail"), "fail": ("error", "failur"), "credit": ("cost",),
    "spend": ("cost",), "spent": ("cost",), "expensiv": ("cost",), "price": ("cost",),
    "device": ("devic",), "phon": ("devic", "mobil"), "plan": ("tier",), "pay": ("tier", "cost"),
    "customer": ("user",), "people": ("user",), "person": ("user",), "model": ("version",),
    "frustrat": ("friction",), "struggl": ("friction",), "image": ("generation",),
    "request": ("generation",), "attempt": ("generation",), "varianc": ("stddev",),
    "spread": ("stddev",), "different": ("distinct",), "uniqu": ("distinct",),
    "distinct": ("distinct",), "visit": ("session",), "countri": ("region",),
    "country": ("region",), "locat": ("region",), "geograph": ("region",),
}  # fmt: skip
"""Stems that stand for others which names are made of."""


@dataclass(frozen=True)
class RankedTerm:
    """A measure or field with how strongly the question points to it; 0 is not at all."""

    entity: Entity
    name: str
    term: MeasureTerm | FieldTerm
    score: float


class TermRanking:
    """Ranks a catalogue's terms; made once per build, used by several threads at once."""

    def __init__(self, catalogue: Catalogue, encoder: TextEncoder | None = None) -> None:
        """Read the terms; they are encoded at the first question.

        Args:
            catalogue: The words plans may use.
            encoder: Compares meanings beside words, where given.
        """
        self._encoder = encoder
        self._encoded: NDArray[np.float32] | None = None
        self._terms: list[tuple[Entity, str, MeasureTerm | FieldTerm]] = []
        for entity in catalogue.entities.values():
            self._terms += [(entity.name, name, each) for name, each in entity.measures.items()]
            fields = catalogue.reachable(entity.name).items()
            self._terms += [(entity.name, name, each) for name, each in fields]

    def ranked(self, question: str) -> tuple[RankedTerm, ...]:
        """Return every term with its score, the best first; equals in the catalogue's order."""
        asked = with_relatives(content_stems(question))
        scores = np.array([self._by_words(asked, words) for words in self._words])
        scores *= [_likelihood(asked, name, term) for _, name, term in self._terms]
        if self._encoder is not None:
            likeness = self._vectors(self._encoder) @ self._encoder.encode([question])[0]
            scores = scores + _MEANING_WEIGHT * np.maximum(likeness - 0.25, 0.0)
        order = np.argsort(-scores, kind="stable")
        return tuple(self._ranked(at, float(scores[at])) for at in order)

    def _ranked(self, at: int, score: float) -> RankedTerm:
        entity, name, term = self._terms[at]
        return RankedTerm(entity, name, term, score)

    def _by_words(
        self, asked: frozenset[str], words: tuple[frozenset[str], frozenset[str]]
    ) -> float:
        named, described = words
        hits = asked & named
        weight = sum(_NAME_WEIGHT * self._rarity(word) for word in hits)
        weight += sum(_DESCRIPTION_WEIGHT * self._rarity(word) for word in asked & described - hits)
        return weight / math.sqrt(1 + 0.25 * len(named - asked))

    def _rarity(self, word: str) -> float:
        return math.log(1 + len(self._terms) / (1 + self._counts[word]))

    def _vectors(self, encoder: TextEncoder) -> NDArray[np.float32]:
        if self._encoded is None:
            self._encoded = encoder.encode([_sentence(name, term) for _, name, term in self._terms])
        return self._encoded

    @cached_property
    def _words(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        return tuple(
            (_named(name, term), frozenset(stems(term.description)))
            for _, name, term in self._terms
        )

    @cached_property
    def _counts(self) -> Counter[str]:
        return Counter(word for named, described in self._words for word in named | described)


def _likelihood(asked: frozenset[str], name: str, term: MeasureTerm | FieldTerm) -> float:
    """How likely a term is meant at all, where its words fit."""
    if isinstance(term, FieldTerm):
        if term.kind == "flag" and not _is_named(asked, name, term):
            return _UNASKED
        return _ELSEWHERE if "." in name else 1.0
    if term.source == "glossary":
        return 1.0
    reduction, *column = stems(name)
    return 0.9 if reduction in asked and asked.intersection(column) else _UNASKED


def _is_named(asked: frozenset[str], name: str, term: FieldTerm) -> bool:
    """Whether all words of the name, or of one of its synonyms, are there."""
    own = name.rpartition(".")[2].removeprefix("is_").removeprefix("has_")
    return any(asked.issuperset(stems(each)) for each in (own, *term.synonyms))


def _named(name: str, term: MeasureTerm | FieldTerm) -> frozenset[str]:
    return frozenset(stems(" ".join((name.replace(".", " "), *term.synonyms))))


def with_relatives(asked: Iterable[str]) -> frozenset[str]:
    """Return stems with those that names of terms are made of in their place: `wait`, `latenc`."""
    found = set(asked)
    return frozenset(found.union(*(_ALSO.get(word, ()) for word in found)))


def _sentence(name: str, term: MeasureTerm | FieldTerm) -> str:
    return f"{name.replace('_', ' ').replace('.', ' ')}: {term.description}"
