"""The values that a question names, as filters of each entity."""

from collections.abc import Iterator

from genai_session_analyzer.copilot.catalogue import Catalogue
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.model_planning.offer import NamedValue
from genai_session_analyzer.copilot.planning.words.tokens import tokens_of
from genai_session_analyzer.copilot.planning.words.value_index import ValueHit, ValueIndex

_NO_FILTER = ("unknown",)


class ValueFinder:
    """Finds values of the data in questions; may be used by several threads at once."""

    def __init__(self, catalogue: Catalogue, facts: DataFacts) -> None:
        self._catalogue = catalogue
        self._index = ValueIndex(facts)

    def __call__(self, question: str) -> tuple[NamedValue, ...]:
        """Return every value in a question for every entity that has its field."""
        hits = self._index.find([token.text for token in tokens_of(question)])
        kept: list[ValueHit] = []
        for hit in hits:  # the longest first: "very long" is not "long" too
            inside = any(each.start <= hit.start and hit.end <= each.end for each in kept
                         if each.end - each.start > hit.end - hit.start)  # fmt: skip
            if not inside and hit.value not in _NO_FILTER:
                kept.append(hit)
        return tuple(dict.fromkeys(each for hit in kept for each in self._fields(hit)))

    def _fields(self, hit: ValueHit) -> Iterator[NamedValue]:
        for entity in self._catalogue.entities.values():
            for name, term in entity.fields.items():
                if term.column == hit.column and hit.value in term.values:
                    yield NamedValue(entity.name, name, hit.value)
