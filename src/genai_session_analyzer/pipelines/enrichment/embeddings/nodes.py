"""The step `embed_prompts`."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from genai_session_analyzer import __version__
from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.model_results import (
    Configuration,
    Outcome,
    Place,
    ResultStore,
    WorkCounts,
    counted,
    work_through,
)
from genai_session_analyzer.pipelines.enrichment.embeddings.embedding_rows import embedding_rows
from genai_session_analyzer.pipelines.enrichment.embeddings.parameters import EmbeddingParameters
from genai_session_analyzer.pipelines.enrichment.embeddings.pending_prompts import (
    ids_digest,
    pending_prompts,
    prompts_at_hand,
    texts_in_stretches,
)
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun, TrackedDataset, Tracker
from genai_session_analyzer.pipelines.progress import progress

STEP = "embed_prompts"
_FAILURES_SHOWN = 100


def embed_prompts(
    dim_prompts: ir.Table,
    text_encoder: TextEncoder,
    result_store: ResultStore,
    tracker: Tracker,
    embedding: EmbeddingParameters,
) -> pa.RecordBatchReader:
    """One row per prompt that has an embedding (key `prompt_id`): ftr_prompt_embeddings.

    Computes what the store does not hold yet for this model and revision, a batch a commit.

    Raises:
        ModelError: The model is missing or gives vectors of another shape.
        ResultStoreError: The store cannot be read or written.
    """
    configuration = embedding_configuration(text_encoder)
    with tracker.step(STEP) as run:
        prompts = prompts_at_hand(dim_prompts)
        prompt_ids = prompts["prompt_id"]
        _log_start(run, text_encoder, embedding, prompt_ids)
        pending = pending_prompts(prompts, result_store.settled_ids(configuration))
        stretches = texts_in_stretches(dim_prompts, pending["prompt_id"], embedding.batch_prompts)
        place = Place(result_store, configuration, run.run_id)

        def work() -> tuple[int, int]:
            """Return how many got a result, and how many failed."""
            compute = partial(_embed, encoder=text_encoder)
            with progress("embedding prompts", pending.num_rows) as advance:
                done = [
                    work_through(stretch, compute, place, embedding.batch_prompts, advance)
                    for stretch in stretches
                ]
            return sum(new for new, _ in done), sum(failed for _, failed in done)

        counts = counted(prompts.num_rows - pending.num_rows, work)
        rows = partial(
            embedding_rows, result_store, configuration, prompt_ids, text_encoder.dimension
        )
        _log_failures(run, result_store.failures(configuration), prompt_ids)
        _log_counts(run, counts, pending)
        if counts.new and prompts.num_rows <= embedding.max_artifact_rows:
            _log_embeddings(run, rows)
        return rows()


def embedding_configuration(encoder: TextEncoder) -> Configuration:
    """Return what a prompt's embedding depends on; the key of its results in the store."""
    return Configuration(STEP, encoder.model, encoder.revision, {"dimension": encoder.dimension})


def _embed(prompts: Sequence[tuple[str, str]], encoder: TextEncoder) -> list[Outcome]:
    """One outcome per prompt: its vector's bytes, or that the model gave no number."""
    vectors = encoder.encode([text for _, text in prompts])
    if vectors.shape != (len(prompts), encoder.dimension):
        raise ModelError(
            f"{encoder.model} gave vectors of shape {vectors.shape} for {len(prompts)} prompts, "
            f"expected {encoder.dimension} numbers each. Check the model's folder."
        )
    are_numbers = np.asarray(np.isfinite(vectors).all(axis=1))
    return [
        Outcome(prompt_id, payload=vector.tobytes())
        if is_number
        else Outcome(prompt_id, error="the vector holds what is no number")
        for (prompt_id, _), vector, is_number in zip(
            prompts, vectors.astype("<f4", copy=False), are_numbers, strict=True
        )
    ]


def _log_start(
    run: StepRun, encoder: TextEncoder, embedding: EmbeddingParameters, prompt_ids: pa.ChunkedArray
) -> None:
    run.log_parameters(
        {
            "model": encoder.model,
            "revision": encoder.revision,
            "dimension": encoder.dimension,
            "encoder": type(encoder).__name__,
            **embedding.model_dump(),
            "code_version": __version__,
        }
    )
    run.log_dataset(
        TrackedDataset("dim_prompts", "warehouse", len(prompt_ids), ids_digest(prompt_ids))
    )


def _log_counts(run: StepRun, counts: WorkCounts, pending: pa.Table) -> None:
    tokens = pc.sum(pending["token_count"], min_count=0).as_py()
    run.log_metrics(
        {
            **counts.as_metrics(),
            "tokens": tokens,
            "tokens_per_s": tokens / counts.seconds if counts.new else 0.0,
        }
    )


def _log_failures(run: StepRun, failures: pa.Table, prompt_ids: pa.ChunkedArray) -> None:
    """The share of prompts that have an embedding, and a sample of those that have none."""
    of_these = failures.filter(pc.is_in(failures["content_id"], value_set=prompt_ids))
    total = len(prompt_ids)
    run.log_metrics({"coverage": 1 - of_these.num_rows / total if total else 1.0})
    if of_these.num_rows:
        shown = pa.BufferOutputStream()
        pa_csv.write_csv(of_these.slice(0, _FAILURES_SHOWN), shown)
        run.log_text(shown.getvalue().to_pybytes().decode(), "failures.csv")


def _log_embeddings(run: StepRun, rows: Callable[[], pa.RecordBatchReader]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "embeddings.parquet"
        reader = rows()
        with pq.ParquetWriter(file, reader.schema) as writer:
            for batch in reader:
                writer.write_batch(batch)
        run.log_artifact(file)
