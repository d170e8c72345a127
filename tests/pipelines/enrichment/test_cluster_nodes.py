"""The nodes from embeddings to dim_clusters: consistent, kept, and idle where nothing is new."""

import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from cluster_rows import (
    CountingEncoder,
    RememberingTracker,
    embeddings_table,
    joined,
    parameters,
    planted,
    prompts_table,
    saved,
)

from genai_session_analyzer.errors import ResultStoreError, SchemaError
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.clusters.describing import (
    DIM_CLUSTERS,
    build_dim_clusters,
    embed_cluster_titles,
)
from genai_session_analyzer.pipelines.enrichment.clusters.nodes import (
    cluster_prompts,
    outline_clusters,
)
from genai_session_analyzer.pipelines.enrichment.clusters.titling import title_clusters

EIGHT = [number % 8 for number in range(320)]
CHOSEN = parameters(grouping={"cluster_count": 8}, description={"parent_count": 3})


@pytest.fixture
def store(tmp_path):
    with ResultStore(tmp_path / "results.db") as opened:
        yield opened


def clustered(prompts, store, tracker=None, chosen=CHOSEN):
    table = embeddings_table(prompts)
    return cluster_prompts(table, store, tracker or RememberingTracker(), chosen)


def outlined(prompts, groups, store, chosen=CHOSEN):
    backend = ibis.duckdb.connect()
    embeddings = embeddings_table(prompts, backend)
    texts = prompts_table(prompts, groups, backend)
    members, parents = cluster_prompts(embeddings, store, RememberingTracker(), chosen)
    clusters = saved("ftr_prompt_clusters", members, backend)
    return members, outline_clusters(clusters, parents, embeddings, texts, chosen)


def test_every_prompt_has_a_cluster_a_distance_a_place_and_its_run(store):
    prompts, _ = planted(EIGHT)
    tracker = RememberingTracker()
    members, parents = clustered(prompts, store, tracker)
    assert members["prompt_id"].combine_chunks().equals(prompts.ids)
    assert set(members["cluster_id"].to_pylist()) == set(range(8))
    assert pc.max(members["distance"]).as_py() < 0.2
    assert np.abs(np.column_stack([members["x"], members["y"]])).max() <= 1
    (run,) = tracker.runs["cluster_prompts"]
    assert set(members["mlflow_run_id"].to_pylist()) == {run.run_id}
    assert run.parameters["model"] == "made"
    assert run.datasets[0].row_count == len(prompts.ids)
    assert run.metrics["silhouette"] > 0.8
    assert run.metrics["coherence"] > 0.95
    assert {"trustworthiness", "noise_share", "cluster_count", "seconds"} <= set(run.metrics)
    assert parents["cluster_id"].to_pylist() == list(range(8))
    assert set(parents["parent_id"].to_pylist()) == {8, 9, 10}


def test_distance_is_one_minus_the_cosine_to_the_mean(store):
    prompts, _ = planted(EIGHT, spread=0.2)
    members, _ = clustered(prompts, store)
    labels = members["cluster_id"].to_numpy()
    for cluster_id in range(8):
        mean = prompts.vectors[labels == cluster_id].mean(axis=0)
        cosines = prompts.vectors[labels == cluster_id] @ mean / np.linalg.norm(mean)
        found = members["distance"].to_numpy()[labels == cluster_id]
        assert np.allclose(found, 1 - cosines, atol=1e-5)


def test_with_nothing_new_nothing_is_fitted_and_all_is_as_before(store):
    prompts, _ = planted(EIGHT)
    tracker = RememberingTracker()
    first = clustered(prompts, store, tracker)
    again = clustered(prompts, store, tracker)
    assert all(one.equals(other) for one, other in zip(first, again, strict=True))
    old, new = tracker.runs["cluster_prompts"]
    assert (old.metrics["new"], new.metrics["new"]) == (320, 0)
    assert new.metrics["newly_placed"] == 0
    assert new.metrics["silhouette"] == old.metrics["silhouette"]
    assert set(again[0]["mlflow_run_id"].to_pylist()) == {old.run_id}


def test_other_clusters_do_not_draw_another_map(store):
    prompts, _ = planted(EIGHT)
    tracker = RememberingTracker()
    first, _ = clustered(prompts, store, tracker)
    coarse = parameters(grouping={"cluster_count": 5})
    second, _ = clustered(prompts, store, tracker, coarse)
    assert len(set(second["cluster_id"].to_pylist())) == 5
    assert second["x"].equals(first["x"])
    metrics = tracker.runs["cluster_prompts"][1].metrics
    assert (metrics["new"], metrics["newly_placed"]) == (320, 0)


def test_ids_of_both_levels_go_on_when_prompts_arrive_and_say_how_stable_they_are(store):
    old, _ = planted(EIGHT)
    tracker = RememberingTracker()
    before, parents_before = clustered(old, store, tracker)
    after, parents_after = clustered(joined(old, planted(EIGHT[:16], first=900)[0]), store, tracker)
    both = pc.is_in(after["prompt_id"], value_set=old.ids)
    assert after.filter(both)["cluster_id"].equals(before["cluster_id"])
    assert parents_after["parent_id"].equals(parents_before["parent_id"])
    metrics = tracker.runs["cluster_prompts"][1].metrics
    assert metrics["stability_ari"] == pytest.approx(1)
    assert metrics["kept_id_share"] == 1
    assert "stability_ari" not in tracker.runs["cluster_prompts"][0].metrics


def test_no_id_is_ever_of_both_levels_or_given_twice(store):
    old, _ = planted(EIGHT)
    first, first_parents = clustered(old, store)
    used = {*first["cluster_id"].to_pylist(), *first_parents["parent_id"].to_pylist()}
    other, _ = planted([number % 8 + 8 for number in range(320)], first=5000)
    second, second_parents = clustered(other, store)
    now = {*second["cluster_id"].to_pylist(), *second_parents["parent_id"].to_pylist()}
    assert len(used) == len(now) == 11
    assert used.isdisjoint(now)


class StoreThatDies(ResultStore):
    """Refuses the n-th batch, as a full disk would."""

    left = 0

    def keep(self, configuration, outcomes, run_id):
        if self.left == 0:
            raise ResultStoreError("the disk is full")
        self.left -= 1
        super().keep(configuration, outcomes, run_id)


@pytest.mark.parametrize("kept", [0, 1, 2, 3])
def test_stopped_anywhere_a_rerun_ends_as_if_nothing_had_happened(tmp_path, kept):
    first, _ = planted(EIGHT)
    second = joined(first, planted(EIGHT[:16], first=900)[0])
    with ResultStore(tmp_path / "whole.db") as store:
        clustered(first, store)
        whole = clustered(second, store)
    with ResultStore(tmp_path / "stopped.db") as store:
        clustered(first, store)
    dying = StoreThatDies(tmp_path / "stopped.db")
    dying.left = kept
    with dying, pytest.raises(ResultStoreError, match="full"):
        clustered(second, dying)
    with ResultStore(tmp_path / "stopped.db") as store:
        resumed = clustered(second, store)
        again = clustered(first, store)
    assert all(one.equals(other) for one, other in zip(whole, resumed, strict=True))
    assert again[0].num_rows == 320


@pytest.mark.parametrize("count", [0, 1, 2, 10])
def test_few_prompts_go_all_the_way(store, count):
    prompts, groups = planted(EIGHT[:count])
    members, clusters = outlined(prompts, groups, store)
    titles = title_clusters(clusters, None, store, RememberingTracker())
    vectors = embed_cluster_titles(titles, CountingEncoder(), store, RememberingTracker())
    described = build_dim_clusters(clusters, titles, vectors, usage_of([]))
    assert members.num_rows == count
    assert tuple(described.column_names) == DIM_CLUSTERS
    lower = described.filter(pc.equal(described["level"], 1))
    assert (pc.sum(lower["prompt_count"]).as_py() or 0) == count


def usage_of(rows):
    schema = pa.schema(
        {
            "cluster_id": pa.int32(),
            "generation_count": pa.int64(),
            "mean_friction_score": pa.float64(),
            "total_cost_credits": pa.float64(),
            "failure_rate": pa.float64(),
        }
    )
    return ibis.memtable(pa.Table.from_pylist(rows, schema=schema))


def test_the_outline_fits_together(store):
    prompts, groups = planted(EIGHT)
    members, clusters = outlined(prompts, groups, store)
    rows = {row["cluster_id"]: row for row in clusters.to_pylist()}
    lower = [row for row in rows.values() if row["level"] == 1]
    assert len(lower) == 8
    assert sum(row["prompt_count"] for row in lower) == 320
    for row in lower:
        parent = rows[row["parent_id"]]
        assert parent["level"] == 0
        assert parent["parent_id"] is None
        own = members.filter(pc.equal(members["cluster_id"], row["cluster_id"]))
        assert row["prompt_count"] == own.num_rows
        assert row["coherence"] == pytest.approx(1 - pc.mean(own["distance"]).as_py(), abs=1e-5)
        assert np.linalg.norm(row["centroid"]) == pytest.approx(1, abs=1e-5)
        assert set(row["nearest_prompt_ids"]) <= set(own["prompt_id"].to_pylist())
        assert set(row["near_cluster_ids"]) <= {each["cluster_id"] for each in lower}
        assert row["cluster_id"] not in row["near_cluster_ids"]
    for row in rows.values():
        children = [each for each in lower if each["parent_id"] == row["cluster_id"]]
        if row["level"] == 0:
            assert row["prompt_count"] == sum(each["prompt_count"] for each in children)


def test_nearest_prompts_are_near_and_differ(store):
    prompts, groups = planted(EIGHT, spread=0.15)
    chosen = parameters(
        grouping={"cluster_count": 8},
        description={"nearest_prompt_count": 3, "max_likeness": 0.8, "parent_count": 3},
    )
    members, clusters = outlined(prompts, groups, store, chosen)
    place = {name: row for row, name in enumerate(prompts.ids.to_pylist())}
    for row in clusters.to_pylist():
        vectors = prompts.vectors[[place[name] for name in row["nearest_prompt_ids"]]]
        alike = vectors @ vectors.T - np.eye(len(vectors))
        assert alike.max() <= 0.8
        cosines = vectors @ np.array(row["centroid"])
        assert (np.diff(cosines) <= 1e-6).all()
        if row["level"] == 1:
            own = members.filter(pc.equal(members["cluster_id"], row["cluster_id"]))
            assert cosines[0] == pytest.approx(1 - pc.min(own["distance"]).as_py(), abs=1e-5)


def test_keywords_are_the_words_of_the_planted_group(store):
    prompts, groups = planted(EIGHT)
    _, clusters = outlined(prompts, groups, store)
    said = {frozenset(row["keywords"][:3]) for row in clusters.to_pylist() if row["level"] == 1}
    assert len(said) == 8
    assert all("detailed" not in " ".join(words) for words in said)


def test_clusters_of_other_prompts_are_refused(store):
    backend = ibis.duckdb.connect()
    prompts, groups = planted(EIGHT[:20])
    members, parents = clustered(planted(EIGHT[:30])[0], store)
    table = saved("ftr_prompt_clusters", members, backend)
    embeddings = embeddings_table(prompts, backend)
    texts = prompts_table(prompts, groups, backend)
    with pytest.raises(SchemaError, match=r"30 prompts.*20.*cluster_prompts"):
        outline_clusters(table, parents, embeddings, texts, CHOSEN)


def test_what_happened_stands_beside_what_a_cluster_is_and_titles_are_embedded_once(store):
    prompts, groups = planted(EIGHT)
    _, clusters = outlined(prompts, groups, store)
    titles = title_clusters(clusters, None, store, RememberingTracker())
    encoder, tracker = CountingEncoder(), RememberingTracker()
    vectors = embed_cluster_titles(titles, encoder, store, tracker)
    assert encoder.encoded == len(set(titles["title"].to_pylist()))
    assert embed_cluster_titles(titles, encoder, store, tracker).equals(vectors)
    assert encoder.encoded == len(set(titles["title"].to_pylist()))
    assert tracker.runs["embed_cluster_titles"][1].metrics["new"] == 0
    usage = usage_of(
        [{"cluster_id": 3, "generation_count": 7, "failure_rate": 0.5, "total_cost_credits": 2.0}]
    )
    rows = build_dim_clusters(clusters, titles, vectors, usage).to_pylist()
    for row in rows:
        assert row["title_embedding"] == [len(row["title"]), 1, 0]
        known = row["cluster_id"] == 3
        assert row["generation_count"] == (7 if known else 0)
        assert row["failure_rate"] == (0.5 if known else None)
        assert row["mean_friction_score"] is None
