"""Reading the vectors of a build, and which encoder they come from."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.retrieval.quantised_index import quantised_index
from genai_session_analyzer.retrieval.vector_index import VectorIndex, Vectors, exact_index

_VECTORS_A_BATCH = 16_384
MOST_EXACT = 5_000
"""More vectors than that are quantised: NumPy's threads cost more than they save."""
Report = Callable[[int, int], None]
"""Told of progress: vectors read, vectors there are."""


@dataclass(frozen=True)
class EncoderName:
    """What made the vectors of a table."""

    model: str
    revision: str

    def __str__(self) -> str:
        return f"{self.model}@{self.revision}"


@dataclass(frozen=True)
class VectorColumn:
    """A column of vectors.

    Attributes:
        table: A features table with model and revision.
        key: Its key column.
        vector: Its column of vectors of one length.
        remedy: What to do where there are none, in one sentence.
    """

    table: ir.Table
    key: str
    vector: str
    remedy: str


def encoder_of(column: VectorColumn) -> EncoderName:
    """Return the encoder of the column's vectors.

    Raises:
        ModelError: There are no vectors, or those of several encoders.
    """
    found = column.table.select("model", "revision").distinct().to_pyarrow().to_pylist()
    name = column.table.get_name()
    if not found:
        raise ModelError(f"The build has no vectors in {name}. {column.remedy}")
    if len(found) > 1:
        names = ", ".join(sorted(f"{each['model']}@{each['revision']}" for each in found))
        raise ModelError(f"{name} holds vectors of several encoders ({names}). {column.remedy}")
    return EncoderName(**found[0])


def read_vectors(column: VectorColumn, report: Report) -> tuple[pa.Array, VectorIndex]:
    """Return the keys and the index of their vectors, in the order of the table."""
    total = int(column.table.count().to_pyarrow().as_py())
    keys: list[pa.Array] = []

    def blocks() -> Iterator[Vectors]:
        wanted = column.table.select(column.key, column.vector)
        for batch in wanted.to_pyarrow_batches(chunk_size=_VECTORS_A_BATCH):
            keys.append(batch.column(column.key))
            yield _as_matrix(batch.column(column.vector))
            report(sum(map(len, keys)), total)

    index: VectorIndex = (
        exact_index(blocks()) if total <= MOST_EXACT else quantised_index(blocks(), total)
    )
    return pa.concat_arrays(keys), index


def _as_matrix(vectors: pa.Array) -> NDArray[np.float32]:
    flat = vectors.flatten().to_numpy()
    return np.asarray(flat.reshape(len(vectors), -1), dtype=np.float32)
