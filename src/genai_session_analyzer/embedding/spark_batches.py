"""An encoder over a table on Spark: each worker encodes the Arrow batches it is handed."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from genai_session_analyzer.embedding.roles import TextEncoder

if TYPE_CHECKING:
    from pyspark.sql import DataFrame

EMBEDDED_ON_SPARK = "prompt_id string, embedding array<float>, model string, revision string"
"""Columns of the result in Spark's words."""
EMBEDDED = pa.schema(
    {
        "prompt_id": pa.string(),
        "embedding": pa.list_(pa.float32()),
        "model": pa.string(),
        "revision": pa.string(),
    }
)
"""The same for Arrow."""


def embed_on_spark(prompts: "DataFrame", encoder: TextEncoder) -> "DataFrame":
    """Return one row per prompt (key `prompt_id`): its embedding, the model and its revision.

    Nothing is computed until the result is read or written. The encoder travels to the workers
    pickled: one that holds a model should load it when it is first asked for, and keep it.

    Args:
        prompts: Columns prompt_id and prompt_text, both strings without nulls.
        encoder: Any `TextEncoder` that can be pickled.
    """

    def embed(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return embedded_batches(batches, encoder)

    return prompts.select("prompt_id", "prompt_text").mapInArrow(embed, EMBEDDED_ON_SPARK)


def embedded_batches(
    batches: Iterable[pa.RecordBatch], encoder: TextEncoder
) -> Iterator[pa.RecordBatch]:
    """Yield a batch with `EMBEDDED`'s columns for each batch of prompts, rows in their order."""
    for batch in batches:
        vectors = encoder.encode(batch.column("prompt_text").to_pylist())
        yield pa.RecordBatch.from_arrays(
            [
                batch.column("prompt_id").cast(pa.string()),
                _as_lists(pa.array(vectors.ravel()), batch.num_rows, encoder.dimension),
                pa.repeat(encoder.model, batch.num_rows),
                pa.repeat(encoder.revision, batch.num_rows),
            ],
            schema=EMBEDDED,
        )


def _as_lists(values: pa.Array, row_count: int, dimension: int) -> pa.ListArray:
    offsets = pa.array(np.arange(row_count + 1, dtype=np.int32) * dimension)
    return pa.ListArray.from_arrays(offsets, values)
