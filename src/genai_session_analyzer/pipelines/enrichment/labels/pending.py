"""Texts and embeddings of the prompts that want a label, a stretch at a time."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

PROMPTS_IN_MEMORY = 50_000
"""Texts and embeddings held at once, some 90 MB."""


class EmbeddedPrompt(NamedTuple):
    """A prompt with its embedding; null where it has none."""

    prompt_id: str
    text: str
    embedding: NDArray[np.float32] | None


def pending_ids(dim_prompts: ir.Table, settled: set[str]) -> pa.Array:
    """Return the ids of the prompts that are not settled, ordered."""
    ids = dim_prompts.select("prompt_id").order_by("prompt_id").to_pyarrow()["prompt_id"]
    is_settled = pc.is_in(ids, value_set=pa.array(settled, pa.string()))
    return ids.filter(pc.invert(is_settled)).combine_chunks()


def embedded_prompts(
    dim_prompts: ir.Table, ftr_prompt_embeddings: ir.Table, prompt_ids: pa.Array, batch: int
) -> Iterator[Sequence[EmbeddedPrompt]]:
    """Yield the prompts in the order of their ids, whole batches at a time.

    Args:
        dim_prompts: Where the texts are.
        ftr_prompt_embeddings: Joined one-to-one by prompt_id.
        prompt_ids: Ordered.
        batch: Prompts of a batch; a stretch ends where a batch does.
    """
    stretch = max(1, PROMPTS_IN_MEMORY // batch) * batch
    texts = dim_prompts.select("prompt_id", "prompt_text")
    vectors = ftr_prompt_embeddings.select("prompt_id", "embedding")
    for start in range(0, len(prompt_ids), stretch):
        names = ibis.memtable(pa.table({"prompt_id": prompt_ids.slice(start, stretch)}))
        wanted = texts.semi_join(names, "prompt_id").left_join(vectors, "prompt_id")
        rows = wanted.select("prompt_id", "prompt_text", "embedding").order_by("prompt_id")
        yield _as_prompts(rows.to_pyarrow().combine_chunks())


def _as_prompts(rows: pa.Table) -> list[EmbeddedPrompt]:
    has_vector = pc.is_valid(rows["embedding"]).to_pylist()
    embeddings = iter(_matrix(rows["embedding"].drop_null()))
    return [
        EmbeddedPrompt(prompt_id, text, next(embeddings) if has else None)
        for prompt_id, text, has in zip(
            rows["prompt_id"].to_pylist(), rows["prompt_text"].to_pylist(), has_vector, strict=True
        )
    ]


def _matrix(vectors: pa.ChunkedArray) -> NDArray[np.float32]:
    """Lists of equal length as rows."""
    if not len(vectors):
        return np.empty((0, 0), dtype=np.float32)
    flat = pa.concat_arrays([chunk.flatten() for chunk in vectors.chunks])
    numbers: NDArray[np.float32] = flat.to_numpy(zero_copy_only=False).astype(
        np.float32, copy=False
    )
    return numbers.reshape(len(vectors), -1)
