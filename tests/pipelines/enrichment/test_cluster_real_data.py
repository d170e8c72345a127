"""Real prompts all the way to the report; a day's prompts more keep the clusters' ids."""

import os
from pathlib import Path

import duckdb
import ibis
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from cluster_rows import (
    CountingEncoder,
    RememberingTracker,
    embeddings_table,
    parameters,
    saved,
    sorted_prompts,
)

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.clusters.describing import (
    build_dim_clusters,
    embed_cluster_titles,
)
from genai_session_analyzer.pipelines.enrichment.clusters.nodes import (
    cluster_prompts,
    outline_clusters,
)
from genai_session_analyzer.pipelines.enrichment.clusters.report import report_clusters
from genai_session_analyzer.pipelines.enrichment.clusters.titling import title_clusters

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif("GSA_REAL_DATA" not in os.environ, reason="GSA_REAL_DATA is not set"),
]
CHOSEN = parameters(grouping={"cluster_count": 30})


@pytest.fixture(scope="module")
def prompts():
    path = Path(os.environ["GSA_REAL_DATA"]) / "prompts" / "discord_jobs_small.parquet"
    found = duckdb.sql(
        "SELECT md5(prompt), any_value(prompt) FROM read_parquet($path) "
        "WHERE trim(prompt) <> '' GROUP BY ALL ORDER BY 1 LIMIT 2000",
        params={"path": str(path)},
    ).fetchall()
    return dict(found)


def embedded(prompts):
    vectors = HashEncoder().encode(list(prompts.values()))
    return sorted_prompts(list(prompts), vectors.astype(np.float64))


def test_real_prompts_become_clusters_that_last(prompts, tmp_path):
    backend = ibis.duckdb.connect()
    tracker = RememberingTracker()
    first = embedded(dict(list(prompts.items())[:1900]))
    with ResultStore(tmp_path / "results.db") as store:
        before, _ = cluster_prompts(embeddings_table(first), store, tracker, CHOSEN)
        embeddings = embeddings_table(embedded(prompts), backend)
        members, parents = cluster_prompts(embeddings, store, tracker, CHOSEN)
        both = members.filter(pc.is_in(members["prompt_id"], value_set=first.ids))
        kept = pc.equal(both["cluster_id"], before["cluster_id"])
        assert pc.mean(kept.cast("double")).as_py() > 0.8
        assert tracker.runs["cluster_prompts"][1].metrics["stability_ari"] > 0.7
        clusters = saved("ftr_prompt_clusters", members, backend)
        texts = {"prompt_id": list(prompts), "prompt_text": list(prompts.values())}
        dim_prompts = saved("dim_prompts", pa.table(texts), backend)
        outline = outline_clusters(clusters, parents, embeddings, dim_prompts, CHOSEN)
        titles = title_clusters(outline, None, store, tracker)
        vectors = embed_cluster_titles(titles, CountingEncoder(), store, tracker)
    described = build_dim_clusters(outline, titles, vectors, no_usage())
    assert all(row["keywords"] for row in described.to_pylist())
    page = report_clusters(
        saved("dim_clusters", described, backend), clusters, dim_prompts, tracker
    )
    assert len(page) > 50_000


def no_usage():
    numbers = {"mean_friction_score": pa.float64(), "failure_rate": pa.float64()}
    schema = {"cluster_id": pa.int32(), "generation_count": pa.int64(), **numbers}
    schema["total_cost_credits"] = pa.float64()
    return ibis.memtable(pa.schema(schema).empty_table())
