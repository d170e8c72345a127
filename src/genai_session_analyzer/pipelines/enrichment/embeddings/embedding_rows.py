"""Kept embeddings as rows of `ftr_prompt_embeddings`."""

from collections.abc import Iterator

import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.model_results import Configuration, ResultStore

BYTES_A_NUMBER = 4


def embedding_schema(dimension: int) -> pa.Schema:
    """Return the columns of `ftr_prompt_embeddings` for vectors of so many numbers."""
    return pa.schema(
        {
            "prompt_id": pa.string(),
            "embedding": pa.list_(pa.float32(), dimension),
            "model": pa.string(),
            "revision": pa.string(),
            "mlflow_run_id": pa.string(),
        }
    )


def embedding_rows(
    store: ResultStore, configuration: Configuration, prompt_ids: pa.ChunkedArray, dimension: int
) -> pa.RecordBatchReader:
    """Return one row per prompt that has an embedding (key `prompt_id`), ordered by it, streamed.

    Args:
        store: Where the embeddings are: float32, little-endian.
        configuration: The encoder's.
        prompt_ids: Only these prompts appear.
        dimension: Numbers of a vector.

    Raises:
        ResultStoreError: A kept embedding has another length.
    """
    wrong = store.payload_sizes(configuration) - {dimension * BYTES_A_NUMBER}
    if wrong:
        raise ResultStoreError(
            f"{store.path} holds embeddings of {configuration.model} with {sorted(wrong)} bytes, "
            f"expected {dimension * BYTES_A_NUMBER} ({dimension} numbers). Move the file away and "
            "run again: they are computed anew."
        )
    schema = embedding_schema(dimension)
    wanted = prompt_ids.combine_chunks()

    def batches() -> Iterator[pa.RecordBatch]:
        """Yield the stored vectors of the wanted prompts."""
        for results in store.read(configuration):
            is_shown = pc.and_(
                pc.is_in(results["content_id"], value_set=wanted), pc.is_valid(results["payload"])
            )
            yield _as_rows(results.filter(is_shown), configuration, schema)

    return pa.RecordBatchReader.from_batches(schema, batches())


def _as_rows(
    results: pa.RecordBatch, configuration: Configuration, schema: pa.Schema
) -> pa.RecordBatch:
    numbers = pa.py_buffer(b"".join(results["payload"].to_pylist()))
    dimension = schema.field("embedding").type.list_size
    values = pa.Array.from_buffers(pa.float32(), results.num_rows * dimension, [None, numbers])
    columns = [
        results["content_id"],
        pa.FixedSizeListArray.from_arrays(values, dimension),
        pa.repeat(configuration.model, results.num_rows),
        pa.repeat(configuration.revision, results.num_rows),
        results["run_id"],
    ]
    return pa.RecordBatch.from_arrays(columns, schema=schema)
