"""Phrases by kind, with how often each is drawn and what it means.

A kind is what a slot of a layout asks for: "style", "setting", "subject/animal".
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from genai_session_analyzer.pipelines.ingestion.corpus.vocabulary import Domain, Vocabulary

UNNAMED_STYLE = "unknown"
UNNAMED_MOOD = "neutral"

_VOWELS = "aeiou"
_SOUND_LIKE_CONSONANTS = ("uni", "eur", "one", "ute", "uku", "use")
_SILENT_H = ("hour", "heir", "honest")


class Phrase(NamedTuple):
    """A phrase, its weight within its kind, and the style or mood it stands for."""

    text: str
    weight: float
    style: str = UNNAMED_STYLE
    mood: str = UNNAMED_MOOD


def with_article(words: str) -> str:
    """The words behind `a` or `an`, by their first sound."""
    vowel = words[0] in _VOWELS and not words.startswith(_SOUND_LIKE_CONSONANTS)
    return f"{'an' if vowel or words.startswith(_SILENT_H) else 'a'} {words}"


def phrases_by_kind(vocabulary: Vocabulary) -> dict[str, list[Phrase]]:
    """Every kind a layout may ask for, with its phrases."""
    kinds = {
        "adjective": _ranked(vocabulary.adjectives, 0.5),
        "article adjective": _ranked(map(with_article, vocabulary.adjectives), 0.5),
        "setting": _ranked(vocabulary.settings, 0.4),
        "lighting": _ranked(vocabulary.lighting, 0.7),
        "unsafe": _ranked(vocabulary.unsafe_phrases, 0.5),
        "and artist": [
            phrase._replace(text=f"and {phrase.text}")
            for phrase in _ranked(vocabulary.artists, 0.6)
        ],
        "artist": _artists(vocabulary),
    }
    kinds |= {name: _ranked(words, 0.7) for name, words in vocabulary.modifiers.items()}
    for name, domain in vocabulary.domains.items():
        kinds |= _domain_kinds(name, domain, vocabulary.actions[domain.acts_as])
    return kinds | _meaning_kinds(vocabulary)


def _ranked(texts: Iterable[str], exponent: float, total: float = 1.0) -> list[Phrase]:
    """Phrases with weights falling as a power of the rank, as words of a language do (Zipf)."""
    ordered = list(texts)
    weights = [(rank + 2.0) ** -exponent for rank in range(len(ordered))]
    scale = total / sum(weights)
    return [Phrase(text, weight * scale) for text, weight in zip(ordered, weights, strict=True)]


def _artists(vocabulary: Vocabulary) -> list[Phrase]:
    """Each artist behind each opening ("by", "in the style of")."""
    return [
        Phrase(f"{opening.text} {artist.text}", opening.weight * artist.weight)
        for opening in _ranked(vocabulary.artist_openings, 1.2)
        for artist in _ranked(vocabulary.artists, 0.6)
    ]


def _domain_kinds(name: str, domain: Domain, actions: Sequence[str]) -> dict[str, list[Phrase]]:
    named = map(with_article, domain.subjects) if domain.takes_article else domain.subjects
    return {
        f"subject/{name}": _ranked(domain.subjects, 0.3),
        f"article subject/{name}": _ranked(named, 0.3),
        f"action/{name}": _ranked(actions, 0.4),
        f"opening/{name}": _ranked(domain.openings, 0.6),
    }


def _meaning_kinds(vocabulary: Vocabulary) -> dict[str, list[Phrase]]:
    return {
        "style": [
            phrase._replace(style=name)
            for name, style in vocabulary.styles.items()
            for phrase in _ranked(style.phrases, 0.6, style.weight)
        ],
        "style opening": [
            phrase._replace(style=name)
            for name, style in vocabulary.styles.items()
            for phrase in _ranked(style.openings, 0.6, style.weight)
        ],
        "mood": [
            phrase._replace(mood=name)
            for name, mood in vocabulary.moods.items()
            for phrase in _ranked(mood.phrases, 0.5, mood.weight)
        ],
    }
