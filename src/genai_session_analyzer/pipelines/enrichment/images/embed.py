"""The third step: vectors of all images, clusters of style, and how images fit their prompts."""

import hashlib
import logging
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa

from genai_session_analyzer.embedding.image_roles import (
    ImageEncoder,
    ImageTextEncoder,
    why_no_alignment,
    with_texts,
)
from genai_session_analyzer.errors import ModelError, SourceError
from genai_session_analyzer.model_results import Configuration, Place, ResultStore, WorkCounts
from genai_session_analyzer.pipelines.enrichment.images.decoding import decode
from genai_session_analyzer.pipelines.enrichment.images.image_table import (
    ImageVectors,
    image_embedding_batches,
)
from genai_session_analyzer.pipelines.enrichment.images.make import CODE_VERSION, STG_IMAGES
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageParameters
from genai_session_analyzer.pipelines.enrichment.images.quality import log_quality
from genai_session_analyzer.pipelines.enrichment.images.thumbnails import ThumbnailFolder
from genai_session_analyzer.pipelines.enrichment.images.vectors import Vectors, encode_pending
from genai_session_analyzer.pipelines.enrichment.tracking import (
    StepRun,
    TrackedDataset,
    Tracker,
)

if TYPE_CHECKING:
    from PIL.Image import Image

STEP, TEXT_STEP = "embed_images", "embed_image_texts"
_log = logging.getLogger(__name__)


def embed_images(
    stg_images: ir.Table,
    image_encoder: ImageEncoder,
    images: ImageParameters,
    result_store: ResultStore,
    tracker: Tracker,
) -> pa.RecordBatchReader:
    """Return one row per image (key `image_path`): ftr_image_embeddings.

    Images are encoded from their thumbnails, each content once. Where the encoder takes texts,
    each prompt is encoded too, and alignment_score is the cosine of the two; where it does not,
    both are null, and the log, the tracked run and the column's description say why.

    Raises:
        ModelError: The encoder's model is missing or damaged.
        ResultStoreError: The store cannot be read or written.
    """
    rows = stg_images.select(*STG_IMAGES.names).order_by("image_path").to_pyarrow().cast(STG_IMAGES)
    with tracker.step(STEP) as run:
        _log_inputs(run, rows, image_encoder, images)
        place = Place(result_store, image_configuration(image_encoder, images), run.run_id)
        counts = _encode_images(rows, image_encoder, images, place)
        text_place = _encode_texts(rows, image_encoder, images, place)
        run.log_metrics(counts.as_metrics())
        kept = ImageVectors.read(rows, place, text_place, images.style)
        log_quality(run, rows, kept, images)
    return pa.RecordBatchReader.from_batches(
        kept.schema, image_embedding_batches(rows, kept, image_encoder)
    )


def image_configuration(encoder: ImageEncoder, images: ImageParameters) -> Configuration:
    """Return what an image's vector depends on besides the image."""
    settings = {"thumbnails": images.thumbnails.digest_settings(), "code": CODE_VERSION}
    return Configuration(STEP, encoder.model, encoder.revision, settings)


def _encode_images(
    rows: pa.Table, encoder: ImageEncoder, images: ImageParameters, place: Place
) -> WorkCounts:
    paths = dict(
        zip(rows["content_id"].to_pylist(), rows["thumbnail_path"].to_pylist(), strict=True)
    )
    folder = ThumbnailFolder(images.thumbnails.root)
    encode = partial(_vectors_of_thumbnails, encoder, folder, images)
    return encode_pending(paths, encode, place, images.batch_size)


def _vectors_of_thumbnails(
    encoder: ImageEncoder, folder: ThumbnailFolder, images: ImageParameters, paths: Sequence[str]
) -> list[bytes | Exception]:
    results: dict[str, bytes | Exception] = {}
    pictures: dict[str, Image] = {}
    for path in paths:
        try:
            pictures[path] = decode(folder.read(path), images.source.limits)
        except SourceError as problem:
            results[path] = problem
    if not pictures:
        return [results[path] for path in paths]
    vectors = encoder.encode_images(list(pictures.values()))
    results |= {path: _bytes(vector) for path, vector in zip(pictures, vectors, strict=True)}
    return [results[path] for path in paths]


def _encode_texts(
    rows: pa.Table, encoder: ImageEncoder, images: ImageParameters, place: Place
) -> Place | None:
    """Where the texts' vectors are; None where the encoder takes no texts."""
    of_texts = with_texts(encoder)
    if of_texts is None:
        _log.info("%s", why_no_alignment(encoder))
        return None
    text_place = Place(
        place.store, Configuration(TEXT_STEP, encoder.model, encoder.revision), place.run_id
    )
    texts = dict(zip(rows["prompt_id"].to_pylist(), rows["prompt_text"].to_pylist(), strict=True))
    encode_pending(texts, partial(_vectors_of_texts, of_texts), text_place, images.batch_size)
    return text_place


def _vectors_of_texts(encoder: ImageTextEncoder, texts: Sequence[str]) -> list[bytes | Exception]:
    return [_bytes(vector) for vector in encoder.encode_texts(texts)]


def _bytes(vector: Vectors) -> bytes | Exception:
    if not np.isfinite(vector).all():
        return ModelError("the encoder gave a vector that is not finite")
    return np.asarray(vector, dtype="<f4").tobytes()


def _log_inputs(
    run: StepRun, rows: pa.Table, encoder: ImageEncoder, images: ImageParameters
) -> None:
    run.log_parameters(
        {
            "model": encoder.model,
            "revision": encoder.revision,
            "batch_size": images.batch_size,
            "code_version": CODE_VERSION,
            "style": images.style.model_dump(),
            "alignment": why_no_alignment(encoder) or "cosine of image and text",
        }
    )
    joined = "".join(rows["content_id"].to_pylist() + rows["prompt_id"].to_pylist())
    digest = hashlib.sha256(joined.encode()).hexdigest()
    run.log_dataset(TrackedDataset("stg_images", "warehouse", rows.num_rows, digest))
