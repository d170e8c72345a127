"""The node that shows clusters: one page with the map, the hierarchy and a card per cluster."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.enrichment.clusters.outline import texts_of
from genai_session_analyzer.pipelines.enrichment.clusters.report_cards import (
    family_section,
    overview_table,
)
from genai_session_analyzer.pipelines.enrichment.clusters.report_map import (
    MapLabel,
    map_svg,
    points_picture,
)
from genai_session_analyzer.pipelines.enrichment.clusters.report_page import page
from genai_session_analyzer.pipelines.enrichment.tracking import Tracker

Cluster = Mapping[str, Any]


def report_clusters(
    dim_clusters: ir.Table, ftr_prompt_clusters: ir.Table, dim_prompts: ir.Table, tracker: Tracker
) -> str:
    """Return the cluster report as one HTML page that needs nothing else.

    Also an artifact, `clusters.html`, of the run `report_clusters`.

    Args:
        dim_clusters: One row per cluster of either level.
        ftr_prompt_clusters: One row per prompt: its cluster and place.
        dim_prompts: The prompts' texts.
        tracker: Opens the run.
    """
    with tracker.step("report_clusters") as run:
        clusters = dim_clusters.drop("centroid", "title_embedding").to_pyarrow().to_pylist()
        placed = ftr_prompt_clusters.select("cluster_id", "x", "y").to_pyarrow()
        nearest = {name for each in clusters for name in each["nearest_prompt_ids"]}
        texts = texts_of(dim_prompts, nearest)
        html = clusters_page(clusters, placed, texts)
        run.log_metrics({"clusters": float(len(clusters)), "bytes": float(len(html))})
        run.log_text(html, "clusters.html")
    return html


def clusters_page(clusters: Sequence[Cluster], placed: pa.Table, texts: Mapping[str, str]) -> str:
    """Return the page.

    Args:
        clusters: Rows of dim_clusters.
        placed: Columns cluster_id, x, y, one row per prompt.
        texts: Texts of the nearest prompts by id.
    """
    leaves = [each for each in clusters if each["level"] == 1]
    families = _families(clusters, leaves)
    number_of = {
        leaf["cluster_id"]: number
        for number, (_, members) in enumerate(families)
        for leaf in members
    }
    cluster_ids = placed["cluster_id"].to_numpy()
    positions = np.column_stack([placed["x"].to_numpy(), placed["y"].to_numpy()])
    picture = points_picture(positions, _numbers(cluster_ids, number_of))
    labels = _labels(leaves, cluster_ids, positions)
    noise = int((cluster_ids < 0).sum())
    largest = max((leaf["prompt_count"] for leaf in leaves), default=1)
    return page(
        facts=_facts(leaves, families, len(cluster_ids), noise),
        picture=map_svg(picture, labels),
        overview=overview_table(families, largest),
        families="".join(
            family_section(number, parent, members, texts)
            for number, (parent, members) in enumerate(families)
        ),
    )


def _families(
    clusters: Sequence[Cluster], leaves: Sequence[Cluster]
) -> list[tuple[Cluster | None, list[Cluster]]]:
    """Each parent with its clusters, larger ones first; one family where there are no parents."""
    by_size = sorted(leaves, key=lambda each: (-each["prompt_count"], each["cluster_id"]))
    parents = sorted(
        (each for each in clusters if each["level"] == 0),
        key=lambda each: (-each["prompt_count"], each["cluster_id"]),
    )
    if not parents:
        return [(None, by_size)] if by_size else []
    return [
        (parent, [leaf for leaf in by_size if leaf["parent_id"] == parent["cluster_id"]])
        for parent in parents
    ]


def _numbers(cluster_ids: Any, number_of: Mapping[int, int]) -> Any:
    if not number_of:
        return np.full(len(cluster_ids), -1, dtype=np.int64)
    known = np.array(sorted(number_of), dtype=np.int64)
    numbers = np.array([number_of[int(each)] for each in known], dtype=np.int64)
    places = np.searchsorted(known, cluster_ids).clip(max=len(known) - 1)
    return np.where(known[places] == cluster_ids, numbers[places], -1)


def _labels(leaves: Sequence[Cluster], cluster_ids: Any, positions: Any) -> list[MapLabel]:
    """Each cluster's title at the median place of its prompts."""
    order = np.argsort(cluster_ids, kind="stable")
    labels = []
    for leaf in leaves:
        bounds = [
            np.searchsorted(cluster_ids[order], leaf["cluster_id"], side=side)
            for side in ("left", "right")
        ]
        rows = order[bounds[0] : bounds[1]]
        if len(rows):
            x, y = np.median(positions[rows], axis=0)
            labels.append(MapLabel(leaf["title"], float(x), float(y), len(rows)))
    return labels


def _facts(
    leaves: Sequence[Cluster], families: Sequence[Any], prompts: int, noise: int
) -> list[tuple[str, str]]:
    inside = sum(leaf["prompt_count"] for leaf in leaves)
    coherence = sum(leaf["coherence"] * leaf["prompt_count"] for leaf in leaves) / max(inside, 1)
    facts = [
        ("prompts", f"{prompts:,}"),
        ("clusters", f"{len(leaves):,}"),
        ("groups of clusters", f"{sum(parent is not None for parent, _ in families):,}"),
        ("generations", f"{sum(leaf['generation_count'] for leaf in leaves):,}"),
    ]
    if leaves:
        facts.append(("mean coherence", f"{coherence:.2f}"))
    if noise:
        facts.append(("in no cluster", f"{noise / prompts:.0%}"))
    return [(escape(name), escape(value)) for name, value in facts]
