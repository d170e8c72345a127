"""The two indexes against cosines in double precision, sorted in full."""

import numpy as np
import pytest

from genai_session_analyzer.retrieval.quantised_index import quantised_index
from genai_session_analyzer.retrieval.vector_index import exact_index

COUNT, DIMENSION = 3000, 48


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def vectors():
    """Clustered, as real ones are; the last ten are those before them once more."""
    chance = np.random.default_rng(7)
    centres = chance.normal(size=(20, DIMENSION))
    drawn = centres[chance.integers(20, size=COUNT)] + 0.4 * chance.normal(size=(COUNT, DIMENSION))
    drawn[-10:] = drawn[-20:-10]
    return unit(drawn)


@pytest.fixture(scope="module", params=["exact", "quantised"])
def index(request, vectors):
    batches = iter(np.array_split(vectors, 7))
    if request.param == "exact":
        return exact_index(batches)
    return quantised_index(batches, COUNT)


def sorted_in_full(vectors, query, passing, k):
    cosines = vectors.astype(np.float64) @ query.astype(np.float64)
    order = sorted(np.flatnonzero(passing), key=lambda number: (-cosines[number], number))
    return [int(number) for number in order[:k]], cosines[order[:k]]


@pytest.mark.parametrize("share", [1.0, 0.5, 0.2, 0.05, 0.01])
@pytest.mark.parametrize("k", [1, 12, 200])
def test_the_nearest_of_those_that_pass(index, vectors, share, k):
    chance = np.random.default_rng(3)
    for query in unit(chance.normal(size=(20, DIMENSION)) + vectors[:20]):
        passing = chance.random(COUNT) < share
        numbers, cosines = index.nearest(query, passing, k)
        expected, exact = sorted_in_full(vectors, query, passing, k)
        assert len(numbers) == len(expected)
        assert passing[numbers].all()
        assert len(set(expected) - set(numbers.tolist())) <= 0.01 * k
        assert cosines == pytest.approx(exact, abs=1e-4)
        assert (np.diff(cosines) <= 0).all()


def test_equal_vectors_stand_in_the_order_of_their_numbers(index, vectors):
    numbers, cosines = index.nearest(vectors[-1], np.ones(COUNT, dtype=bool), 2)
    assert numbers.tolist() == [COUNT - 11, COUNT - 1]
    assert cosines == pytest.approx([1, 1], abs=1e-4)


def test_nothing_passes(index, vectors):
    numbers, cosines = index.nearest(vectors[0], np.zeros(COUNT, dtype=bool), 5)
    assert (len(numbers), len(cosines)) == (0, 0)


def test_a_vector_comes_back(index, vectors):
    for number in (0, 17, COUNT - 1):
        assert index.vector(number) == pytest.approx(vectors[number], abs=1e-4)


def test_vectors_of_few_large_numbers_keep_their_cosines():
    """One number far above the others takes the scale with it: the fine bytes make up for it."""
    chance = np.random.default_rng(5)
    spiky = chance.normal(size=(800, DIMENSION)) * 0.05
    spiky[np.arange(800), chance.integers(DIMENSION, size=800)] = 3
    spiky = unit(spiky)
    everything = np.ones(800, dtype=bool)
    numbers, cosines = quantised_index(iter([spiky]), 800).nearest(spiky[5], everything, 50)
    assert cosines == pytest.approx(spiky[numbers] @ spiky[5], abs=1e-4)
    assert numbers[0] == 5


def test_the_quantised_index_is_half_as_large(vectors):
    index = quantised_index(iter([vectors]), COUNT)
    size = index.coarse.nbytes + index.fine.nbytes + index.scales.nbytes
    assert size <= 0.55 * vectors.nbytes
