"""The map: like prompts lie together, and prompts keep their place."""

import numpy as np
import pytest
from cluster_rows import joined, parameters, planted
from threadpoolctl import threadpool_limits

from genai_session_analyzer.pipelines.enrichment.clusters.projection import place_prompts
from genai_session_analyzer.pipelines.enrichment.clusters.quality import map_quality
from genai_session_analyzer.pipelines.enrichment.clusters.reduction import principal_components

EIGHT = [number % 8 for number in range(640)]


def placed(prompts, previous=None, **values):
    chosen = parameters(map=values).map
    components = principal_components(prompts, chosen.component_count)
    sample = prompts.sample_rows(chosen.fitted_prompts, chosen.seed)
    return place_prompts(prompts.ids, components, sample, previous, chosen)


def share_of_neighbours_of_the_same_group(positions, truth):
    distances = np.linalg.norm(positions[:, np.newaxis] - positions, axis=2)
    np.fill_diagonal(distances, np.inf)
    nearest = np.argsort(distances, axis=1)[:, :5]
    return (truth[nearest] == truth[:, np.newaxis]).mean()


@pytest.mark.parametrize("fitted_prompts", [20_000, 200])
def test_planted_groups_lie_together_fitted_or_put_among_their_nearest(fitted_prompts):
    prompts, truth = planted(EIGHT)
    places = placed(prompts, fitted_prompts=fitted_prompts)
    assert share_of_neighbours_of_the_same_group(places.positions, truth) > 0.98
    assert np.abs(places.positions).max() == pytest.approx(1)
    assert map_quality(prompts, places.positions, seed=0)["trustworthiness"] > 0.85


def test_random_places_have_a_poor_quality():
    prompts, _ = planted(EIGHT)
    positions = np.random.default_rng(0).uniform(-1, 1, size=(640, 2)).astype(np.float32)
    assert map_quality(prompts, positions, seed=0)["trustworthiness"] < 0.6


def test_the_map_is_the_same_every_time_on_any_number_of_threads():
    prompts, _ = planted(EIGHT, spread=0.3)
    maps = []
    for threads in (1, 4):
        with threadpool_limits(threads):
            maps.append(placed(prompts).positions)
    assert np.array_equal(maps[0], maps[1])


def test_prompts_keep_their_place_and_new_ones_go_among_their_like():
    old, _ = planted(EIGHT)
    new, _ = planted(EIGHT[:32], first=1000)
    both = joined(old, new)
    before = placed(old)
    after = placed(both, before)
    is_old = np.isin(both.ids.to_pylist(), old.ids.to_pylist())
    assert np.array_equal(after.positions[is_old], before.positions)
    truth = np.empty(len(both.ids), dtype=np.int64)
    by_id = dict(zip(old.ids.to_pylist(), planted(EIGHT)[1], strict=True))
    by_id |= dict(zip(new.ids.to_pylist(), planted(EIGHT[:32], first=1000)[1], strict=True))
    truth[:] = [by_id[name] for name in both.ids.to_pylist()]
    assert share_of_neighbours_of_the_same_group(after.positions, truth) > 0.98


def test_with_many_new_prompts_a_new_map_is_drawn():
    old, _ = planted(EIGHT[:100])
    both = joined(old, planted(EIGHT[:100], first=1000)[0])
    before = placed(old)
    after = placed(both, before)
    is_old = np.isin(both.ids.to_pylist(), old.ids.to_pylist())
    assert not np.array_equal(after.positions[is_old], before.positions)
    assert np.array_equal(after.positions, placed(both).positions)


@pytest.mark.parametrize("count", [0, 1, 2, 9, 10, 11])
def test_few_prompts_have_a_place_too(count):
    prompts, _ = planted(EIGHT[:count])
    positions = placed(prompts).positions
    assert positions.shape == (count, 2)
    assert np.isfinite(positions).all()
    assert (np.abs(positions) <= 1).all()


def test_components_are_those_of_a_singular_value_decomposition():
    prompts, _ = planted(EIGHT, spread=0.4)
    centred = prompts.vectors - prompts.vectors.mean(axis=0)
    _, lengths, axes = np.linalg.svd(centred.astype(np.float64), full_matrices=False)
    found = principal_components(prompts, 5)
    expected = centred @ axes[:5].T
    signs = np.sign((found * expected).sum(axis=0))
    assert np.allclose(found, expected * signs, atol=1e-4)
    assert lengths[0] > lengths[4]
