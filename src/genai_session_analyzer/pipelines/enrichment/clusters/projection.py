"""Places on a map: prompts that mean alike lie close together."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from genai_session_analyzer.pipelines.enrichment.clusters.layout import (
    FEWEST_PROMPTS,
    Layout,
    first_coordinates,
    laid_out,
    squared_distances,
)
from genai_session_analyzer.pipelines.enrichment.clusters.parameters import MapParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import Vectors

_GUIDES = 5
_ISLANDS = 0.3


@dataclass(frozen=True)
class Places:
    """Where prompts lie on a map, x and y from -1 to 1.

    Attributes:
        prompt_ids: Ascending.
        positions: Shape (prompts, 2).
    """

    prompt_ids: pa.Array
    positions: Vectors


def place_prompts(
    prompt_ids: pa.Array,
    components: Vectors,
    sample: NDArray[np.int64],
    previous: Places | None,
    parameters: MapParameters,
) -> Places:
    """Return a place for every prompt.

    An old map that knows all but `max_new_share` of the prompts is kept: new prompts are put among
    their nearest old ones. Else UMAP places the sampled prompts, and the others are put among
    their nearest sampled ones. Below 10 prompts the first two components are the map. One thread,
    whatever the machine has: sums in another order would be other places.

    Args:
        prompt_ids: Ascending.
        components: Principal components by prompt, shape (prompts, count).
        sample: Rows UMAP places, ascending.
        previous: The map of the run before, if any, of the same model and parameters.
        parameters: Of the map.
    """
    positions = np.zeros((len(prompt_ids), 2), dtype=np.float32)
    placed = np.zeros(len(prompt_ids), dtype=bool)
    if not len(prompt_ids):
        return Places(prompt_ids, positions)
    with threadpool_limits(1):
        old = _on_the_old_map(prompt_ids, previous)
        if len(old) and 1 - len(old) / len(prompt_ids) <= parameters.max_new_share:
            placed[old["row"]] = True
            positions[old["row"]] = old["position"]
            anchors = sample[placed[sample]] if placed[sample].any() else np.flatnonzero(placed)
        else:
            placed[sample] = True
            positions[sample] = _on_a_new_map(components[sample], parameters)
            anchors = sample
        rest = np.flatnonzero(~placed)
        positions[rest] = _among(components[rest], components[anchors], positions[anchors])
    return Places(prompt_ids, positions)


def _on_the_old_map(prompt_ids: pa.Array, previous: Places | None) -> NDArray[np.void]:
    """Rows of the prompts that have a place already, with it."""
    kind = np.dtype([("row", np.int64), ("position", np.float32, 2)])
    if previous is None:
        return np.empty(0, dtype=kind)
    places = pc.index_in(prompt_ids, value_set=previous.prompt_ids)
    rows = np.flatnonzero(pc.is_valid(places).to_numpy(zero_copy_only=False))
    found = np.empty(len(rows), dtype=kind)
    found["row"] = rows
    found["position"] = previous.positions[places.drop_null().to_numpy(zero_copy_only=False)]
    return found


def _on_a_new_map(components: Vectors, parameters: MapParameters) -> Vectors:
    if len(components) < FEWEST_PROMPTS:
        return _scaled(first_coordinates(components, 2))
    layout = Layout(2, parameters.min_distance, parameters.neighbour_count, parameters.seed)
    return _scaled(laid_out(components, layout))


def _scaled(positions: Vectors) -> Vectors:
    """Into -1 to 1, with far islands drawn in, or they would leave the rest a dot.

    Directions from the middle stay; beyond the distance that 95 % of the prompts keep within,
    distances grow with their logarithm.
    """
    offsets = positions - np.median(positions, axis=0)
    distances = np.linalg.norm(offsets, axis=1, keepdims=True)
    usual = max(float(np.quantile(distances, 0.95)), 1e-9)
    beyond = np.maximum(distances / usual, 1)
    drawn_in = offsets * (1 + _ISLANDS * np.log(beyond)) / beyond
    low, high = drawn_in.min(axis=0), drawn_in.max(axis=0)
    half = max(float((high - low).max()) / 2, 1e-9)
    return np.asarray(np.clip((drawn_in - (low + high) / 2) / half, -1, 1), dtype=np.float32)


def _among(vectors: Vectors, anchors: Vectors, positions: Vectors) -> Vectors:
    """The mean place of each vector's nearest anchors, nearer ones counting more."""
    found = np.empty((len(vectors), 2), dtype=np.float32)
    guides = min(_GUIDES, len(anchors))
    for rows, squares in squared_distances(vectors, anchors):
        near = np.argpartition(squares, guides - 1, axis=1)[:, :guides]
        closeness = 1 / (np.maximum(np.take_along_axis(squares, near, axis=1), 0) + 1e-6)
        weights = closeness / closeness.sum(axis=1, keepdims=True)
        found[rows] = (positions[near] * weights[..., np.newaxis]).sum(axis=1)
    return found
