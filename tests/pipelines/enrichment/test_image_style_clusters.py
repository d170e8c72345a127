"""Clusters of style and the alignment check, against slower calculations."""

import numpy as np
import pytest
from sklearn.metrics import roc_auc_score

from genai_session_analyzer.pipelines.enrichment.images.alignment import check_alignment
from genai_session_analyzer.pipelines.enrichment.images.parameters import StyleParameters
from genai_session_analyzer.pipelines.enrichment.images.style_clusters import fit_style_clusters


def unit(vectors):
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def heaps(sizes, seed=0):
    """So many vectors around each of some directions, in shuffled order, with their heap."""
    rng = np.random.default_rng(seed)
    heap = np.repeat(np.arange(len(sizes)), sizes)
    vectors = np.eye(len(sizes), 12)[heap] + rng.normal(0, 0.05, (len(heap), 12))
    order = rng.permutation(len(heap))
    return unit(vectors)[order], heap[order]


PARAMETERS = StyleParameters(cluster_count=3, fit_count=1000, silhouette_count=1000)


def test_heaps_are_found_and_numbered_by_size():
    vectors, heap = heaps([10, 50, 30])
    found = fit_style_clusters(vectors, PARAMETERS)
    np.testing.assert_array_equal(found.assign(vectors), np.array([2, 0, 1])[heap])
    assert found.silhouette > 0.7


def test_ids_do_not_depend_on_the_seed():
    vectors, _ = heaps([10, 50, 30])
    first = fit_style_clusters(vectors, PARAMETERS).assign(vectors)
    other = fit_style_clusters(vectors, PARAMETERS.model_copy(update={"seed": 9})).assign(vectors)
    np.testing.assert_array_equal(first, other)


def test_assigned_to_the_nearest_centre():
    vectors, _ = heaps([20, 20, 20], seed=4)
    found = fit_style_clusters(vectors, PARAMETERS)
    distances = [
        [np.linalg.norm(vector - centre) for centre in found.centres] for vector in vectors
    ]
    np.testing.assert_array_equal(found.assign(vectors), np.argmin(distances, axis=1))
    for number, rows in enumerate(found.nearest_to_centre(vectors, 5)):
        own = sorted(range(60), key=lambda at, n=number: distances[at][n])[:5]
        assert rows == own


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_images_than_clusters(count):
    vectors, _ = heaps([1, 1, 1])
    found = fit_style_clusters(vectors[:count], PARAMETERS)
    assert len(found.centres) == count
    assert found.silhouette is None
    assert len(set(found.assign(vectors[:count]))) == count if count else True


def test_auc_is_that_of_scikit_learn():
    rng = np.random.default_rng(1)
    texts = unit(rng.normal(size=(60, 8)))
    images = unit(texts + rng.normal(size=(60, 8)))
    prompts = [f"p{number}" for number in range(60)]
    check = check_alignment(images, texts, prompts, seed=5)
    order = np.random.default_rng(5).permutation(60)
    partner = np.empty(60, dtype=int)
    partner[order] = np.roll(order, -1)
    true = [float(images[at] @ texts[at]) for at in range(60)]
    shuffled = [float(images[at] @ texts[partner[at]]) for at in range(60)]
    expected = roc_auc_score([1] * 60 + [0] * 60, true + shuffled)
    assert check.auc == pytest.approx(expected, abs=1e-6)
    assert check.mean_shuffled == pytest.approx(np.mean(shuffled), abs=1e-6)


def test_shuffled_pairs_never_hold_the_images_own_prompt():
    texts = unit(np.eye(3))[[0, 0, 0, 0, 1, 2]]
    check = check_alignment(texts, texts, ["a", "a", "a", "a", "b", "c"], seed=0)
    assert (check.auc, check.mean_true, check.mean_shuffled) == (1, 1, 0)


def test_one_prompt_alone_cannot_be_checked():
    texts = unit(np.ones((4, 3)))
    assert check_alignment(texts, texts, ["a"] * 4, seed=0) is None
