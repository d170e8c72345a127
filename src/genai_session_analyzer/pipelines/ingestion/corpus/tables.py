"""The vocabulary compiled to arrays: decks to draw from, templates to fill, pieces to print."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.ingestion.corpus.decks import Integers, build_deck
from genai_session_analyzer.pipelines.ingestion.corpus.phrases import Phrase, phrases_by_kind
from genai_session_analyzer.pipelines.ingestion.corpus.pieces import Pieces, build_pieces
from genai_session_analyzer.pipelines.ingestion.corpus.templates import (
    build_glues,
    build_templates,
    fewest_parts,
    slot_of,
    template_weights,
)
from genai_session_analyzer.pipelines.ingestion.corpus.vocabulary import read_vocabulary

TOKENS_PER_WORD = 1.2
"""CLIP tokens a word, as the estimate of `token_count` has it; a punctuation mark is one more."""


@dataclass(frozen=True)
class Templates:
    """Arrays by template; `kinds` and `glues` by slot too, with one more column for the ending."""

    kinds: Integers
    glues: Integers
    fewest_parts: Integers
    style_slots: Integers
    mood_slots: Integers
    deck: Integers
    """Card to template; the twin with an unsafe part stands half the templates further."""


@dataclass(frozen=True)
class Tables:
    """What a block of prompts is made from."""

    templates: Templates
    pieces: Pieces
    decks: Integers
    """Phrase by kind and card."""
    hand_deck: Integers
    token_counts: npt.NDArray[np.float32]
    """Estimated tokens of each phrase with its separator."""
    styles: npt.NDArray[np.int8]
    """Art style of each phrase, index into the vocabulary's styles, -1 for none."""
    moods: npt.NDArray[np.int8]
    """Mood of each phrase, index into the vocabulary's moods, -1 for none."""


@cache
def compile_tables() -> Tables:
    """The tables of the vocabulary that comes with the package (once a process, about 0.2 s)."""
    vocabulary = read_vocabulary()
    kinds = phrases_by_kind(vocabulary)
    phrases = [phrase for members in kinds.values() for phrase in members]
    texts = [phrase.text for phrase in phrases]
    return Tables(
        templates=_compile_templates(list(kinds)),
        pieces=build_pieces(texts, vocabulary.hands),
        decks=_decks(list(kinds.values())),
        hand_deck=build_deck([hand.weight for hand in vocabulary.hands]),
        token_counts=_token_counts(texts),
        styles=_codes([phrase.style for phrase in phrases], list(vocabulary.styles)),
        moods=_codes([phrase.mood for phrase in phrases], list(vocabulary.moods)),
    )


def _compile_templates(kind_names: list[str]) -> Templates:
    vocabulary = read_vocabulary()
    code = {name: n for n, name in enumerate(kind_names)}
    templates = build_templates(vocabulary)
    return Templates(
        kinds=_padded([[code[kind] for kind in kinds] for kinds in templates]),
        glues=_padded([build_glues(kinds) for kinds in templates]),
        fewest_parts=_integers([fewest_parts(kinds) for kinds in templates]),
        style_slots=_integers([slot_of(kinds, {"style", "style opening"}) for kinds in templates]),
        mood_slots=_integers([slot_of(kinds, {"mood"}) for kinds in templates]),
        deck=build_deck(template_weights(vocabulary)),
    )


def _integers(values: list[int]) -> Integers:
    return np.array(values, dtype=np.int32)


def _padded(rows: list[list[int]]) -> Integers:
    return np.pad(np.array(rows, dtype=np.int32), ((0, 0), (0, 1)))


def _decks(kinds: list[list[Phrase]]) -> Integers:
    firsts = np.cumsum([0, *(len(members) for members in kinds)])[:-1]
    decks = [build_deck([phrase.weight for phrase in members]) for members in kinds]
    return np.stack(decks) + firsts[:, None].astype(np.int32)


def _codes(values: list[str], names: list[str]) -> npt.NDArray[np.int8]:
    code = {name: n for n, name in enumerate(names)}
    return np.array([code.get(value, -1) for value in values], dtype=np.int8)


def _token_counts(texts: list[str]) -> npt.NDArray[np.float32]:
    phrases = pa.array(texts)
    words: Integers = pc.count_substring_regex(phrases, r"\S+").to_numpy()
    marks: Integers = pc.count_substring_regex(phrases, r"[^\w\s]").to_numpy()
    return (words * TOKENS_PER_WORD + marks + 1).astype(np.float32)
