"""Which prompts want embedding, in which order, and their texts a stretch at a time."""

import hashlib
from collections.abc import Iterator

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pyarrow.compute as pc

PROMPTS_IN_MEMORY = 65_536
"""Texts held at once, some 10 MB."""


def prompts_at_hand(dim_prompts: ir.Table) -> pa.Table:
    """Return prompt_id, char_count and token_count of every prompt, ordered by `prompt_id`."""
    columns = dim_prompts.select("prompt_id", "char_count", "token_count")
    return columns.order_by("prompt_id").to_pyarrow()


def pending_prompts(prompts: pa.Table, settled: set[str]) -> pa.Table:
    """Return the prompts that are not settled, short ones first, so that batches are even.

    The order depends on nothing else: a rerun cuts what is left into the same batches.
    """
    is_settled = pc.is_in(prompts["prompt_id"], value_set=pa.array(settled, pa.string()))
    pending = prompts.filter(pc.invert(is_settled))
    return pending.sort_by([("char_count", "ascending"), ("prompt_id", "ascending")])


def texts_in_stretches(
    dim_prompts: ir.Table, prompt_ids: pa.ChunkedArray, batch_prompts: int
) -> Iterator[list[tuple[str, str]]]:
    """Yield ids and texts of the prompts in the order given, whole batches at a time.

    Args:
        dim_prompts: Where the texts are.
        prompt_ids: Ids of prompts in it.
        batch_prompts: Prompts of a batch; a stretch ends where a batch does.
    """
    stretch = max(1, PROMPTS_IN_MEMORY // batch_prompts) * batch_prompts
    for start in range(0, len(prompt_ids), stretch):
        wanted = prompt_ids.slice(start, stretch)
        names = ibis.memtable(pa.table({"prompt_id": wanted}))
        found = dim_prompts.select("prompt_id", "prompt_text").semi_join(names, "prompt_id")
        rows = found.to_pyarrow()
        texts = rows["prompt_text"].take(pc.index_in(wanted, value_set=rows["prompt_id"]))
        yield list(zip(wanted.to_pylist(), texts.to_pylist(), strict=True))


def ids_digest(prompt_ids: pa.ChunkedArray) -> str:
    """Return the SHA-256 of the ids, one a line: equal for equal prompts in equal order."""
    digest = hashlib.sha256()
    for chunk in prompt_ids.chunks:
        lines = pc.binary_join_element_wise(chunk, "", "\n")
        digest.update("".join(lines.to_pylist()).encode())
    return digest.hexdigest()
