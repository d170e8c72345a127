"""ftr_image_embeddings as Arrow batches, out of the store of model results."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.embedding.image_roles import ImageEncoder
from genai_session_analyzer.model_results import Place
from genai_session_analyzer.pipelines.enrichment.images.alignment import alignment_scores
from genai_session_analyzer.pipelines.enrichment.images.parameters import StyleParameters
from genai_session_analyzer.pipelines.enrichment.images.style_clusters import (
    StyleClusters,
    fit_style_clusters,
)
from genai_session_analyzer.pipelines.enrichment.images.vectors import (
    VectorBatch,
    Vectors,
    first_vectors,
    read_vectors,
)
from genai_session_analyzer.schema.features import FTR_IMAGE_EMBEDDINGS

IMAGE_EMBEDDINGS: pa.Schema = FTR_IMAGE_EMBEDDINGS.ibis_schema().to_pyarrow()
"""Columns of ftr_image_embeddings for Arrow."""


@dataclass(frozen=True)
class ImageVectors:
    """The vectors of one set of images: a sample of them at hand, all of them in the store.

    Attributes:
        place: Where the images' vectors are.
        sample_ids: Content ids of the sample.
        sample: Its vectors, in the same order.
        styles: Clusters fitted on the sample; none where there are no images.
        text_ids: The prompts' ids; empty where the encoder takes no texts.
        texts: Their vectors, in the same order.
    """

    place: Place
    sample_ids: list[str]
    sample: Vectors
    styles: StyleClusters
    text_ids: pa.Array
    texts: Vectors

    @property
    def schema(self) -> pa.Schema:
        """Columns of the table."""
        return IMAGE_EMBEDDINGS

    @classmethod
    def read(
        cls, rows: pa.Table, place: Place, text_place: Place | None, style: StyleParameters
    ) -> "ImageVectors":
        """Read a sample of the images' vectors and all of the prompts', and fit the clusters.

        Args:
            rows: stg_images.
            place: Where the images' vectors are.
            text_place: Where the prompts' vectors are; None = there are none.
            style: How many clusters, fitted on how many images.
        """
        wanted = rows["content_id"].unique()
        batches = read_vectors(place.store, place.configuration, wanted)
        ids, sample = first_vectors(batches, style.fit_count)
        text_ids, texts = _all_texts(rows, text_place)
        styles = fit_style_clusters(sample, style)
        return cls(place, ids, sample, styles, pa.array(text_ids, pa.string()), texts)


def _all_texts(rows: pa.Table, place: Place | None) -> tuple[list[str], Vectors]:
    if place is None:
        return [], np.empty((0, 0), dtype=np.float32)
    wanted = rows["prompt_id"].unique()
    batches = read_vectors(place.store, place.configuration, wanted)
    return first_vectors(batches, len(wanted))


def image_embedding_batches(
    rows: pa.Table, kept: ImageVectors, encoder: ImageEncoder
) -> Iterator[pa.RecordBatch]:
    """Yield ftr_image_embeddings, one row per image that has a vector, by content id."""
    wanted = rows["content_id"].unique()
    for batch in read_vectors(kept.place.store, kept.place.configuration, wanted):
        yield from _joined(rows, batch, kept, encoder).to_batches()


def _joined(
    rows: pa.Table, batch: VectorBatch, kept: ImageVectors, encoder: ImageEncoder
) -> pa.Table:
    places = pc.index_in(rows["content_id"], value_set=batch.ids)
    own = rows.filter(pc.is_valid(places))
    at = pc.drop_null(places).to_numpy()
    vectors = batch.vectors[at]
    texts, scores = _texts_and_scores(own, vectors, kept)
    columns = {
        "image_path": own["image_path"],
        "prompt_id": own["prompt_id"],
        "image_embedding": as_lists(vectors),
        "text_embedding": texts,
        "alignment_score": scores,
        "style_cluster": pa.array(kept.styles.assign(vectors)),
        "thumbnail_path": own["thumbnail_path"],
        "image_source": own["image_source"],
        "model": pa.repeat(encoder.model, own.num_rows),
        "revision": pa.repeat(encoder.revision, own.num_rows),
        "mlflow_run_id": batch.run_ids.take(pa.array(at)),
    }
    return pa.table(columns, schema=IMAGE_EMBEDDINGS)


def _texts_and_scores(
    own: pa.Table, vectors: Vectors, kept: ImageVectors
) -> tuple[pa.Array, pa.Array]:
    if not len(kept.text_ids):
        return pa.nulls(own.num_rows, pa.list_(pa.float32())), pa.nulls(own.num_rows, pa.float64())
    at = pc.index_in(own["prompt_id"], value_set=kept.text_ids).to_numpy()
    texts = kept.texts[at]
    return as_lists(texts), pa.array(alignment_scores(vectors, texts))


def as_lists(vectors: Vectors) -> pa.ListArray:
    """Return vectors as an Arrow array of lists, one per row."""
    offsets = pa.array(np.arange(len(vectors) + 1, dtype=np.int32) * vectors.shape[1])
    return pa.ListArray.from_arrays(offsets, pa.array(vectors.ravel()))
