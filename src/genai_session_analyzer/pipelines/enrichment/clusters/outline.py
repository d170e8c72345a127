"""What a level of clusters is made of: sizes, middles, words, nearest prompts, neighbours."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.centres import (
    Centres,
    centres,
    nearest_rows,
)
from genai_session_analyzer.pipelines.enrichment.clusters.keywords import (
    boosters,
    keywords,
    term_scores,
    words_of,
)
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import DescriptionParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import PromptVectors

STG_CLUSTERS = pa.schema(
    {
        "cluster_id": pa.int32(),
        "parent_id": pa.int32(),
        "level": pa.int32(),
        "keywords": pa.list_(pa.string()),
        "prompt_count": pa.int64(),
        "coherence": pa.float64(),
        "nearest_prompt_ids": pa.list_(pa.string()),
        "nearest_prompts": pa.list_(pa.string()),
        "near_cluster_ids": pa.list_(pa.int32()),
        "centroid": pa.list_(pa.float32()),
        "mlflow_run_id": pa.string(),
    }
)
"""One row per cluster of either level, without its title and what it costs."""
_SAMPLED_TEXTS_SEED = 0


@dataclass(frozen=True)
class Level:
    """The clusters of one level.

    Attributes:
        number: 0 for parents, 1 for the clusters prompts are in.
        ids: Ids of the clusters, ascending.
        groups: Place in `ids` of each prompt's cluster; -1 for none.
    """

    number: int
    ids: NDArray[np.int32]
    groups: NDArray[np.int64]


def level_of(number: int, cluster_ids: NDArray[np.int32]) -> Level:
    """Return the level of these clusters by prompt; negative ids are none."""
    ids = np.unique(cluster_ids[cluster_ids >= 0])
    groups = np.where(cluster_ids >= 0, np.searchsorted(ids, cluster_ids), -1)
    return Level(number, ids, groups)


@dataclass(frozen=True)
class Source:
    """What is described, and how.

    Attributes:
        prompts: All prompts.
        dim_prompts: Their texts: columns prompt_id, prompt_text.
        parameters: How many keywords, prompts and neighbours.
    """

    prompts: PromptVectors
    dim_prompts: ir.Table
    parameters: DescriptionParameters


def outlined(source: Source, levels: Sequence[Level]) -> pa.Table:
    """Return `STG_CLUSTERS` for these levels, parent_id and mlflow_run_id null.

    Args:
        source: The prompts.
        levels: Their clusters; terms that say nothing about those of the last level are keywords
            of none.
    """
    tables = [
        _outline(source, level, words)
        for level, words in zip(levels, _keywords(source, levels), strict=True)
    ]
    return pa.concat_tables(tables)


def _outline(source: Source, level: Level, words: list[list[str]]) -> pa.Table:
    if not len(level.ids):
        return STG_CLUSTERS.empty_table()
    middles = centres(source.prompts, level.groups, len(level.ids))
    nearest = _nearest(source, level, middles)
    names = [source.prompts.ids.take(pa.array(rows)).to_pylist() for rows in nearest]
    texts = texts_of(source.dim_prompts, {name for each in names for name in each})
    columns = {
        "cluster_id": level.ids,
        "parent_id": pa.nulls(len(level.ids), pa.int32()),
        "level": np.full(len(level.ids), level.number, dtype=np.int32),
        "keywords": words,
        "prompt_count": np.bincount(level.groups[level.groups >= 0], minlength=len(level.ids)),
        "coherence": middles.coherence,
        "nearest_prompt_ids": names,
        "nearest_prompts": [[texts[name] for name in each] for each in names],
        "near_cluster_ids": _near_clusters(middles, level, source.parameters.contrast_count),
        "centroid": list(middles.centroids),
        "mlflow_run_id": pa.nulls(len(level.ids), pa.string()),
    }
    arrays = [pa.array(columns[field.name], type=field.type) for field in STG_CLUSTERS]
    return pa.Table.from_arrays(arrays, schema=STG_CLUSTERS)


def texts_of(dim_prompts: ir.Table, prompt_ids: Collection[str]) -> dict[str, str]:
    """Return the texts of these prompts by id."""
    wanted = dim_prompts.filter(dim_prompts.prompt_id.isin(sorted(prompt_ids)))
    found = wanted.select("prompt_id", "prompt_text").to_pyarrow()
    return dict(zip(found["prompt_id"].to_pylist(), found["prompt_text"].to_pylist(), strict=True))


def _nearest(source: Source, level: Level, middles: Centres) -> list[list[int]]:
    order = np.argsort(level.groups, kind="stable")
    inside = order[np.searchsorted(level.groups[order], 0) :]
    ends = np.cumsum(np.bincount(level.groups[inside], minlength=len(level.ids)))[:-1]
    return [
        nearest_rows(source.prompts, middles.cosines, rows, source.parameters)
        for rows in np.split(inside, ends)
    ]


def _keywords(source: Source, levels: Sequence[Level]) -> list[list[list[str]]]:
    """Keywords of each level's clusters."""
    rows = source.prompts.sample_rows(source.parameters.read_prompts, _SAMPLED_TEXTS_SEED)
    words = words_of(_sampled_texts(source, rows))
    scores = [term_scores(words, level.groups[rows], max(len(level.ids), 1)) for level in levels]
    dropped = boosters(words, scores[-1], source.parameters.booster_share)
    count = source.parameters.keyword_count
    return [keywords(words, each, dropped, count) for each in scores]


def _sampled_texts(source: Source, rows: NDArray[np.int64]) -> list[str]:
    """Texts of these rows, in their order; all are read and the rest is let go, batch by batch."""
    wanted = source.prompts.ids.take(pa.array(rows))
    columns = source.dim_prompts.select("prompt_id", "prompt_text")
    found = [
        batch.filter(pc.is_in(batch.column("prompt_id"), value_set=wanted))
        for batch in columns.to_pyarrow_batches(chunk_size=50_000)
    ]
    read = pa.Table.from_batches(found, columns.schema().to_pyarrow())
    places = pc.index_in(wanted, value_set=read["prompt_id"].combine_chunks())
    return list(read["prompt_text"].take(places).to_pylist())


def _near_clusters(middles: Centres, level: Level, count: int) -> list[list[int]]:
    cosines = middles.centroids @ middles.centroids.T
    np.fill_diagonal(cosines, -np.inf)
    near = np.argsort(-cosines, axis=1, kind="stable")[:, : min(count, len(level.ids) - 1)]
    return [level.ids[row].tolist() for row in near]
