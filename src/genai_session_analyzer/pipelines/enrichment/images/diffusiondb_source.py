"""DiffusionDB's images, matched to their generations by name, never by position."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Any

import ibis.expr.types as ir

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.images.diffusiondb_archive import (
    PartArchive,
    hub_archive,
    local_archive,
)
from genai_session_analyzer.pipelines.enrichment.images.folder_source import identified
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageSourceParameters
from genai_session_analyzer.pipelines.enrichment.images.roles import (
    ImageOrigin,
    ImageRef,
    RejectedImageError,
    fingerprint_of,
    refusing,
)

DATASET = "diffusiondb"
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class DiffusionDBSource:
    """Images in part archives.

    Attributes:
        rows: part_id, image_path, prompt_id and prompt_text of each generation, by part.
        parameters: Where the archives are, and which of the two collections.
    """

    rows: tuple[dict[str, Any], ...]
    parameters: ImageSourceParameters

    @property
    def origin(self) -> ImageOrigin:
        """Always `diffusiondb`."""
        return "diffusiondb"

    @property
    def description(self) -> str:
        """The collection, and the folder if it comes from one."""
        return f"DiffusionDB {self.parameters.variant}: {self.parameters.path or 'from the hub'}"

    def refs(self) -> Sequence[ImageRef]:
        """Return the images of the first `max_parts` parts that can be had, by path.

        An image that its archive lacks, or that the archive's JSON links to another prompt than
        the metadata does, is among them and refuses to be read.

        Raises:
            SourceError: The hub cannot be reached, or a folder holds no archive that is wanted.
        """
        refs: list[ImageRef] = []
        opened = 0
        for part, rows in groupby(self.rows, key=lambda row: int(row["part_id"])):
            if opened == self.parameters.max_parts:
                break
            archive = self._archive(part)
            if archive is None:
                continue
            opened += 1
            refs.extend(_refs_of_part(archive, list(rows), self.parameters))
        if self.rows and not opened:
            raise SourceError(
                f"{self.parameters.path} holds none of the archives wanted, for example part-"
                f"{int(self.rows[0]['part_id']):06d}.zip. Check images.source.path."
            )
        return sorted(refs, key=lambda ref: ref.image_path)[: self.parameters.max_count]

    def _archive(self, part: int) -> Path | None:
        if self.parameters.path is None:
            return hub_archive(part, self.parameters.variant)
        return local_archive(Path(self.parameters.path), part, self.parameters.variant)


def _refs_of_part(
    path: Path, rows: list[dict[str, Any]], parameters: ImageSourceParameters
) -> list[ImageRef]:
    try:
        archive = PartArchive(path)
        stated = identified(archive.prompts).to_pyarrow()
    except RejectedImageError as problem:
        _log.warning("%s", problem)
        return [_refused(row, str(problem)) for row in rows]
    ids = dict(zip(stated["image_path"].to_pylist(), stated["prompt_id"].to_pylist(), strict=True))
    return [_ref(archive, row, ids, parameters) for row in rows]


def _ref(
    archive: PartArchive,
    row: dict[str, Any],
    stated_ids: dict[str, str],
    parameters: ImageSourceParameters,
) -> ImageRef:
    name = PurePosixPath(row["image_path"]).name
    state = archive.state(name)
    if state is None:
        return _refused(row, f"{archive.path.name} holds no {name}")
    if stated_ids.get(name) != row["prompt_id"]:
        return _refused(row, f"{archive.path.name} links it to another prompt")
    fingerprint = fingerprint_of("diffusiondb", name, *state)
    return _made(row, fingerprint, partial(archive.read, name, parameters.limits))


def _refused(row: dict[str, Any], reason: str) -> ImageRef:
    return _made(row, fingerprint_of("refused", row["image_path"], reason), refusing(reason))


def _made(row: dict[str, Any], fingerprint: str, read: Callable[[], bytes]) -> ImageRef:
    return ImageRef(row["image_path"], row["prompt_id"], row["prompt_text"], fingerprint, read)


def open_diffusiondb_source(
    generations: ir.Table, prompts: ir.Table, parameters: ImageSourceParameters
) -> DiffusionDBSource:
    """Return the images of the generations that came from DiffusionDB, by part and path.

    Args:
        generations: fct_generations; part_id says which archive, the last part of image_path which
            image. Joined many-to-one to the prompts by prompt_id.
        prompts: dim_prompts.
        parameters: Where the archives are.
    """
    made = generations.filter(
        (generations.dataset == DATASET)
        & generations.part_id.notnull()
        & generations.image_path.notnull()
    )
    rows = (
        made.inner_join(prompts.select("prompt_id", "prompt_text"), "prompt_id")
        .select("part_id", "image_path", "prompt_id", "prompt_text")
        .distinct()
        .order_by("part_id", "image_path")
    )
    return DiffusionDBSource(tuple(rows.to_pyarrow().to_pylist()), parameters)
