"""Thumbnails as WebP files, by the id of their content, in a folder or an object store."""

import re
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.images.parameters import ThumbnailParameters

if TYPE_CHECKING:
    from PIL import Image

ID_PATTERN = re.compile(r"[a-z0-9]{1,64}")
"""An id in full; whoever serves a thumbnail by its id accepts nothing else."""
PAINTED_NOTE = "painted by GenAI Session Analyzer from a prompt's labels; no model generated it"
_IMAGE_DESCRIPTION = 0x010E  # EXIF tag
_LESS_QUALITY = 15
_EFFORT = 2  # of 6: a fifth larger than at 4, in 40 % of its time


def thumbnail_path(image_id: str) -> str:
    """Return where a thumbnail lies below the root: `<first two digits>/<id>.webp`.

    Raises:
        SourceError: The id is not 1 to 64 lower-case letters and digits.
    """
    if not ID_PATTERN.fullmatch(image_id):
        raise SourceError(f"{image_id!r} is no image id: 1 to 64 lower-case letters and digits.")
    return f"{image_id[:2]}/{image_id}.webp"


def encode_thumbnail(
    image: "Image.Image", parameters: ThumbnailParameters, note: str | None = None
) -> bytes:
    """Return a picture as a WebP file, shrunk to the longest side, never enlarged.

    Where it is larger than `max_bytes` its quality is lowered until it fits or reaches 20.

    Args:
        image: RGB.
        parameters: Longest side in pixels, quality, bytes.
        note: What the file's metadata say of it.
    """
    from PIL import Image  # noqa: PLC0415

    small = image.copy()
    side = parameters.longest_side_px
    small.thumbnail((side, side), Image.Resampling.LANCZOS, reducing_gap=2.0)
    exif = Image.Exif()
    if note:
        exif[_IMAGE_DESCRIPTION] = note
    quality = parameters.quality
    data = _webp(small, quality, exif)
    while len(data) > parameters.max_bytes and quality - _LESS_QUALITY >= 20:
        quality -= _LESS_QUALITY
        data = _webp(small, quality, exif)
    return data


def _webp(image: "Image.Image", quality: int, exif: "Image.Exif") -> bytes:
    file = BytesIO()
    image.save(file, "WEBP", quality=quality, method=_EFFORT, exif=exif.tobytes())
    return file.getvalue()


class ThumbnailFolder:
    """Where thumbnails are: a local folder, or whatever fsspec reaches."""

    def __init__(self, root: str) -> None:
        """Opens the root, which need not exist yet.

        Raises:
            SourceError: fsspec knows no such kind of place, or lacks its package.
        """
        import fsspec  # noqa: PLC0415 - 0.1 s that an import need not cost
        from fsspec.implementations.local import LocalFileSystem  # noqa: PLC0415

        try:
            self._files, self._root = fsspec.core.url_to_fs(root)
        except (ValueError, ImportError) as problem:
            raise SourceError(
                f"images.thumbnails.root {root!r} cannot be reached: {problem}. Give a folder, or "
                "install the fsspec package of that kind of URL."
            ) from problem
        self._is_local = isinstance(self._files, LocalFileSystem)

    def existing(self) -> set[str]:
        """Return the paths below the root of all thumbnails that are there and not empty."""
        if not self._files.isdir(self._root):
            return set()
        self._files.invalidate_cache()
        found = self._files.find(self._root, detail=True)
        start = len(self._root.rstrip("/")) + 1
        return {path[start:] for path, about in found.items() if about["size"]}

    def write(self, path: str, data: bytes) -> None:
        """Put a thumbnail at a path below the root; it is whole whenever it is there.

        Raises:
            SourceError: The disk is full, or the place refuses.
        """
        whole = f"{self._root.rstrip('/')}/{path}"
        try:
            if self._is_local:
                _replace_file(Path(whole), data)
            else:
                self._files.pipe_file(whole, data)  # an object appears whole
        except OSError as problem:
            raise SourceError(
                f"The thumbnail {whole} cannot be written: {problem}. Make room or change "
                "images.thumbnails.root; what is done stays."
            ) from problem

    def read(self, path: str) -> bytes:
        """Return a thumbnail's bytes.

        Raises:
            SourceError: There is no such file, or it cannot be read.
        """
        whole = f"{self._root.rstrip('/')}/{path}"
        try:
            data: bytes = self._files.cat_file(whole)
        except OSError as problem:
            raise SourceError(f"The thumbnail {whole} cannot be read: {problem}.") from problem
        return data


def _replace_file(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(f".{path.name}.{uuid4().hex}.partial")
    try:
        partial.write_bytes(data)
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)
