"""Pieces: a phrase as one hand writes it in one place, the separator before it included."""

from typing import NamedTuple

import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.ingestion.corpus.decks import Integers
from genai_session_analyzer.pipelines.ingestion.corpus.vocabulary import Hand

FLAW_COUNT = 16
_SLIPS, _STRESSES = (12, 13), (14,)
"""Of 16 listed parts two follow a slip of the separator, and one is stressed."""


class Pieces(NamedTuple):
    """Every phrase in every variant, and where to find them."""

    texts: pa.StringArray
    """Piece of phrase p in a variant that begins at v: v + p. The endings stand last."""
    variants: Integers
    """Where a variant begins, by hand, glue and flaw."""
    endings: Integers
    """Piece at the end of a prompt, by hand."""


class Variant(NamedTuple):
    """What a hand does to a phrase."""

    separator: str
    pattern: str
    capital: bool


def build_pieces(phrases: list[str], hands: tuple[Hand, ...]) -> Pieces:
    """Writes every phrase in each variant that some hand uses."""
    by_hand = [_variants(hand) for hand in hands]
    distinct = sorted({variant for glues in by_hand for flaws in glues for variant in flaws})
    texts = [_written(phrase, variant) for variant in distinct for phrase in phrases]
    begin = {variant: n * len(phrases) for n, variant in enumerate(distinct)}
    variants = [[[begin[variant] for variant in flaws] for flaws in glues] for glues in by_hand]
    return Pieces(
        texts=pa.array([*texts, *(hand.ending for hand in hands)], pa.string()),
        variants=np.array(variants, dtype=np.int32),
        endings=np.arange(len(hands), dtype=np.int32) + len(texts),
    )


def _written(phrase: str, variant: Variant) -> str:
    shown = phrase[0].upper() + phrase[1:] if variant.capital else phrase
    return variant.separator + variant.pattern.format(shown)


def _variants(hand: Hand) -> list[list[Variant]]:
    """How this hand writes a part, by glue (opening, joined, listed) and flaw."""
    each = hand.capitals == "each"
    listed = [Variant(hand.separator, "{}", each)] * FLAW_COUNT
    for flaw in _SLIPS:
        listed[flaw] = Variant(hand.slip, "{}", each)
    for flaw in _STRESSES:
        listed[flaw] = Variant(hand.separator, hand.stress, each)
    opening = [Variant("", "{}", hand.capitals != "none")] * FLAW_COUNT
    joined = [Variant(" ", "{}", False)] * FLAW_COUNT
    return [opening, joined, listed]
