"""Groups of prompts: planted ones are found, ids go on from run to run, threads do not matter."""

from itertools import permutations

import ibis
import numpy as np
import pyarrow as pa
import pytest
from cluster_rows import embeddings_table, joined, parameters, planted, sorted_prompts
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from genai_session_analyzer.errors import ModelError, SchemaError
from genai_session_analyzer.pipelines.enrichment.clusters.grouping import cluster_count
from genai_session_analyzer.pipelines.enrichment.clusters.groups import group_prompts
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import read_vectors
from genai_session_analyzer.pipelines.enrichment.clusters.stable_ids import (
    Assignment,
    nothing_before,
    with_stable_ids,
)

EIGHT = [number % 8 for number in range(640)]


def grouping(**values):
    return parameters(grouping=values).grouping


def grouped(prompts, previous=None, **values):
    return group_prompts(prompts, previous or nothing_before(), grouping(**values))


def id_of(assignment, truth, group):
    """The one id most of a planted group has."""
    ids, counts = np.unique(assignment.cluster_ids[truth == group], return_counts=True)
    assert counts.max() > 0.95 * counts.sum()
    return int(ids[counts.argmax()])


@pytest.mark.parametrize("sample_prompts", [20_000, 150])
def test_planted_clusters_are_found_at_once_and_streaming(sample_prompts):
    prompts, truth = planted(EIGHT)
    found = grouped(prompts, cluster_count=8, sample_prompts=sample_prompts)
    assert adjusted_rand_score(truth, found.cluster_ids) > 0.99


def test_density_finds_planted_clusters_without_being_told_how_many():
    prompts, truth = planted(EIGHT)
    found = grouped(prompts, algorithm="hdbscan")
    inside = found.cluster_ids >= 0
    assert inside.mean() > 0.9
    assert adjusted_rand_score(truth[inside], found.cluster_ids[inside]) > 0.95


def test_density_refuses_more_prompts_than_its_limit():
    prompts, _ = planted(EIGHT)
    with pytest.raises(ModelError, match=r"640 prompts.*hdbscan_max_prompts = 100.*kmeans"):
        grouped(prompts, algorithm="hdbscan", hdbscan_max_prompts=100)


def test_threads_and_the_order_of_rows_do_not_matter():
    vectors = np.random.default_rng(2).normal(size=(1500, 24))  # no clusters: all is a close call
    prompts = sorted_prompts([f"{number:05d}" for number in range(1500)], vectors)
    results = []
    for threads in (1, 2, 4):
        with threadpool_limits(threads):
            results.append(grouped(prompts, sample_prompts=700).cluster_ids)
    assert all(np.array_equal(results[0], each) for each in results)
    table = embeddings_table(prompts)
    shuffled = table.to_pyarrow().take(pa.array(np.random.default_rng(0).permutation(1500)))
    again = read_vectors(ibis.memtable(shuffled))
    assert np.array_equal(grouped(again, sample_prompts=700).cluster_ids, results[0])


@pytest.mark.parametrize("count", [0, 1, 2, 10])
def test_fewer_prompts_than_clusters(count):
    prompts, _ = planted(EIGHT[:count])
    found = grouped(prompts, cluster_count=50)
    assert len(found.cluster_ids) == count
    assert set(found.cluster_ids.tolist()) == set(range(found.next_id))
    assert found.next_id <= count


def test_equal_embeddings_are_one_cluster():
    vectors = np.repeat(np.eye(3), 20, axis=0)
    prompts = sorted_prompts([f"{number:03d}" for number in range(60)], vectors)
    assert len(set(grouped(prompts, cluster_count=10).cluster_ids.tolist())) == 3


@pytest.mark.parametrize(
    ("prompts", "previous", "expected"),
    [(0, 0, 0), (1, 0, 1), (5000, 0, 50), (5000, 55, 55), (5000, 70, 50), (10**6, 0, 200)],
)
def test_the_number_of_clusters_follows_the_prompts_but_not_each_day(prompts, previous, expected):
    assert cluster_count(grouping(), prompts, previous) == expected
    assert cluster_count(grouping(cluster_count=7), prompts, previous) == min(7, prompts)


def test_ids_stay_when_a_twentieth_of_the_prompts_is_new():
    old, truth = planted(EIGHT)
    new, new_truth = planted(EIGHT[:32], first=1000)
    before = grouped(old, cluster_count=8)
    after = grouped(joined(old, new), before, cluster_count=8)
    is_old = np.isin(after.prompt_ids.to_pylist(), old.ids.to_pylist())
    assert (after.cluster_ids[is_old] == before.cluster_ids).mean() > 0.99
    truth_of_new = dict(zip(new.ids.to_pylist(), new_truth, strict=True))
    for name, cluster_id in zip(after.prompt_ids.to_pylist(), after.cluster_ids, strict=True):
        if name in truth_of_new:
            assert cluster_id == id_of(before, truth, truth_of_new[name])
    assert after.next_id == before.next_id


def test_a_new_topic_gets_a_new_id_and_a_vanished_one_is_never_given_again():
    old, _ = planted(EIGHT)
    before = grouped(old, cluster_count=8)
    topic, _ = planted([9] * 80, first=2000)
    after = grouped(joined(old, topic), before, cluster_count=9)
    is_new = np.isin(after.prompt_ids.to_pylist(), topic.ids.to_pylist())
    assert set(after.cluster_ids[is_new].tolist()) == {8}
    assert np.array_equal(after.cluster_ids[~is_new], before.cluster_ids)

    without = grouped(old, after, cluster_count=8)  # the topic is gone
    assert 8 not in without.cluster_ids
    other, _ = planted([11] * 80, first=3000)
    later = grouped(joined(old, other), without, cluster_count=9)
    assert set(later.cluster_ids.tolist()) == {*range(8), 9}


def test_a_new_topic_wins_a_cluster_although_their_number_stays():
    old, _ = planted(EIGHT)
    before = grouped(old, cluster_count=8)
    topic, _ = planted([12] * 300, first=4000)
    both = joined(old, topic)
    after = grouped(both, before, cluster_count=8)
    is_new = np.isin(after.prompt_ids.to_pylist(), topic.ids.to_pylist())
    ids, counts = np.unique(after.cluster_ids[is_new], return_counts=True)
    assert counts.max() > 0.95 * counts.sum()
    assert ids[counts.argmax()] not in after.cluster_ids[~is_new]


def best_matching(old, new):
    """All ways to pair clusters, one after the other: the largest sum of overlaps."""
    old_ids, numbers = sorted(set(old)), sorted(set(new))
    members = lambda labels, value: {i for i, each in enumerate(labels) if each == value}  # noqa: E731
    overlap = {
        (a, b): len(members(old, a) & members(new, b)) / len(members(old, a) | members(new, b))
        for a in old_ids
        for b in numbers
    }
    return max(
        sum(overlap[a, b] for a, b in zip(old_ids, chosen, strict=False))
        for chosen in permutations(numbers, min(len(old_ids), len(numbers)))
    ), overlap


@pytest.mark.parametrize("seed", range(10))
def test_clusters_are_matched_as_by_trying_all_pairs(seed):
    random = np.random.default_rng(seed)
    old = random.integers(0, 4, size=60).astype(np.int32)
    new = np.where(random.random(60) < 0.6, (old + 1) % 4, random.integers(0, 4, size=60))
    new = new.astype(np.int32) + 10
    ids = pa.array([f"{number:02d}" for number in range(60)])
    matched = with_stable_ids(ids, new, Assignment(ids, old, 4), min_overlap=1e-9)
    total, overlap = best_matching(old.tolist(), new.tolist())
    pairs = {(int(a), int(b)) for a, b in zip(matched.cluster_ids, new, strict=True)}
    assert len(pairs) == 4
    assert sum(overlap[pair] for pair in pairs) == pytest.approx(total)


def test_too_small_an_overlap_is_no_match_and_larger_clusters_come_first():
    ids = pa.array([f"{number:02d}" for number in range(12)])
    old = np.array([0] * 6 + [1] * 6, dtype=np.int32)
    new = np.array([5, 5, 7, 7, 7, 7] * 2, dtype=np.int32)
    matched = with_stable_ids(ids, new, Assignment(ids, old, 2), min_overlap=0.9)
    assert matched.cluster_ids.tolist() == [3, 3, 2, 2, 2, 2] * 2
    assert matched.next_id == 4


def test_noise_stays_noise():
    ids = pa.array(["a", "b", "c"])
    labels = np.array([-1, 4, -1], dtype=np.int32)
    assert with_stable_ids(ids, labels, nothing_before(), 0.3).cluster_ids.tolist() == [-1, 0, -1]


def test_embeddings_come_by_id_from_memory_and_from_a_file_alike():
    prompts, _ = planted(EIGHT)
    table = embeddings_table(prompts)
    for rows_in_memory in (10_000, 10):
        read = read_vectors(table, rows_in_memory)
        assert read.ids.equals(prompts.ids)
        assert np.array_equal(read.vectors, prompts.vectors)
        assert (read.model, read.revision) == ("made", "1")


def test_embeddings_of_two_models_are_refused():
    backend = ibis.duckdb.connect()
    prompts, _ = planted(EIGHT[:5])
    one = embeddings_table(prompts, backend).to_pyarrow()
    two = embeddings_table(planted(EIGHT[:5], first=50)[0], backend, "other").to_pyarrow()
    with pytest.raises(SchemaError, match=r"made@1, other@1"):
        read_vectors(ibis.memtable(pa.concat_tables([one, two])))


def test_embeddings_of_two_lengths_are_refused():
    rows = [
        {"prompt_id": str(number), "embedding": [0.5] * number, "model": "m", "revision": "1"}
        for number in (1, 2)
    ]
    with pytest.raises(SchemaError, match=r"lengths \[1, 2\]"):
        read_vectors(ibis.memtable(pa.Table.from_pylist(rows)))


def test_a_sample_changes_little_when_prompts_arrive():
    old, _ = planted(EIGHT)
    new, _ = planted(EIGHT[:32], first=1000)
    both = joined(old, new)
    drawn = {old.ids[row].as_py() for row in old.sample_rows(300, seed=3)}
    drawn_later = {both.ids[row].as_py() for row in both.sample_rows(300, seed=3)}
    assert len(drawn) == len(drawn_later) == 300
    assert len(drawn & drawn_later) > 270
