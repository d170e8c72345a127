"""The prompts on the map: where each lies, what it is, what became of its generations."""

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
from ibis.backends.duckdb import Backend

from genai_session_analyzer.insights.prompt_sets import unsafe_prompts
from genai_session_analyzer.semantic.features import (
    FEATURE_COLUMNS,
    LABELLED_GENERATIONS,
    generations_with_features,
)
from genai_session_analyzer.semantic.measures import Filter

MOST_POINTS = 50_000
"""Points that a browser still moves without a stutter."""
SNIPPET_CHARACTERS = 90
NO_CLUSTER = -1
_MEASURES = ("generation_count", "known_status_count", "success_count", "failure_count")
_LABELS = ("cluster_id", "domain", "art_style", "mood")


@dataclass(frozen=True)
class MapPoints:
    """Prompts with a place on the map.

    Attributes:
        table: One row per prompt, in the order of prompt_id: prompt_id, x, y (about -1 to 1),
            cluster_id (-1 = in none), domain, art_style, mood, snippet (start of the prompt), and
            of its generations generation_count, known_status_count, success_count, failure_count.
        prompt_count: Prompts that pass the filters; more than rows where a sample was drawn.
    """

    table: pa.Table
    prompt_count: int

    @property
    def is_sample(self) -> bool:
        """Whether there are more prompts than points."""
        return bool(self.prompt_count > self.table.num_rows)


@dataclass(frozen=True)
class ClusterPlace:
    """A cluster of prompts: its title, and the median place of its prompts."""

    cluster_id: int
    parent_id: int
    title: str
    prompt_count: int
    x: float
    y: float


def prompt_map_points(
    backend: Backend,
    filters: Iterable[Filter] = (),
    unsafe_from: float | None = None,
    most: int = MOST_POINTS,
) -> MapPoints:
    """Return the prompts with a generation that passes the filters, at most so many.

    A sample is the first in the order of prompt_id. Ids are made from a hash of the text, so they
    stand in no relation to anything else, and a smaller sample lies in the larger.

    Args:
        backend: Of a published build.
        filters: Over the dimensions of labelled generations; counts are of what passes.
        unsafe_from: Score of the service from which prompts and pictures are left out as unsafe,
            with what the labels call so; None: none is left out.
        most: Points returned at most.
    """
    kept = tuple(filters)
    used = (*FEATURE_COLUMNS, *(each.dimension for each in kept))
    generations = generations_with_features(backend, used)
    per_prompt = LABELLED_GENERATIONS.aggregate(
        generations, ("prompt_id", *_LABELS), _MEASURES, kept
    )
    places = backend.table("ftr_prompt_clusters").select("prompt_id", "x", "y")
    if unsafe_from is not None:
        places = places.anti_join(unsafe_prompts(backend, unsafe_from), "prompt_id")
    placed = per_prompt.inner_join(places, "prompt_id")
    numbered = placed.mutate(prompt_count=placed.count().over())
    drawn = numbered.order_by("prompt_id").limit(most)
    texts = backend.table("dim_prompts").select("prompt_id", "prompt_text")
    told = drawn.inner_join(texts, "prompt_id").order_by("prompt_id")
    table = told.select(
        "prompt_id", "x", "y", "prompt_count", *_LABELS[1:], *_MEASURES,
        cluster_id=told.cluster_id.fill_null(NO_CLUSTER),
        snippet=told.prompt_text.left(SNIPPET_CHARACTERS),
    ).to_pyarrow()  # fmt: skip
    prompt_count = table["prompt_count"][0].as_py() if table.num_rows else 0
    return MapPoints(table.drop_columns("prompt_count"), prompt_count)


def cluster_places(backend: Backend) -> tuple[ClusterPlace, ...]:
    """Return the clusters that prompts belong to, largest first, each at its prompts' median."""
    prompts = backend.table("ftr_prompt_clusters")
    middles = prompts.group_by("cluster_id").aggregate(x=prompts.x.median(), y=prompts.y.median())
    clusters = backend.table("dim_clusters")
    clusters = clusters.filter(clusters.level == 1).select(
        "cluster_id", "title", "prompt_count", parent_id=clusters.parent_id.fill_null(NO_CLUSTER)
    )
    placed = clusters.inner_join(middles, "cluster_id")
    rows = placed.order_by([placed.prompt_count.desc(), "cluster_id"]).to_pyarrow().to_pylist()
    return tuple(ClusterPlace(**row) for row in rows)


def nearest_on_map(backend: Backend, x: float, y: float) -> str | None:
    """Return the prompt_id of the prompt next to a place on the map; None on an empty map."""
    prompts = backend.table("ftr_prompt_clusters")
    far = (prompts.x - x) * (prompts.x - x) + (prompts.y - y) * (prompts.y - y)
    nearest = prompts.select("prompt_id", far=far).order_by(["far", "prompt_id"]).limit(1)
    ids: list[str] = nearest.to_pyarrow()["prompt_id"].to_pylist()
    return ids[0] if ids else None
