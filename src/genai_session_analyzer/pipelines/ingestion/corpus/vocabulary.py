"""The words of the embedded corpus, read from `vocabulary.yml`."""

from functools import cache
from importlib.resources import files
from typing import Annotated, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field


def _split(text: object) -> object:
    """Turns `a; b; c` into its phrases; anything else is left for pydantic to refuse."""
    return tuple(phrase.strip() for phrase in text.split(";")) if isinstance(text, str) else text


Phrases = Annotated[tuple[str, ...], BeforeValidator(_split)]
Weight = Annotated[float, Field(gt=0)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Domain(_Entry):
    """Subjects of one domain of the taxonomy, and what may be said about them."""

    weight: Weight
    takes_article: bool
    acts_as: Literal["people", "animal", "thing"]
    openings: Phrases
    subjects: Phrases


class Style(_Entry):
    """How one art style is named: before the subject (`openings`) or as a part of its own."""

    weight: Weight
    openings: Phrases
    phrases: Phrases


class Mood(_Entry):
    """How one mood is named."""

    weight: Weight
    phrases: Phrases


class Hand(_Entry):
    """How a person types: the mark between parts, its slips, capitals, stress and the end."""

    weight: Weight
    separator: str
    slip: str
    capitals: Literal["none", "first", "each"]
    stress: Annotated[str, Field(pattern=r"\{\}")]
    ending: str


class Layout(_Entry):
    """An order of parts; modifiers follow the last slot."""

    weight: Weight
    slots: tuple[str, ...]


class Vocabulary(_Entry):
    """All words and habits of the corpus; within a list the likelier phrases stand first."""

    domains: dict[str, Domain]
    adjectives: Phrases
    actions: dict[str, Phrases]
    settings: Phrases
    styles: dict[str, Style]
    moods: dict[str, Mood]
    lighting: Phrases
    artist_openings: Phrases
    artists: Phrases
    modifiers: dict[str, Phrases]
    unsafe_words: Phrases
    unsafe_phrases: Phrases
    hands: tuple[Hand, ...]
    layouts: tuple[Layout, ...]


@cache
def read_vocabulary() -> Vocabulary:
    """Reads the vocabulary that comes with the package; no phrase has spaces around it."""
    source = files(__package__).joinpath("vocabulary.yml")
    return Vocabulary.model_validate(yaml.safe_load(source.read_text(encoding="utf-8")))


def unsafe_words() -> tuple[str, ...]:
    """The words that, as whole words in any case, make a prompt of the corpus unsafe."""
    return read_vocabulary().unsafe_words
