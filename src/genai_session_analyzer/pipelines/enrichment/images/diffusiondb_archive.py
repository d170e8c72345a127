"""One part of DiffusionDB: a zip of up to 1,000 images and a JSON of their prompts.

Source: the dataset's own description, https://huggingface.co/datasets/poloclub/diffusiondb:
`images/part-000001.zip` to 2,000 in the 2M collection, `diffusiondb-large-part-1/` up to part
10,000 and `diffusiondb-large-part-2/` from there on in the large one; `part-000001.json` in the
archive maps an image's name to `p` (prompt), `se` (seed), `c` (guidance), `st` (steps) and `sa`
(sampler).
"""

import json
import zipfile
import zlib
from functools import cached_property
from pathlib import Path
from typing import Literal

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageLimits
from genai_session_analyzer.pipelines.enrichment.images.roles import RejectedImageError

HUB_DATASET = "poloclub/diffusiondb"
_LAST_PART_OF_FIRST_HALF = 10_000
_MOST_JSON_BYTES = 50_000_000


def archive_name(part: int, variant: Literal["2m", "large"]) -> str:
    """Return a part's path in the dataset, for example `images/part-000001.zip`."""
    if variant == "2m":
        folder = "images"
    else:
        half = 1 if part <= _LAST_PART_OF_FIRST_HALF else 2
        folder = f"diffusiondb-large-part-{half}"
    return f"{folder}/part-{part:06d}.zip"


def local_archive(folder: Path, part: int, variant: Literal["2m", "large"]) -> Path | None:
    """Return a part's archive in a folder laid out as the dataset is, or flat; None = absent."""
    name = archive_name(part, variant)
    for path in (folder / name, folder / Path(name).name):
        if path.is_file():
            return path
    return None


def hub_archive(part: int, variant: Literal["2m", "large"]) -> Path:
    """Return a part's archive, downloaded once into the hub's cache.

    Raises:
        SourceError: The hub cannot be reached, or has no such part.
    """
    from huggingface_hub import hf_hub_download  # noqa: PLC0415 - 0.5 s that others need not spend
    from huggingface_hub.errors import HfHubHTTPError, LocalEntryNotFoundError  # noqa: PLC0415

    name = archive_name(part, variant)
    try:
        return Path(hf_hub_download(HUB_DATASET, name, repo_type="dataset"))
    except (HfHubHTTPError, LocalEntryNotFoundError, OSError) as problem:
        raise SourceError(
            f"{name} of {HUB_DATASET} cannot be had from the hub: {str(problem).splitlines()[0]} "
            "Check the network, or point images.source.path at a folder with the archives."
        ) from problem


class PartArchive:
    """An open part; safe to read from several threads."""

    def __init__(self, path: Path) -> None:
        """Opens it.

        Raises:
            RejectedImageError: No zip, or a broken one.
        """
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError) as problem:
            raise RejectedImageError(f"{path.name} is no readable zip: {problem}") from problem
        self._members = {info.filename: info for info in self._zip.infolist()}

    @cached_property
    def prompts(self) -> dict[str, str]:
        """Prompt by image name, as the archive's JSON has them.

        Raises:
            RejectedImageError: The JSON is absent or not in that form.
        """
        raw = self._bytes(f"{self.path.stem}.json", _MOST_JSON_BYTES)
        try:
            return {name: str(about["p"]) for name, about in json.loads(raw).items()}
        except (ValueError, AttributeError, KeyError, TypeError, RecursionError) as problem:
            raise RejectedImageError(f"{self.path.name}: its JSON maps no images") from problem

    def state(self, image_name: str) -> tuple[int, int] | None:
        """Return an image's CRC-32 and size in bytes; None where the archive lacks it."""
        info = self._find(image_name)
        return None if info is None else (info.CRC, info.file_size)

    def read(self, image_name: str, limits: ImageLimits) -> bytes:
        """Return an image's file.

        Raises:
            RejectedImageError: Absent, damaged, encrypted, or larger than the limits.
        """
        return self._bytes(image_name, limits.max_file_bytes)

    def _find(self, name: str) -> zipfile.ZipInfo | None:
        return self._members.get(name) or self._members.get(f"{self.path.stem}/{name}")

    def _bytes(self, name: str, most: int) -> bytes:
        info = self._find(name)
        if info is None:
            raise RejectedImageError(f"{self.path.name} holds no {name}")
        if info.file_size > most:
            raise RejectedImageError(f"more than {most} bytes")
        try:
            with self._zip.open(info) as file:
                return file.read(most + 1)
        except (zipfile.BadZipFile, zlib.error, RuntimeError, OSError, EOFError) as problem:
            raise RejectedImageError(f"damaged in {self.path.name}: {problem}") from problem
