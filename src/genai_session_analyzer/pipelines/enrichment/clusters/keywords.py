"""What sets a cluster's words apart: class-based TF-IDF over words and pairs of words."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray

_TOKEN = re.compile(r"[\w'-]+")
_CONTENT = re.compile(r"[^\W\d_][\w'-]+")
_PHRASE_END = re.compile(r"[^\w\s'-]+")
_WORDS_OF_A_PAIR = 4
_AS_OFTEN_AS_USUAL = 0.5
_PART_OF_A_PAIR = 0.8
_RARE_FROM_PROMPTS = 100
_CANDIDATES = 20


@dataclass(frozen=True)
class Words:
    """Which terms each prompt uses.

    Attributes:
        terms: Words and pairs of neighbouring words, ascending.
        uses: Sparse matrix of prompts and terms, 1 where a prompt uses a term.
    """

    terms: NDArray[np.object_]
    uses: Any


@dataclass(frozen=True)
class TermScores:
    """How typical each term is of each group.

    Attributes:
        scores: Shape (groups, terms), 0 or more.
        usage: Share of the group's prompts that use the term, 0-1, same shape.
    """

    scores: NDArray[np.float64]
    usage: NDArray[np.float64]


def words_of(texts: Sequence[str]) -> Words:
    """Return the terms of prompts: words, and pairs of neighbouring words within a phrase.

    A word is a letter and at least one more letter, digit, apostrophe or hyphen, in lower case;
    English function words are none, but may stand between those of a pair ("league of legends").
    A term of a single prompt is left out where there are 100 prompts or more.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415
    from sklearn.feature_extraction.text import (  # noqa: PLC0415
        ENGLISH_STOP_WORDS,
        CountVectorizer,
    )

    vectorizer = CountVectorizer(
        analyzer=partial(_terms_of, function_words=ENGLISH_STOP_WORDS),
        binary=True,
        min_df=2 if len(texts) >= _RARE_FROM_PROMPTS else 1,
        dtype=np.float32,
    )
    try:
        uses = vectorizer.fit_transform(texts)
    except ValueError:  # there is no word in them: signs, digits or function words only
        return Words(np.empty(0, dtype=object), csr_array((len(texts), 0), dtype=np.float32))
    return Words(vectorizer.get_feature_names_out(), uses)


def _terms_of(text: str, function_words: frozenset[str]) -> Iterator[str]:
    for phrase in _PHRASE_END.split(text.lower()):
        said = _TOKEN.findall(phrase)
        before: int | None = None
        for place, word in enumerate(said):
            if word in function_words:
                continue
            if not _CONTENT.fullmatch(word):
                before = None
                continue
            yield word
            if before is not None and place - before < _WORDS_OF_A_PAIR:
                yield " ".join(said[before : place + 1])
            before = place


def term_scores(words: Words, groups: NDArray[np.int64], group_count: int) -> TermScores:
    """Return `usage * log(1 + mean / f)` for each group and term.

    `usage` is the share of the group's prompts that use the term, f the number of all prompts that
    do, mean the number of terms (each once a prompt) an average group has.

    Args:
        words: The prompts' terms.
        groups: Group of each prompt, 0 to group_count - 1; -1 for none.
        group_count: Groups; one without prompts has no terms.

    *Source*: Grootendorst, BERTopic, 2022 (arXiv:2203.05794), counting prompts instead of words.
    """
    from scipy.sparse import csr_array  # noqa: PLC0415

    rows = np.flatnonzero(groups >= 0)
    ones = np.ones(len(rows), dtype=np.float32)
    members = csr_array((ones, (groups[rows], rows)), shape=(group_count, len(groups)))
    counts = np.asarray((members @ words.uses).todense(), dtype=np.float64)
    sizes = np.bincount(groups[rows], minlength=group_count)
    usage = counts / np.maximum(sizes, 1)[:, np.newaxis]
    rarity = np.log1p(counts.sum() / group_count / np.maximum(counts.sum(axis=0), 1))
    return TermScores(usage * rarity, usage)


def boosters(words: Words, scores: TermScores, booster_share: float) -> NDArray[np.bool_]:
    """Return which terms say nothing about a group since so many groups use them alike.

    A term is one if at least `booster_share` of the groups use it half as often as the mean group
    or more ("detailed", "artstation"), and so is a pair with such a word. One group has none.

    Args:
        words: The prompts' terms.
        scores: Of the terms by group.
        booster_share: 0-1.
    """
    if len(scores.usage) < 2:
        return np.zeros(len(words.terms), dtype=bool)
    usual = scores.usage >= _AS_OFTEN_AS_USUAL * scores.usage.mean(axis=0)
    said = usual.mean(axis=0) >= booster_share
    dull = {str(term) for term in words.terms[said]}
    in_pairs = [not dull.isdisjoint(str(term).split()) for term in words.terms]
    return np.asarray(said | np.array(in_pairs, dtype=bool))


def keywords(
    words: Words, scores: TermScores, dropped: NDArray[np.bool_], count: int
) -> list[list[str]]:
    """Return each group's most typical terms, at most `count`, best first.

    A word that mostly stands in one pair is shown as that pair ("rutkowski" as "greg rutkowski");
    a term that shares a word with a better one is left out. Ties fall to the alphabet.

    Args:
        words: The prompts' terms.
        scores: Of the terms by group.
        dropped: Terms that are shown only as part of a pair.
        count: Terms wanted.
    """
    return [
        _distinct(words.terms, scores, group, dropped, count) for group in range(len(scores.usage))
    ]


def _distinct(
    terms: NDArray[np.object_],
    scores: TermScores,
    group: int,
    dropped: NDArray[np.bool_],
    count: int,
) -> list[str]:
    best = np.argsort(-scores.scores[group], kind="stable")
    known = best[: _CANDIDATES * count]
    pairs = {str(terms[place]): float(scores.usage[group, place]) for place in known}
    chosen: list[str] = []
    taken: set[str] = set()
    shown = best[~dropped[best] & (scores.scores[group, best] > 0)]
    for place in shown[: _CANDIDATES * count]:
        term = _pair_of(str(terms[place]), float(scores.usage[group, place]), pairs)
        if taken.isdisjoint(term.split()):
            chosen.append(term)
            taken.update(term.split())
        if len(chosen) == count:
            break
    return chosen


def _pair_of(word: str, share: float, share_of: dict[str, float]) -> str:
    """The best pair that holds the word and is nearly as frequent; else the word."""
    pairs = (
        term
        for term, found in share_of.items()
        if " " in term and word in term.split() and found >= _PART_OF_A_PAIR * share
    )
    return word if " " in word else next(pairs, word)
