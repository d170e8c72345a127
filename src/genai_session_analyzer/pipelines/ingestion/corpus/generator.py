"""The embedded corpus: text-to-image prompts from our own vocabulary, seeded, in batches.

Each block of `BLOCK_ROWS` rows has a generator of its own, keyed by seed and block, so the first
rows of a corpus are the same however long it is and however its batches are read.
"""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.ingestion.corpus.columns import meaning_columns, prompt_column
from genai_session_analyzer.pipelines.ingestion.corpus.decks import DECK_SIZE
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.corpus.pieces import FLAW_COUNT
from genai_session_analyzer.pipelines.ingestion.corpus.settings import settings_columns
from genai_session_analyzer.pipelines.ingestion.corpus.tables import compile_tables
from genai_session_analyzer.pipelines.ingestion.corpus.templates import SLOT_COUNT
from genai_session_analyzer.pipelines.ingestion.corpus.threads import (
    COLUMN_COUNT,
    count_first_parts,
    draw_edits,
    draw_threads,
    settle,
)

__all__ = ["BLOCK_ROWS", "CORPUS_SCHEMA", "CorpusParameters", "corpus_batches"]

BLOCK_ROWS = 16_384
"""Rows of a block. Part of the definition of the corpus: changing it changes every row."""
_STREAM = 0x636F7270
"""Keeps the corpus apart from other users of the same seed ("corp" in ASCII)."""
_MEANING = pa.dictionary(pa.int8(), pa.string())

CORPUS_SCHEMA = pa.schema(
    [
        ("prompt_text", pa.string()),
        ("thread_id", pa.int64()),
        ("sampler", pa.string()),
        ("steps", pa.int32()),
        ("cfg_scale", pa.float64()),
        ("width", pa.int32()),
        ("height", pa.int32()),
        ("seed", pa.int64()),
        ("image_count", pa.int32()),
        ("meant_domain", _MEANING),
        ("meant_art_style", _MEANING),
        ("meant_mood", _MEANING),
    ]
)
"""One row per generation, in the order asked for, no nulls.

`thread_id` is the number of the thread's first row; width and height are pixels; `meant_*` is what
the generator had in mind (style "unknown" and mood "neutral" where the prompt names none).
"""


def corpus_batches(
    parameters: CorpusParameters, seed: int, *, repeats: bool = True
) -> Iterator[pa.RecordBatch]:
    """Generates the corpus.

    Args:
        parameters: Its length and shape.
        seed: Not negative; the same seed gives the same bytes.
        repeats: Whether ideas are edited and re-rolled. Without, every row is an idea of its own
            with at least one detail, so that prompts practically never repeat.

    Yields:
        Batches of `CORPUS_SCHEMA`, at most `BLOCK_ROWS` rows each, `generation_count` in all.

    Raises:
        ValueError: The seed is negative.
    """
    if not repeats:
        shape = {"reroll_share": 0.0, "edit_share": 0.0, "fewest_details": 1}
        parameters = parameters.model_copy(update=shape)
    for block, first_row in enumerate(range(0, parameters.generation_count, BLOCK_ROWS)):
        key = np.random.SeedSequence(seed, spawn_key=(_STREAM, block))
        batch = _block(np.random.Generator(np.random.PCG64(key)), first_row, parameters)
        yield batch.slice(0, parameters.generation_count - first_row)


def _block(
    rng: np.random.Generator, first_row: int, parameters: CorpusParameters
) -> pa.RecordBatch:
    """`BLOCK_ROWS` rows, the first of them being row `first_row` of the corpus."""
    tables = compile_tables()
    threads = draw_threads(rng, BLOCK_ROWS, parameters, tables)
    shape = (COLUMN_COUNT, BLOCK_ROWS)
    draws = rng.integers(0, DECK_SIZE * FLAW_COUNT, shape, dtype=np.uint16)
    first_parts = count_first_parts(rng, threads, draws, parameters.long_share, tables)
    swaps, parts = draw_edits(rng, threads, first_parts, parameters)
    settled = settle(rng, threads, draws, (swaps, parts), parameters.setting_change_share)
    columns = {
        "prompt_text": prompt_column(threads, settled, parts, tables),
        "thread_id": pa.array(threads.first_rows[threads.thread] + first_row),
        "seed": pa.array(rng.integers(0, 2**32, BLOCK_ROWS, dtype=np.int64)),
        **settings_columns(settled[SLOT_COUNT:] % DECK_SIZE),
        **meaning_columns(threads, settled, parts, tables),
    }
    return pa.record_batch([columns[name] for name in CORPUS_SCHEMA.names], schema=CORPUS_SCHEMA)
