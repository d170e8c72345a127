"""What an embedding run says of its images: coverage, clusters, alignment, a contact sheet."""

import logging

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.enrichment.images.alignment import check_alignment
from genai_session_analyzer.pipelines.enrichment.images.contact_sheet import (
    SheetCluster,
    SheetPicture,
    contact_sheet,
)
from genai_session_analyzer.pipelines.enrichment.images.image_table import ImageVectors
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageParameters
from genai_session_analyzer.pipelines.enrichment.images.thumbnails import ThumbnailFolder
from genai_session_analyzer.pipelines.enrichment.tracking import StepRun

SHEET = "style_clusters.html"
_PICTURES_A_CLUSTER = 12
_log = logging.getLogger(__name__)


def log_quality(run: StepRun, rows: pa.Table, kept: ImageVectors, images: ImageParameters) -> None:
    """Log silhouette, cluster sizes, the alignment check and the contact sheet.

    Args:
        run: The tracked run.
        rows: stg_images.
        kept: The images' vectors.
        images: Where thumbnails are; below which AUC links are doubted.
    """
    run.log_metrics({"images": rows.num_rows, "distinct_images": len(rows["content_id"].unique())})
    if not kept.sample_ids:
        return
    numbers = kept.styles.assign(kept.sample)
    sizes = np.bincount(numbers, minlength=len(kept.styles.centres)).tolist()
    run.log_metrics({f"style_{number}_images": size for number, size in enumerate(sizes)})
    if kept.styles.silhouette is not None:
        run.log_metrics({"silhouette": kept.styles.silhouette})
    _log_alignment(run, rows, kept, images)
    chosen = kept.styles.nearest_to_centre(kept.sample, _PICTURES_A_CLUSTER)
    run.log_text(_sheet(rows, kept, images, list(zip(sizes, chosen, strict=True))), SHEET)


def _log_alignment(
    run: StepRun, rows: pa.Table, kept: ImageVectors, images: ImageParameters
) -> None:
    if not len(kept.text_ids):
        return
    image_at = pc.index_in(rows["content_id"], value_set=pa.array(kept.sample_ids))
    sampled = rows.filter(pc.is_valid(image_at))
    text_at = pc.index_in(sampled["prompt_id"], value_set=kept.text_ids).to_numpy()
    check = check_alignment(
        kept.sample[pc.drop_null(image_at).to_numpy()],
        kept.texts[text_at],
        sampled["prompt_id"].to_pylist(),
        images.style.seed,
    )
    if check is None:
        return
    run.log_metrics({f"alignment_{name}": value for name, value in check._asdict().items()})
    if check.auc < images.min_alignment_auc:
        _log.warning(
            "Images score hardly better with their own prompts than with others' (AUC %.2f, "
            "expected at least %.2f): they may be linked to the wrong prompts.",
            check.auc,
            images.min_alignment_auc,
        )


def _sheet(
    rows: pa.Table,
    kept: ImageVectors,
    images: ImageParameters,
    clusters: list[tuple[int, list[int]]],
) -> str:
    folder = ThumbnailFolder(images.thumbnails.root)
    first = pc.index_in(pa.array(kept.sample_ids), value_set=rows["content_id"])
    of_sample = rows.take(first)
    paths = of_sample["thumbnail_path"].to_pylist()
    texts = of_sample["prompt_text"].to_pylist()
    shown = [
        SheetCluster(number, size, [SheetPicture(folder.read(paths[at]), texts[at]) for at in ats])
        for number, (size, ats) in enumerate(clusters)
    ]
    origins = ", ".join(rows["image_source"].unique().to_pylist())
    return contact_sheet(shown, f"k-means over image embeddings; images: {origins}.")
