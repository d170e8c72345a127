"""The embedded corpus into the raw store: generated anew, and put in the place of the last one."""

import hashlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from genai_session_analyzer.pipelines.ingestion.corpus.generator import corpus_batches
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.store.raw_store import (
    IngestedFile,
    RawParts,
    RawStore,
    StagedFile,
)
from genai_session_analyzer.pipelines.progress import Advance, progress
from genai_session_analyzer.schema.simulation import CORPUS_TRUTH
from genai_session_analyzer.schema.sources import RAW_GENERATIONS, REJECTED_ROWS

DATASET = "embedded"
SOURCE = "corpus"
ROW_SCHEMA: pa.Schema = RAW_GENERATIONS.ibis_schema().to_pyarrow()
REJECTED_SCHEMA: pa.Schema = REJECTED_ROWS.ibis_schema().to_pyarrow()
TRUTH_SCHEMA: pa.Schema = CORPUS_TRUTH.ibis_schema().to_pyarrow()
BATCHES_PER_GROUP = 8
"""Row groups of 131,072 rows: DuckDB reads a row group a thread."""


def ingest_corpus(
    parameters: CorpusParameters, seed: int, root: Path, *, repeats: bool = True
) -> RawParts:
    """Generates the corpus into the raw store; it replaces the one that was there.

    It is not judged row by row: the corpus is ours, and a test holds it to the contract.

    Args:
        parameters: Its length and shape.
        seed: The same seed gives the same rows.
        root: The raw store's folder.
        repeats: Whether ideas are edited and asked for again.
    """
    described = f"{parameters.model_dump_json()} seed={seed} repeats={repeats}"
    sha256 = hashlib.sha256(described.encode()).hexdigest()
    store = RawStore.open(root, DATASET, SOURCE)
    store.repair()
    store.discard_staging()
    store.staging.mkdir(parents=True)
    staged = _staged(store.staging, sha256, parameters.generation_count)
    pq.write_table(REJECTED_SCHEMA.empty_table(), staged.rejected[0])
    batches = corpus_batches(parameters, seed, repeats=repeats)
    with progress("corpus: prompts", parameters.generation_count) as advance:
        _write(batches, staged, f"{DATASET}:{seed}:", advance)
    store.land([staged], is_replacement=True)
    store.discard_staging()
    return store.parts()


def corpus_truth(root: Path) -> list[str]:
    """Paths of the parts of `corpus_truth`: what the corpus in the store meant by its prompts.

    Args:
        root: The raw store's folder; it holds a corpus.
    """
    return RawStore.open(root, DATASET, SOURCE).paths("truth")


def no_corpus_truth(root: Path) -> list[str]:
    """Path of an empty part: nobody knows what the prompts of other sources mean."""
    path = root / "no_corpus_truth.parquet"
    if not path.exists():
        pq.write_table(TRUTH_SCHEMA.empty_table(), path)
    return [str(path)]


def _staged(folder: Path, sha256: str, row_count: int) -> StagedFile:
    file_id = sha256[:16]
    entry = IngestedFile(
        file_id=file_id,
        dataset=DATASET,
        source=SOURCE,
        sha256=sha256,
        mapping_hash=DATASET,
        rows_in=row_count,
        accepted_rows=row_count,
        rejected_rows=0,
        duplicate_rows=0,
    )
    accepted, rejected, truth = (
        folder / f"{file_id}-{kind}-00000.parquet" for kind in ("accepted", "rejected", "truth")
    )
    return StagedFile(entry, (accepted,), (rejected,), (truth,))


def _write(
    batches: Iterator[pa.RecordBatch], staged: StagedFile, id_prefix: str, advance: Advance
) -> None:
    first_row = 1
    with (
        pq.ParquetWriter(staged.accepted[0], ROW_SCHEMA, compression="snappy") as writer,
        pq.ParquetWriter(staged.truth[0], TRUTH_SCHEMA, compression="snappy") as truth_writer,
    ):
        while group := list(islice(batches, BATCHES_PER_GROUP)):
            corpus = pa.Table.from_batches(group)
            rows = _as_raw(corpus, first_row, id_prefix)
            writer.write_table(rows, row_group_size=rows.num_rows or 1)
            meant = corpus.select(TRUTH_SCHEMA.names[1:]).add_column(0, "raw_id", rows["raw_id"])
            truth_writer.write_table(meant.cast(TRUTH_SCHEMA), row_group_size=rows.num_rows or 1)
            first_row += rows.num_rows
            advance(rows.num_rows)


def _as_raw(corpus: pa.Table, first_row: int, id_prefix: str) -> pa.Table:
    """Corpus rows as `raw_generations`; what the generator had in mind is left behind."""
    rows = pa.array(np.arange(first_row, first_row + corpus.num_rows))
    own = {
        "raw_id": rows,
        "generation_id": pc.binary_join_element_wise(id_prefix, rows.cast(pa.string()), ""),
        "dataset": pa.repeat(DATASET, corpus.num_rows),
        "source": pa.repeat(SOURCE, corpus.num_rows),
        "source_row": rows,
    }
    known = {**{name: corpus[name] for name in corpus.column_names}, **own}
    columns = [
        known[field.name] if field.name in known else pa.nulls(corpus.num_rows, field.type)
        for field in ROW_SCHEMA
    ]
    return pa.Table.from_arrays(columns, schema=ROW_SCHEMA)
