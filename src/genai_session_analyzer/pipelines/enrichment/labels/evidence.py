"""What speaks for each label of a field, as numbers: a vector per prompt and label."""

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.labels.context_evidence import CONTEXT, context
from genai_session_analyzer.pipelines.enrichment.labels.lexicon import Mention
from genai_session_analyzer.pipelines.enrichment.labels.precedence import (
    is_early,
    is_style,
    mentions_of_domain,
)
from genai_session_analyzer.pipelines.enrichment.labels.taxonomy import UNKNOWN
from genai_session_analyzer.pipelines.enrichment.labels.words import PromptWords

Array: TypeAlias = NDArray[np.float64]
FEATURES: tuple[str, ...] = (
    "synonym_in_head",
    "synonym_behind",
    "synonym_first",
    "hint_last_in_head",
    "hint_first",
    "hint_in_head",
    "hint_in_clause",
    "hint_behind",
    "hint_unopposed",
    "name_in_head",
    "name_behind",
    "name_as_style",
    "franchise_in_head",
    "franchise_behind",
    "person_in_head",
    "person_behind",
    "artist_first",
    "artist_share",
    "silent",
    "contradicted",
    *CONTEXT,
    "similarity",
    "example_similarity",
)
"""Names of the features, in the order of the arrays' last axis."""
_AT = {name: position for position, name in enumerate(FEATURES)}
IS_SYNONYM = np.array([name.startswith("synonym") for name in FEATURES])
_MOST = 2.0
"""More mentions than that say no more."""
_OUTRIGHT = frozenset(("synonym", "name", "franchise", "artist"))
_NAMES = {"name": "name", "franchise": "franchise", "first_name": "person"}


def evidence(
    prompts: Sequence[PromptWords],
    mentions: Sequence[Sequence[Mention]],
    field: str,
    labels: Sequence[str],
) -> Array:
    """Return the features of every prompt and label, shape (prompts, labels, FEATURES).

    All but the similarities, which stay 0 here: counts up to 2, 0 and 1, and for the mood
    what `context` says.

    Args:
        prompts: Their words.
        mentions: Per prompt, what `Lexicon.mentions` found in it.
        field: The field the labels belong to.
        labels: In the order of the second axis.
    """
    features = np.zeros((len(prompts), len(labels), len(FEATURES)))
    rows = {label: row for row, label in enumerate(labels)}
    for number, (prompt, found) in enumerate(zip(prompts, mentions, strict=True)):
        own = (
            mentions_of_domain(found, prompt)
            if field == "domain"
            else [each for each in found if each.meaning.field == field]
        )
        _fill(features[number], prompt, own, rows)
        if field == "art_style" and not any(each.meaning.kind in _OUTRIGHT for each in own):
            _fill_unopposed(features[number], own, rows)
    np.minimum(features, np.where(IS_SYNONYM, 1.0, _MOST), out=features)
    if field == "mood":
        first = _AT[CONTEXT[0]]
        for number, (prompt, found) in enumerate(zip(prompts, mentions, strict=True)):
            features[number, :, first : first + len(CONTEXT)] = context(prompt, found)
    return features


def _fill(
    cells: Array, prompt: PromptWords, mentions: Sequence[Mention], rows: dict[str, int]
) -> None:
    hints = [each for each in mentions if each.meaning.kind == "hint"]
    synonyms = [each for each in mentions if each.meaning.kind == "synonym"]
    artists = [each for each in mentions if each.meaning.kind == "artist"]
    for each in mentions:
        name = _feature(each, prompt)
        if name:
            cells[rows[each.meaning.label], _AT[name]] += 1
    in_head = [each for each in hints if each.start < prompt.head_end]
    if in_head:
        cells[rows[in_head[-1].meaning.label], _AT["hint_last_in_head"]] = 1
    if synonyms:
        cells[rows[synonyms[0].meaning.label], _AT["synonym_first"]] = 1
    if hints:
        cells[rows[hints[0].meaning.label], _AT["hint_first"]] = 1
    if artists:
        cells[rows[artists[0].meaning.label], _AT["artist_first"]] = 1
        for each in artists:
            cells[rows[each.meaning.label], _AT["artist_share"]] += 1 / len(artists)
    if UNKNOWN in rows:
        cells[rows[UNKNOWN], _AT["silent"]] = not mentions
        cells[rows[UNKNOWN], _AT["contradicted"]] = any(
            each.meaning.kind in _OUTRIGHT and each.meaning.label != UNKNOWN for each in mentions
        )


def _fill_unopposed(cells: Array, mentions: Sequence[Mention], rows: dict[str, int]) -> None:
    """Hints weigh more where no style is stated outright."""
    for each in mentions:
        cells[rows[each.meaning.label], _AT["hint_unopposed"]] += 1


def _feature(mention: Mention, prompt: PromptWords) -> str | None:
    """Name of the feature a mention adds to; None for artists, who are counted together."""
    kind, is_head = mention.meaning.kind, mention.start < prompt.head_end
    if kind == "synonym":
        return "synonym_in_head" if is_head else "synonym_behind"
    if kind in _NAMES:
        if is_style(mention, prompt):
            return "name_as_style"
        return f"{_NAMES[kind]}_{'in_head' if is_early(mention, prompt) else 'behind'}"
    if kind == "hint":
        if is_head:
            return "hint_in_head"
        is_first_clause = prompt.clauses[mention.start] == prompt.clauses[0]
        return "hint_in_clause" if is_first_clause else "hint_behind"
    return None
