"""Vectors in the store of model results: float32, little endian, by the id of what was encoded."""

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.model_results import (
    Configuration,
    Outcome,
    Place,
    ResultStore,
    WorkCounts,
    counted,
    work_through,
)
from genai_session_analyzer.pipelines.progress import progress

Vectors = NDArray[np.float32]
Items = dict[str, str]
"""What is to be encoded, by its id: a thumbnail's path, or a text."""


class VectorBatch(NamedTuple):
    """Some vectors: ids and run ids of one length, vectors of shape (that length, dimension)."""

    ids: pa.Array
    vectors: Vectors
    run_ids: pa.Array


def encode_pending(
    items: Items,
    encode: Callable[[Sequence[str]], Sequence[bytes | Exception]],
    place: Place,
    batch_size: int,
) -> WorkCounts:
    """Encode what the store has no vector of, batch by batch, and keep each batch.

    Args:
        items: What there is.
        encode: Gives for each value its vector's bytes, or the error that kept it from having one.
        place: Where vectors go.
        batch_size: Items that a kill may lose.
    """
    settled = place.store.settled_ids(place.configuration)
    pending = [item for item in items.items() if item[0] not in settled]

    def compute(batch: Sequence[tuple[str, str]]) -> list[Outcome]:
        results = encode([value for _, value in batch])
        return [_outcome(key, result) for (key, _), result in zip(batch, results, strict=True)]

    doing = place.configuration.step.replace("_", " ").replace("embed", "embedding", 1)
    with progress(doing, len(pending)) as advance:
        work = partial(work_through, pending, compute, place, batch_size, advance)
        return counted(len(items) - len(pending), work)


def _outcome(key: str, result: bytes | Exception) -> Outcome:
    if isinstance(result, Exception):
        return Outcome(key, error=str(result))
    return Outcome(key, payload=result)


def read_vectors(
    store: ResultStore, configuration: Configuration, wanted: pa.Array
) -> Iterator[VectorBatch]:
    """Yield the vectors of the wanted ids that the store has, by id."""
    for batch in store.read(configuration):
        has_vector = pc.and_(
            pc.is_valid(batch["payload"]), pc.is_in(batch["content_id"], value_set=wanted)
        )
        kept = batch.filter(has_vector)
        if kept.num_rows:
            raw = b"".join(kept["payload"].to_pylist())
            vectors = np.frombuffer(raw, dtype="<f4").reshape(kept.num_rows, -1)
            yield VectorBatch(kept["content_id"], vectors, kept["run_id"])


def first_vectors(batches: Iterator[VectorBatch], count: int) -> tuple[list[str], Vectors]:
    """Return the first vectors and their ids; hashes as ids make them a random sample."""
    ids: list[str] = []
    blocks: list[Vectors] = []
    for batch in batches:
        left = count - len(ids)
        ids.extend(batch.ids.to_pylist()[:left])
        blocks.append(batch.vectors[:left])
        if len(ids) == count:
            break
    return ids, np.concatenate(blocks) if blocks else np.empty((0, 0), dtype=np.float32)
