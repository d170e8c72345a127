"""Nearest vectors against a full sort."""

import numpy as np
import pytest

from genai_session_analyzer.embedding.similarity import nearest, overlap_at_k


def unit_vectors(count, seed, dimension=12):
    vectors = np.random.default_rng(seed).normal(size=(count, dimension)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.mark.parametrize(("queries", "vectors", "k"), [(5, 20, 3), (600, 40_000, 10), (3, 4, 10)])
def test_nearest_are_those_of_a_full_sort(queries, vectors, k):
    asked, all_of_them = unit_vectors(queries, 1), unit_vectors(vectors, 2)
    numbers, scores = nearest(asked, all_of_them, k)
    assert numbers.shape == scores.shape == (queries, min(k, vectors))
    for row in range(0, queries, 97):
        of_all = all_of_them @ asked[row]
        assert numbers[row].tolist() == np.argsort(-of_all)[:k].tolist()
        assert np.allclose(scores[row], of_all[numbers[row]], atol=1e-6)


def test_equals_come_by_number():
    one = unit_vectors(1, 3)
    numbers, _ = nearest(one, np.repeat(one, 4, axis=0), 4)
    assert numbers.tolist() == [[0, 1, 2, 3]]


@pytest.mark.parametrize(("queries", "vectors"), [(0, 5), (2, 0)])
def test_nothing_has_no_neighbours(queries, vectors):
    numbers, scores = nearest(unit_vectors(queries, 1), unit_vectors(vectors, 1), 3)
    assert numbers.shape == scores.shape == (queries, min(3, vectors))


def test_overlap_counts_shared_neighbours():
    reference = unit_vectors(50, 4)
    assert overlap_at_k(reference, reference.copy()) == 1
    other = unit_vectors(50, 5)
    shares = []
    for own in range(50):
        first, second = (
            [each for each in np.argsort(-(vectors @ vectors[own])) if each != own][:10]
            for vectors in (reference, other)
        )
        shares.append(len(set(first) & set(second)) / 10)
    assert overlap_at_k(reference, other) == pytest.approx(np.mean(shares))
    assert overlap_at_k(reference, other) < 0.5


def test_twins_are_neighbours_and_not_themselves():
    vectors = np.repeat(unit_vectors(3, 6), 2, axis=0)
    assert overlap_at_k(vectors, vectors, k=1) == 1
