"""Embeddings of the warehouse as one matrix: in memory where it is small, else in a file."""

import hashlib
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.errors import ResultStoreError, SchemaError

Vectors = NDArray[np.float32]
ROWS_IN_MEMORY = 200_000
"""300 MB of 384 float32 each; more rows lie in a temporary file that the system pages in."""
_ROWS_A_BATCH = 16_384


@dataclass(frozen=True)
class PromptVectors:
    """Prompts in the order of their ids, and the model their embeddings come from.

    Attributes:
        ids: `prompt_id`, ascending.
        vectors: One row per id, unit length, float32; may lie on disk: read it in slices.
        model: Name of the model; empty where there are no prompts.
        revision: Its revision.
    """

    ids: pa.Array
    vectors: Vectors
    model: str
    revision: str

    @property
    def digest(self) -> str:
        """SHA-256 of model, revision and ids: equal for equal embeddings."""
        digest = hashlib.sha256(f"{self.model}\0{self.revision}\0".encode())
        for start in range(0, len(self.ids), _ROWS_A_BATCH):
            joined = "\n".join(self.ids[start : start + _ROWS_A_BATCH].to_pylist())
            digest.update(f"{joined}\n".encode())
        return digest.hexdigest()

    def batches(self) -> Iterator[tuple[slice, Vectors]]:
        """Yield which rows come next, and their vectors; all rows, in order."""
        for start in range(0, len(self.vectors), _ROWS_A_BATCH):
            rows = slice(start, start + _ROWS_A_BATCH)
            yield rows, np.asarray(self.vectors[rows])

    def sample_rows(self, count: int, seed: int) -> NDArray[np.int64]:
        """Return at most `count` row numbers, ascending.

        Each prompt is drawn by a hash of its id, so a few more prompts change a few of the drawn.
        """
        if len(self.ids) <= count:
            return np.arange(len(self.ids), dtype=np.int64)
        names = self.ids.to_numpy(zero_copy_only=False)
        hashes = pd.util.hash_array(names, hash_key=f"{seed:016d}", categorize=False)
        return np.sort(np.argsort(hashes, kind="stable")[:count])


def read_vectors(
    ftr_prompt_embeddings: ir.Table, rows_in_memory: int = ROWS_IN_MEMORY
) -> PromptVectors:
    """Return all embeddings, ordered by `prompt_id`.

    Args:
        ftr_prompt_embeddings: Columns prompt_id, embedding, model, revision; all embeddings of one
            model and revision.
        rows_in_memory: Above so many rows the matrix lies in a temporary file.

    Raises:
        SchemaError: Embeddings of several models, which cannot be compared, or none of one length.
        ResultStoreError: The temporary file cannot be written.
    """
    model, revision = _one_model(ftr_prompt_embeddings)
    ordered = ftr_prompt_embeddings.select("prompt_id", "embedding").order_by("prompt_id")
    ids: list[pa.Array] = []

    def matrices() -> Iterator[Vectors]:
        for batch in ordered.to_pyarrow_batches(chunk_size=_ROWS_A_BATCH):
            ids.append(batch.column("prompt_id").cast(pa.string()))
            yield as_matrix(batch.column("embedding"))

    row_count = int(ftr_prompt_embeddings.count().to_pyarrow().as_py())
    if row_count > rows_in_memory:
        vectors = _in_a_file(matrices(), row_count)
    else:
        read = [matrix for matrix in matrices() if len(matrix)]
        vectors = np.concatenate(read) if read else np.empty((0, 0), dtype=np.float32)
    return PromptVectors(
        pa.concat_arrays(ids or [pa.array([], pa.string())]), vectors, model, revision
    )


def as_matrix(column: pa.Array) -> Vectors:
    """Return an Arrow column of equally long lists as a matrix, without a copy where it can.

    Raises:
        SchemaError: The lists differ in length, or one is null.
    """
    if not len(column):
        return np.empty((0, 0), dtype=np.float32)
    values = column.flatten().to_numpy(zero_copy_only=False).astype(np.float32, copy=False)
    lengths = pc.unique(pc.list_value_length(column))
    if column.null_count or len(lengths) != 1:
        raise SchemaError(
            f"Embeddings of one length were expected, found lengths {sorted(lengths.to_pylist())} "
            f"and {column.null_count} nulls; run the step embed_prompts again."
        )
    return np.asarray(values.reshape(len(column), -1))


def _one_model(embeddings: ir.Table) -> tuple[str, str]:
    found = embeddings.select("model", "revision").distinct().limit(3).to_pyarrow().to_pylist()
    if len(found) > 1:
        names = ", ".join(sorted(f"{row['model']}@{row['revision']}" for row in found))
        raise SchemaError(
            f"ftr_prompt_embeddings holds embeddings of several models ({names}), which cannot be "
            "compared; run the step embed_prompts for one of them."
        )
    return (found[0]["model"], found[0]["revision"]) if found else ("", "")


def _in_a_file(matrices: Iterator[Vectors], row_count: int) -> Vectors:
    """Written, not mapped for writing: a full disk is then an error and no crash."""
    try:
        with tempfile.TemporaryFile(prefix="prompt_vectors_") as file:
            for matrix in matrices:
                file.write(np.ascontiguousarray(matrix).tobytes())
            file.flush()
            mapped = np.memmap(file, dtype=np.float32, mode="r")
    except OSError as problem:
        raise ResultStoreError(
            f"The temporary copy of {row_count:,} embeddings cannot be written: {problem}. "
            "Make room in the folder for temporary files (TMPDIR) and run again."
        ) from problem
    return mapped.reshape(row_count, -1)
