"""Prompts with embeddings, a labelling of them, and an encoder that counts what it is asked."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from listed_runs import ListingTracker
from numpy.typing import NDArray

from genai_session_analyzer.embedding import HashEncoder
from genai_session_analyzer.model_results import ResultStore
from genai_session_analyzer.pipelines.enrichment.labels.nodes import (
    build_prompt_labeling,
    label_prompts,
)
from genai_session_analyzer.pipelines.enrichment.labels.parameters import LabelParameters

DIMENSION = 64
TEXTS = {
    "p0": "Donald Trump eating a hamburger",
    "p1": "watercolor of a calm lake at sunrise, soft lighting",
    "p2": "a robot in a neon city, octane render, 8 k",
    "p3": "photo of a cat",
    "p4": "!!!",
    "p5": "portrait of a sad old man, oil on canvas by rembrandt, candlelight",
}


class AnchorEncoder:
    """The hash encoder, counting the texts it is asked for."""

    model = "hash"
    revision = "1"
    dimension = DIMENSION

    def __init__(self) -> None:
        self.asked = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        return HashEncoder(dimension=DIMENSION).encode(texts)


class RememberingTracker(ListingTracker):
    """The listing tracker, which knows the run before."""

    def previous_metrics(self, name: str) -> Mapping[str, float]:
        earlier = [run for run in self.runs[:-1] if run.run_id.startswith(f"{name}-")]
        return earlier[-1].metrics if earlier else {}


def tables(texts: Mapping[str, str], without: Sequence[str] = ()) -> tuple[ir.Table, ir.Table]:
    """dim_prompts and ftr_prompt_embeddings of these prompts; some may lack an embedding."""
    backend = ibis.duckdb.connect()
    prompts = {
        "prompt_id": pa.array(texts, pa.string()),
        "prompt_text": pa.array(texts.values(), pa.string()),
    }
    embedded = [name for name in texts if name not in without]
    vectors = HashEncoder(dimension=DIMENSION).encode([texts[name] for name in embedded])
    values = pa.array(vectors.ravel(), pa.float32())
    embeddings = {
        "prompt_id": pa.array(embedded, pa.string()),
        "embedding": pa.FixedSizeListArray.from_arrays(values, DIMENSION),
    }
    return (
        backend.create_table("dim_prompts", pa.table(prompts)),
        backend.create_table("ftr_prompt_embeddings", pa.table(embeddings)),
    )


def parameters(**changes: object) -> LabelParameters:
    return LabelParameters.model_validate(
        {"nsfw_classifier": Path("does/not/exist.npz"), "batch_prompts": 2} | changes
    )


def labelled(
    texts: Mapping[str, str],
    store: ResultStore,
    tracker: ListingTracker,
    encoder: AnchorEncoder | None = None,
    without: Sequence[str] = (),
    **changes: object,
) -> pa.Table:
    """The rows of ftr_prompt_labels after one run."""
    labeling = build_prompt_labeling(encoder or AnchorEncoder(), parameters(**changes))
    return label_prompts(*tables(texts, without), labeling, store, tracker)
