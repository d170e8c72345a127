"""What happened to a cluster's prompts, against the same counted row by row."""

from collections import defaultdict

import ibis
import pyarrow as pa
import pytest
from cluster_rows import saved

import rows
from genai_session_analyzer.pipelines.enrichment.clusters.usage import measure_clusters

CLUSTER_OF = {"p1": 0, "p2": 0, "p3": 1, "p4": 2, "p5": -1}
PARENT_OF = {0: 7, 1: 7, 2: 8}
GENERATIONS = [
    # prompt, session, status, cost
    ("p1", "s1", "success", 1.0),
    ("p2", "s1", "timeout", 2.0),
    ("p1", "s2", None, None),
    ("p3", "s2", "success", 0.25),
    ("p3", "s1", "model_error", 0.5),
    ("p4", "s3", None, None),
    ("p5", "s1", "success", 9.0),
    (None, "s1", "success", 9.0),
]
FRICTION = {"s1": 40.0, "s2": 10.0, "s3": None}


def by_hand():
    found = defaultdict(list)
    for prompt, session, status, cost in GENERATIONS:
        cluster = CLUSTER_OF.get(prompt, -1)
        if cluster >= 0:
            found[cluster].append((session, status, cost))
            found[PARENT_OF[cluster]].append((session, status, cost))
    expected = {}
    for cluster, asked in found.items():
        known = [status for _, status, _ in asked if status is not None]
        costs = [cost for *_, cost in asked if cost is not None]
        scores = [FRICTION[name] for name in {each for each, *_ in asked} if FRICTION[name]]
        expected[cluster] = {
            "cluster_id": cluster,
            "generation_count": len(asked),
            "mean_friction_score": sum(scores) / len(scores) if scores else None,
            "total_cost_credits": sum(costs) if costs else None,
            "failure_rate": sum(s != "success" for s in known) / len(known) if known else None,
        }
    return expected


def measured():
    backend = ibis.duckdb.connect()
    generations = [
        rows.generation(n, prompt_id=prompt, session_id=session, status=status, cost_credits=cost)
        for n, (prompt, session, status, cost) in enumerate(GENERATIONS)
    ]
    sessions = [{"session_id": name, "friction_score": score} for name, score in FRICTION.items()]
    members = pa.table(
        {
            "prompt_id": list(CLUSTER_OF),
            "cluster_id": pa.array(CLUSTER_OF.values(), pa.int32()),
        }
    )
    parents = pa.table(
        {
            "cluster_id": pa.array(PARENT_OF, pa.int32()),
            "parent_id": pa.array(PARENT_OF.values(), pa.int32()),
        }
    )
    return measure_clusters(
        saved("ftr_prompt_clusters", members, backend),
        parents,
        rows.table("fct_generations", generations, backend),
        rows.table("fct_sessions", sessions, backend),
    )


def test_numbers_of_both_levels_equal_a_count_by_hand():
    found = {row["cluster_id"]: row for row in measured().to_pyarrow().to_pylist()}
    expected = by_hand()
    assert set(found) == set(expected) == {0, 1, 2, 7, 8}
    for cluster, row in expected.items():
        assert found[cluster] == pytest.approx(row), cluster


def test_a_parent_counts_a_session_once():
    found = {row["cluster_id"]: row for row in measured().to_pyarrow().to_pylist()}
    assert found[7]["mean_friction_score"] == pytest.approx((40 + 10) / 2)


def test_without_an_upper_level_there_are_the_lower_ones_only():
    table = measured()
    backend = table.get_backend()
    parents = pa.table(
        {"cluster_id": pa.array([0, 1, 2], pa.int32()), "parent_id": pa.nulls(3, pa.int32())}
    )
    alone = measure_clusters(
        backend.table("ftr_prompt_clusters"),
        parents,
        backend.table("fct_generations"),
        backend.table("fct_sessions"),
    )
    assert sorted(alone.to_pyarrow()["cluster_id"].to_pylist()) == [0, 1, 2]
