"""The second step: a thumbnail of every image, made once; what is no image is rejected."""

import csv
import hashlib
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from io import StringIO
from typing import NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.model_results import (
    Configuration,
    Outcome,
    Place,
    ResultStore,
    WorkCounts,
    counted,
    work_through,
)
from genai_session_analyzer.model_results.store import RESULTS
from genai_session_analyzer.pipelines.enrichment.images.decoding import decode
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageParameters
from genai_session_analyzer.pipelines.enrichment.images.roles import (
    ImageOrigin,
    ImageRef,
    ImageSource,
    RejectedImageError,
)
from genai_session_analyzer.pipelines.enrichment.images.thumbnails import (
    PAINTED_NOTE,
    ThumbnailFolder,
    encode_thumbnail,
    thumbnail_path,
)
from genai_session_analyzer.pipelines.enrichment.tracking import (
    StepRun,
    TrackedDataset,
    Tracker,
)
from genai_session_analyzer.pipelines.progress import progress

STEP = "make_thumbnails"
CODE_VERSION = "1"
"""To be raised with every change of what a thumbnail holds."""
STG_IMAGES = pa.schema(
    {
        "image_path": pa.string(),
        "prompt_id": pa.string(),
        "prompt_text": pa.string(),
        "content_id": pa.string(),
        "thumbnail_path": pa.string(),
        "image_source": pa.string(),
    }
)
"""Columns of `stg_images`, one row per image that was not rejected, key image_path."""


class _Found(NamedTuple):
    """The refs beside what the store says of them, one value per ref."""

    refs: Sequence[ImageRef]
    contents: list[str | None]
    errors: list[str | None]


def make_thumbnails(
    collected_images: ImageSource,
    images: ImageParameters,
    result_store: ResultStore,
    tracker: Tracker,
) -> pa.Table:
    """Return one row per image that was not rejected (key `image_path`), columns `STG_IMAGES`.

    A thumbnail is made where the store has none of the image's fingerprint, or where its file is
    gone. The bytes' SHA-256 is the image's content id and the thumbnail's name. Rejected images
    are failures in the store, and a CSV beside the tracked run.

    Raises:
        SourceError: The source or the thumbnails' folder cannot be reached.
        ResultStoreError: The store cannot be written.
    """
    refs = collected_images.refs()
    maker = _Maker(images, collected_images.origin)
    with tracker.step(STEP) as run:
        _log_inputs(run, collected_images, refs, images)
        place = Place(result_store, maker.configuration, run.run_id)
        counts = _work(refs, maker, place, images)
        found = _lookup(refs, result_store, maker.configuration)
        _log_outcome(run, counts, found)
    return _rows(found, collected_images.origin)


class _Maker:
    """Reads, decodes and shrinks images, and writes their thumbnails."""

    def __init__(self, images: ImageParameters, origin: ImageOrigin) -> None:
        self.folder = ThumbnailFolder(images.thumbnails.root)
        limits = images.source.limits
        self.configuration = Configuration(
            STEP,
            model="webp",
            revision=CODE_VERSION,
            settings={
                "thumbnails": images.thumbnails.digest_settings(),
                "limits": limits.model_dump(),
            },
        )
        self._images = images
        self._note = PAINTED_NOTE if origin == "painted" else None

    def __call__(self, ref: ImageRef) -> Outcome:
        """Makes one thumbnail; the result is its content id."""
        thumbnails = self._images.thumbnails
        try:
            data = ref.read()
            picture = decode(data, self._images.source.limits, thumbnails.longest_side_px)
        except RejectedImageError as problem:
            return Outcome(ref.fingerprint, error=str(problem))
        content_id = hashlib.sha256(data).hexdigest()
        small = encode_thumbnail(picture, thumbnails, self._note)
        self.folder.write(thumbnail_path(content_id), small)
        return Outcome(ref.fingerprint, payload=content_id.encode())


def _work(
    refs: Sequence[ImageRef], maker: _Maker, place: Place, images: ImageParameters
) -> WorkCounts:
    found = _lookup(refs, place.store, place.configuration)
    settled, existing = place.store.settled_ids(place.configuration), maker.folder.existing()
    pending = [
        ref
        for ref, content_id in zip(found.refs, found.contents, strict=True)
        if ref.fingerprint not in settled
        or (content_id is not None and thumbnail_path(content_id) not in existing)
    ]
    with (
        progress("making thumbnails", len(pending)) as advance,
        ThreadPoolExecutor(images.workers) as workers,
    ):
        compute = partial(_all_of, workers, maker)
        work = partial(work_through, pending, compute, place, images.batch_size, advance)
        return counted(len(refs) - len(pending), work)


def _all_of(workers: ThreadPoolExecutor, maker: _Maker, refs: Sequence[ImageRef]) -> list[Outcome]:
    return list(workers.map(maker, refs))


def _lookup(refs: Sequence[ImageRef], store: ResultStore, configuration: Configuration) -> _Found:
    kept = pa.Table.from_batches(store.read(configuration), RESULTS)
    places = pc.index_in(
        pa.array([ref.fingerprint for ref in refs], pa.string()), value_set=kept["content_id"]
    )
    contents = kept["payload"].cast(pa.string()).take(places).to_pylist()
    return _Found(refs, contents, kept["error"].take(places).to_pylist())


def _rows(found: _Found, origin: ImageOrigin) -> pa.Table:
    kept = [
        (ref.image_path, ref.prompt_id, ref.prompt_text, content_id, thumbnail_path(content_id))
        for ref, content_id in zip(found.refs, found.contents, strict=True)
        if content_id is not None
    ]
    arrays = [pa.array([row[at] for row in kept], pa.string()) for at in range(5)]
    return pa.table([*arrays, pa.array([origin] * len(kept), pa.string())], schema=STG_IMAGES)


def _log_inputs(
    run: StepRun, source: ImageSource, refs: Sequence[ImageRef], images: ImageParameters
) -> None:
    run.log_parameters(
        {
            "image_source": source.origin,
            "code_version": CODE_VERSION,
            "batch_size": images.batch_size,
            "workers": images.workers,
            "thumbnails": images.thumbnails.model_dump(),
            "limits": images.source.limits.model_dump(),
        }
    )
    digest = hashlib.sha256("".join(ref.fingerprint for ref in refs).encode()).hexdigest()
    run.log_dataset(TrackedDataset("images", source.description, len(refs), digest))


def _log_outcome(run: StepRun, counts: WorkCounts, found: _Found) -> None:
    rejected = [
        (ref.image_path, error)
        for ref, error in zip(found.refs, found.errors, strict=True)
        if error is not None
    ]
    share = 1 - len(rejected) / len(found.refs) if found.refs else 0.0
    run.log_metrics({**counts.as_metrics(), "rejected": len(rejected), "coverage": share})
    file = StringIO()
    lines = csv.writer(file)
    lines.writerow(("image_path", "reason"))
    lines.writerows(rejected)
    run.log_text(file.getvalue(), "rejected_images.csv")
