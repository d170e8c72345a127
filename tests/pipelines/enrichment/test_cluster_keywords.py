"""Keywords against c-TF-IDF written as loops, and the hierarchy of clusters."""

import math
import re
from itertools import pairwise

import numpy as np
import pytest
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

from genai_session_analyzer.pipelines.enrichment.clusters.hierarchy import parents_of
from genai_session_analyzer.pipelines.enrichment.clusters.keywords import (
    boosters,
    keywords,
    term_scores,
    words_of,
)

TEXTS = [
    "A castle and a dragon, highly detailed, artstation",
    "castle in the mist, highly detailed",
    "Dragon over the castle, highly detailed, by greg rutkowski",
    "a kitten with big paws, highly detailed, artstation",
    "kitten in a basket, highly detailed",
    "two kittens, paws up",
    "greg rutkowski, landscape, highly detailed",
    "landscape by greg rutkowski, river of the dark forest, artstation",
]
GROUPS = np.array([0, 0, 0, 1, 1, 1, 2, 2])


def terms_by_hand(text):
    terms = set()
    for phrase in re.split(r"[^a-z' -]", text.lower()):
        words = phrase.split()
        content = [place for place, word in enumerate(words) if is_content(word)]
        terms |= {words[place] for place in content}
        for first, second in pairwise(content):
            if second - first <= 3:
                terms.add(" ".join(words[first : second + 1]))
    return terms


def is_content(word):
    return len(word) > 1 and word not in ENGLISH_STOP_WORDS


def scores_by_hand(texts, groups, count):
    used = [terms_by_hand(text) for text in texts]
    all_terms = sorted(set().union(*used))
    mean = sum(map(len, used)) / count
    scores = {}
    for group in range(count):
        members = [terms for terms, each in zip(used, groups, strict=True) if each == group]
        for term in all_terms:
            share = sum(term in terms for terms in members) / len(members)
            frequency = sum(term in terms for terms in used)
            scores[group, term] = share * math.log(1 + mean / frequency)
    return all_terms, scores


def test_scores_equal_loops_over_the_prompts():
    words = words_of(TEXTS)
    found = term_scores(words, GROUPS, 3)
    terms, expected = scores_by_hand(TEXTS, GROUPS, 3)
    assert words.terms.tolist() == terms
    for (group, term), score in expected.items():
        assert found.scores[group, terms.index(term)] == pytest.approx(score), (group, term)


def best(count=3, booster_share=0.9):
    words = words_of(TEXTS)
    scores = term_scores(words, GROUPS, 3)
    return keywords(words, scores, boosters(words, scores, booster_share), count)


def test_what_all_clusters_say_is_no_keyword():
    castle, kitten, landscape = best()
    assert castle[0] == "castle"
    assert set(kitten[:2]) == {"kitten", "paws"}
    assert {"greg rutkowski", "landscape"} <= set(landscape)
    said = " ".join([*castle, *kitten, *landscape])
    assert "detailed" not in said
    assert "artstation" not in said


def test_without_the_rule_boosters_would_be_among_them():
    words = words_of(TEXTS)
    kept = keywords(words, term_scores(words, GROUPS, 3), np.zeros(len(words.terms), bool), 10)
    assert any("detailed" in term for term in kept[1])


def test_no_word_is_shown_twice():
    for terms in best(count=10):
        shown = " ".join(terms).split()
        assert len(shown) == len(set(shown))


def test_other_scripts_have_keywords_and_signs_have_none():
    words = words_of(["кошка на крыше", "кошка спит", "!!! 123 ;)", "the of and"])
    scores = term_scores(words, np.array([0, 0, 1, 1]), 2)
    russian, nothing = keywords(words, scores, boosters(words, scores, 0.9), 3)
    assert russian[0].startswith("кошка")
    assert nothing == []


def test_prompts_without_any_word_have_no_keywords():
    words = words_of(["!!!", "12 34"])
    scores = term_scores(words, np.array([0, 1]), 2)
    assert keywords(words, scores, boosters(words, scores, 0.5), 5) == [[], []]


def test_prompts_of_no_cluster_are_not_counted():
    words = words_of(TEXTS)
    some = term_scores(words, np.array([0, 0, 0, -1, -1, -1, 1, 1]), 2)
    assert some.usage[:, words.terms.tolist().index("kitten")].tolist() == [0, 0]


def unit(vectors):
    vectors = np.asarray(vectors, dtype=np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def test_parents_join_near_clusters_larger_ones_first():
    centroids = unit([[1, 0.1, 0], [0, 1, 0.1], [1, 0, 0.1], [0, 1, 0], [0.1, 1, 0]])
    parents = parents_of(centroids, np.array([10, 5, 10, 5, 5]), 2)
    assert parents.tolist() == [0, 1, 0, 1, 1]


@pytest.mark.parametrize("count", [0, 1, 3])
def test_few_clusters_have_no_parents(count):
    assert len(parents_of(unit(np.eye(3)[:count].reshape(count, 3)), np.ones(count), None)) == 0


def test_the_number_of_parents_is_the_square_root():
    centroids = unit(np.random.default_rng(0).normal(size=(50, 8)))
    parents = parents_of(centroids, np.ones(50, dtype=np.int64), None)
    assert set(parents.tolist()) == set(range(7))
