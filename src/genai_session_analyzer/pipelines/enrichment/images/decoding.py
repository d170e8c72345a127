"""Bytes from anywhere into a picture, or a reason: nothing is decoded before it is checked."""

import struct
import zlib
from io import BytesIO
from typing import TYPE_CHECKING

from genai_session_analyzer.pipelines.enrichment.images.parameters import ImageLimits
from genai_session_analyzer.pipelines.enrichment.images.roles import RejectedImageError

if TYPE_CHECKING:
    from PIL import Image

FORMATS = ("PNG", "JPEG", "WEBP")
"""Image formats that are read; Pillow knows fifty, each with code that a hostile file can reach."""
_MAGIC = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}
_WHITE = (255, 255, 255)


def decode(data: bytes, limits: ImageLimits, target_px: int | None = None) -> "Image.Image":
    """Return the picture that an image file holds, RGB, upright, transparency on white.

    Args:
        data: The whole file.
        limits: Bytes and pixels that are refused before anything is decoded.
        target_px: Longest side that is needed; a JPEG is then decoded to no more than it takes.

    Raises:
        RejectedImageError: No image, broken, or larger than the limits.
    """
    from PIL import Image  # noqa: PLC0415

    if len(data) > limits.max_file_bytes:
        raise RejectedImageError(f"more than {limits.max_file_bytes} bytes")
    name = _format_by_magic(data)
    try:
        image = Image.open(BytesIO(data), formats=[name])
        _require_size(image.size, limits)
        if target_px is not None:
            image.draft("RGB", (target_px, target_px))
        image.load()
        return _upright_rgb(image)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as problem:
        raise RejectedImageError(f"more than {limits.max_pixels} pixels") from problem
    except (OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error) as problem:
        raise RejectedImageError(f"broken {name}: {_one_line(problem)}") from problem


def _format_by_magic(data: bytes) -> str:
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WEBP"
    for magic, name in _MAGIC.items():
        if data.startswith(magic):
            return name
    raise RejectedImageError(f"no image: its first bytes are not those of {', '.join(FORMATS)}")


def _require_size(size: tuple[int, int], limits: ImageLimits) -> None:
    width, height = size
    if width * height > limits.max_pixels:
        raise RejectedImageError(f"{width} x {height}: more than {limits.max_pixels} pixels")


def _upright_rgb(image: "Image.Image") -> "Image.Image":
    from PIL import Image, ImageOps  # noqa: PLC0415

    upright = ImageOps.exif_transpose(image)
    if not upright.has_transparency_data:
        return upright.convert("RGB")
    seen = upright.convert("RGBA")
    paper = Image.new("RGB", seen.size, _WHITE)
    paper.paste(seen, mask=seen.getchannel("A"))
    return paper


def _one_line(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200] or type(problem).__name__
