"""Values of the data found in words: "us west", "sci-fi", "anmie" or "oil paintings"."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.planning.words.english_words import is_other_word
from genai_session_analyzer.copilot.planning.words.spelling import distance, tolerated
from genai_session_analyzer.copilot.planning.words.tokens import stem

_MARKS = ",;/=&<>%+"
MOST_WORDS = 6
"""Longer values (titles of clusters) are found only where they are written out."""


@dataclass(frozen=True, kw_only=True)
class ValueHit:
    """A value of a column, found in words.

    Attributes:
        table_name: The table the column is in.
        column: The column.
        value: The value as the data has it.
        start: Position of its first word.
        end: Position after its last word.
        slips: Letters that differ; 0 where it was written as in the data.
        count: Rows that have the value.
    """

    table_name: str
    column: str
    value: str
    start: int
    end: int
    slips: int
    count: int


@dataclass(frozen=True)
class _Entry:
    table_name: str
    column: str
    value: str
    count: int


class ValueIndex:
    """The values of all text columns that have few."""

    def __init__(self, facts: DataFacts) -> None:
        self._entries: dict[str, list[_Entry]] = defaultdict(list)
        self._by_length: dict[int, list[str]] = defaultdict(list)
        for table, columns in facts.values.items():
            for column, counts in columns.items():
                for each in counts:
                    self._add(_Entry(table, column, each.value, each.count))
        for key in self._entries:
            self._by_length[len(key)].append(key)

    def find(self, words: Sequence[str]) -> list[ValueHit]:
        """Return every value in the words, longest first, then the exact before the misspelt.

        A value is matched without regard to case, plural, hyphens and spaces. Words of fewer than
        four letters have to be exact. Hits may overlap: one value can be of several columns.

        Args:
            words: The words of a question in order, lower-case.
        """
        hits = [
            hit
            for start in range(len(words))
            for end in range(start + 1, min(start + MOST_WORDS, len(words)) + 1)
            if words[start].strip(_MARKS) and words[end - 1].strip(_MARKS)
            for hit in self._at(words, start, end)
        ]
        return sorted(hits, key=lambda hit: (hit.start - hit.end, hit.slips, hit.start, -hit.count))

    def _at(self, words: Sequence[str], start: int, end: int) -> list[ValueHit]:
        found: dict[_Entry, int] = {}
        for key in {
            _squashed(words[start:end]),
            _squashed([*words[start : end - 1], stem(words[end - 1])]),
        }:
            for entry in self._entries.get(key, ()):
                found[entry] = 0
        if not found:
            found = self._near(_squashed(words[start:end]))
        return [
            ValueHit(table_name=entry.table_name, column=entry.column, value=entry.value,
                     start=start, end=end, slips=slips, count=entry.count)
            for entry, slips in found.items()
        ]  # fmt: skip

    def _near(self, key: str) -> dict[_Entry, int]:
        most = tolerated(key) if len(key) > 4 else 0
        if most == 0:
            return {}
        near = [
            (away, other)
            for length in range(len(key) - most, len(key) + most + 1)
            for other in self._by_length.get(length, ())
            if other[0] == key[0]
            and (away := distance(key, other, most)) <= most
            and not is_other_word(key, other)
        ]
        if not near:
            return {}
        least = min(near)[0]
        closest = {other for away, other in near if away == least}
        if len(closest) > 1:
            return {}
        return {entry: least for other in closest for entry in self._entries[other]}

    def _add(self, entry: _Entry) -> None:
        words = re.findall(r"[a-z0-9.]+", entry.value.lower())
        keys = {_squashed(words)}
        if words and entry.column == "model_version":
            keys.add(_squashed(words).removeprefix("v"))
        if entry.column == "sampler":
            keys.add(_squashed(words).removeprefix("k"))
        for key in keys - {""}:
            if entry not in self._entries[key]:
                self._entries[key].append(entry)


def _squashed(words: Sequence[str]) -> str:
    return re.sub(r"[^a-z0-9.]", "", "".join(words).lower())
