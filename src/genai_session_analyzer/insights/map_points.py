"""The prompts on the map: where each lies, what it is, what became of its generations."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from ibis.backends.duckdb import Backend

from genai_session_analyzer.insights.gallery_loading import NO_CLUSTER
from genai_session_analyzer.insights.gallery_rows import OUTCOMES, GalleryRows
from genai_session_analyzer.semantic.coded_column import Mask
from genai_session_analyzer.semantic.view_filters import ViewFilters

MOST_POINTS = 50_000
"""Points that a browser still moves without a stutter."""


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
    rows: GalleryRows,
    filters: ViewFilters,
    unsafe_from: float | None = None,
    most: int = MOST_POINTS,
) -> MapPoints:
    """Return the prompts with a generation that passes the filters, at most so many.

    A sample is the first in the order of prompt_id. Ids are made from a hash of the text, so they
    stand in no relation to anything else, and a smaller sample lies in the larger.

    Args:
        rows: Of a build.
        filters: What to keep; counts are of what passes.
        unsafe_from: Score of the service from which prompts and pictures are left out as unsafe,
            with what the labels call so; None: none is left out.
        most: Points returned at most.
    """
    passing = rows.passing(filters, unsafe_from, rows.prompts.is_placed)
    asked = np.flatnonzero(rows.asked(passing))
    drawn = asked[:most]
    if len(drawn):  # the prompts' numbers are in order: those up to the last drawn are drawn
        passing = passing[rows.generations.numbers[passing] <= drawn[-1]]
    table = rows.prompts.table.take(pa.array(drawn))
    for name, counts in _counts(rows, passing).items():
        table = table.append_column(name, pa.array(counts[drawn]))
    return MapPoints(table, len(asked))


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


def nearest_on_map(rows: GalleryRows, x: float, y: float) -> str | None:
    """Return the prompt_id of the prompt next to a place on the map; None on an empty map."""
    placed = np.flatnonzero(rows.prompts.is_placed)
    if not len(placed):
        return None
    table = rows.prompts.table
    across, up = (table[name].to_numpy()[placed] for name in ("x", "y"))
    nearest = placed[np.argmin((across - x) ** 2 + (up - y) ** 2)]
    return str(table["prompt_id"][int(nearest)].as_py())


def _counts(rows: GalleryRows, generations: np.ndarray) -> dict[str, np.ndarray]:
    """The measures per prompt of these generations, by name."""
    count = rows.prompts.table.num_rows
    numbers = rows.generations.numbers[generations]
    codes = rows.generations.columns["status"].codes[generations]
    counted: dict[str, Mask] = {name: rows.generations.outcomes[name][codes] for name in OUTCOMES}
    return {
        "generation_count": np.bincount(numbers, minlength=count),
        **{name: np.bincount(numbers[chosen], minlength=count) for name, chosen in counted.items()},
    }
