"""Phrases that speak for a label, and where a prompt says them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Literal, NamedTuple

import yaml

from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import Taxonomy
from genai_session_analyzer.pipelines.enrichment.labels.words import (
    FUNCTION_WORDS,
    PromptWords,
    phrase_key,
)

Kind = Literal["synonym", "hint", "name", "franchise", "first_name", "artist"]
LEXICONS = files(__package__) / "lexicons"
_SHORTEST_PLURAL = 3


class Meaning(NamedTuple):
    """What a phrase speaks for, and how."""

    field: str
    label: str
    kind: Kind


class Mention(NamedTuple):
    """A phrase in a prompt: what it speaks for and which words it is."""

    meaning: Meaning
    start: int
    end: int


_NAME_MEANINGS = {
    "franchises": Meaning("domain", "fanart", "franchise"),
    "characters": Meaning("domain", "fanart", "name"),
    "celebrities": Meaning("domain", "fanart", "name"),
    "first_names": Meaning("person", "fanart", "first_name"),
}


@dataclass(frozen=True)
class Lexicon:
    """Phrases by their words; matching costs a dictionary look-up per word."""

    meanings: Mapping[str, tuple[Meaning, ...]]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of all phrases and meanings, and of the words that mean nothing."""
        known = [sorted(self.meanings.items()), sorted(map(sorted, FUNCTION_WORDS.values()))]
        return hashlib.sha256(json.dumps(known).encode()).hexdigest()

    @cached_property
    def _lengths(self) -> Mapping[str, tuple[int, ...]]:
        """By first word, how many words its phrases have, longest first."""
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        for phrase in self.meanings:
            words = phrase.split()
            lengths[words[0]].add(len(words))
        return {word: tuple(sorted(each, reverse=True)) for word, each in lengths.items()}

    def mentions(self, prompt: PromptWords) -> list[Mention]:
        """Return what a prompt mentions, in order; in a field the longer phrase hides the rest."""
        words = prompt.words
        found: list[Mention] = []
        free_from: defaultdict[str, int] = defaultdict(int)
        for start, word in enumerate(words):
            for length in self._lengths.get(word, ()):
                if start + length > len(words):
                    continue
                phrase = word if length == 1 else " ".join(words[start : start + length])
                meanings = self.meanings.get(phrase, ())
                seen = [each for each in meanings if free_from[each.field] <= start]
                found.extend(Mention(each, start, start + length) for each in seen)
                free_from.update((each.field, start + length) for each in seen)
        return found


def build_lexicon(taxonomy: Taxonomy) -> Lexicon:
    """Return the taxonomy's phrases with the shipped names, artists and words of intent.

    A name speaks for fan art, an artist for the style of their pictures.

    Raises:
        SourceError: A phrase has no letters or digits.
    """
    meanings: defaultdict[str, dict[tuple[str, str], Meaning]] = defaultdict(dict)
    for phrase, meaning in (*_names(), *_artists(), *_words_of_intent(), *_taxonomy(taxonomy)):
        if key := phrase_key(phrase):
            meanings[key].setdefault((meaning.field, meaning.label), meaning)
    for phrase, meaning in _taxonomy(taxonomy):
        for plural in _plurals(phrase_key(phrase)):
            if plural not in meanings and meaning.field in {"domain", "mood", "setting"}:
                meanings[plural][meaning.field, meaning.label] = meaning
    return Lexicon({phrase: tuple(each.values()) for phrase, each in meanings.items()})


def _taxonomy(taxonomy: Taxonomy) -> Iterator[tuple[str, Meaning]]:
    for field, labels in taxonomy.fields.items():
        for label, meaning in labels.items():
            yield from ((each, Meaning(field, label, "synonym")) for each in meaning.synonyms)
            yield from ((each, Meaning(field, label, "hint")) for each in meaning.hints)


def _names() -> Iterator[tuple[str, Meaning]]:
    for group, phrases in _shipped("names").items():
        yield from ((each, _NAME_MEANINGS[group]) for each in phrases)


def _artists() -> Iterator[tuple[str, Meaning]]:
    for style, phrases in _shipped("artists").items():
        yield from ((each, Meaning("art_style", style, "artist")) for each in phrases)


def _words_of_intent() -> Iterator[tuple[str, Meaning]]:
    for strength, phrases in _shipped("intent").items():
        kind: Kind = "synonym" if strength == "evident" else "hint"
        yield from ((each, Meaning("intent", "nsfw", kind)) for each in phrases)


def _shipped(name: str) -> Mapping[str, Sequence[str]]:
    """A shipped word list: its lines hold phrases between commas."""
    text = (LEXICONS / f"{name}.yml").read_text("utf-8")
    return {
        key: [phrase for line in lines for phrase in str(line).split(", ")]
        for key, lines in yaml.safe_load(text).items()
    }


def _plurals(phrase: str) -> Iterator[str]:
    if len(phrase) >= _SHORTEST_PLURAL and not phrase.endswith("s") and phrase[-1].isalpha():
        yield phrase + "s"
        if phrase.endswith(("x", "ch", "sh", "z")):
            yield phrase + "es"
        elif phrase.endswith("y"):
            yield phrase[:-1] + "ies"
