"""Thumbnails over HTTP: /img/<id>, only of the published table, only from the folder of images."""

import re
import stat
from pathlib import Path

from flask import Flask, Response, abort, request

from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.insights.pictures import thumbnail_paths

ID_PATTERN = re.compile(r"[a-z0-9]{1,64}")
LARGEST_IMAGE_BYTES = 5_000_000
CACHE_SECONDS = 7 * 24 * 3600


def image_url(thumbnail_path: str) -> str:
    """Return the address of a thumbnail, for `html.Img(src=...)`."""
    return f"/img/{Path(thumbnail_path).stem}"


def register_images(server: Flask, services: Services) -> None:
    """Add the route /img/<id>; anything but a published picture is 404."""

    @server.get("/img/<image_id>")
    def picture(image_id: str) -> Response:
        """Answer with a thumbnail."""
        content = read_image(services, image_id)
        if content is None:
            abort(404)
        response = Response(content, mimetype=image_type(content))
        response.cache_control.public = False
        response.cache_control.private = True
        response.cache_control.max_age = CACHE_SECONDS
        response.cache_control.immutable = True
        response.set_etag(image_id)
        response.make_conditional(request.environ)
        return response


def read_image(services: Services, image_id: str) -> bytes | None:
    """Return the picture of that id, or None where it is not published, not whole or not inside.

    Args:
        services: Where the table and the folder are.
        image_id: The stem of a `thumbnail_path`.
    """
    if not ID_PATTERN.fullmatch(image_id):
        return None
    try:
        paths = services.remember(
            ("thumbnail_paths",), lambda: thumbnail_paths(services.reader.ibis())
        )
    except NoBuildError:
        return None
    path = paths.get(image_id)
    return None if path is None else read_inside(services.images, path)


def read_inside(root: Path, path: str) -> bytes | None:
    """Return the bytes of a picture below `root`; None where it is none, or lies elsewhere.

    Links are followed first and judged by where they lead.
    """
    try:
        real = (root / path).resolve(strict=True)
        if not real.is_relative_to(root.resolve(strict=True)):
            return None
        facts = real.stat()
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > LARGEST_IMAGE_BYTES:
            return None
        content = real.read_bytes()
    except (OSError, ValueError):
        return None
    kind = image_type(content)
    return content if kind is not None and real.suffix in SUFFIXES[kind] else None


SUFFIXES = {
    "image/webp": (".webp",),
    "image/png": (".png",),
    "image/jpeg": (".jpg", ".jpeg"),
}


def image_type(content: bytes) -> str | None:
    """Return the media type the first bytes tell, or None where it is no picture we serve."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "image/webp"
    if content[:8] == b"\x89PNG\r\n\x1a\n":
        return "image/png"
    return "image/jpeg" if content[:3] == b"\xff\xd8\xff" else None
