"""Decoding what may be hostile, and thumbnails as files."""

import struct
import zlib
from io import BytesIO

import numpy as np
import pytest
from image_runs import picture
from PIL import Image

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.enrichment.images.decoding import decode
from genai_session_analyzer.pipelines.enrichment.images.parameters import (
    ImageLimits,
    ThumbnailParameters,
)
from genai_session_analyzer.pipelines.enrichment.images.roles import RejectedImageError
from genai_session_analyzer.pipelines.enrichment.images.thumbnails import (
    ThumbnailFolder,
    encode_thumbnail,
    thumbnail_path,
)

LIMITS = ImageLimits()


def saved(image, kind, **options):
    file = BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def png_that_states(width, height):
    """A PNG of a few bytes whose header promises a picture of that size."""

    def chunk(kind, content):
        return (
            struct.pack(">I", len(content))
            + kind
            + content
            + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_formats_that_are_read(kind):
    image = decode(picture(1, (40, 30), kind), LIMITS)
    assert (image.size, image.mode) == ((40, 30), "RGB")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no image"),
        (b"GIF89a" + bytes(100), "no image"),
        (b"%PDF-1.7", "no image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "no image"),
        (b"\x89PNG\r\n\x1a\n", "broken PNG"),
        (b"\xff\xd8\xff" + bytes(200), "broken JPEG"),
        (b"RIFF\x10\0\0\0WEBPVP8 " + bytes(8), "broken WEBP"),
        (picture(1, (300, 300))[:-120], "broken PNG"),
        (picture(1, (300, 300), "JPEG")[:400], "broken JPEG"),
        (png_that_states(8_000, 8_000), "more than 40000000 pixels"),
        (png_that_states(60_000, 60_000), "more than 40000000 pixels"),
        (png_that_states(100, 100), "broken PNG"),
    ],
)
def test_what_is_refused(data, words):
    with pytest.raises(RejectedImageError, match=words):
        decode(data, LIMITS)


def test_file_larger_than_the_limit():
    with pytest.raises(RejectedImageError, match="more than 100 bytes"):
        decode(picture(1), ImageLimits(max_file_bytes=100))


def test_every_truncation_of_a_file_is_refused_or_read():
    whole = picture(4, (48, 48), "JPEG")
    for length in range(0, len(whole), 7):
        try:
            assert decode(whole[:length], LIMITS).size == (48, 48)
        except RejectedImageError:
            continue


def test_transparency_turns_white_and_photos_upright():
    clear = saved(Image.new("RGBA", (8, 8), (255, 0, 0, 0)), "PNG")
    assert np.asarray(decode(clear, LIMITS)).min() == 255
    exif = Image.Exif()
    exif[0x0112] = 6  # turned by a quarter
    assert decode(saved(Image.new("RGB", (20, 10)), "JPEG", exif=exif), LIMITS).size == (10, 20)


@pytest.mark.parametrize(("size", "expected"), [((1024, 512), (256, 128)), ((90, 60), (90, 60))])
def test_thumbnail_is_shrunk_and_never_enlarged(size, expected):
    data = encode_thumbnail(decode(picture(1, size), LIMITS), ThumbnailParameters())
    assert Image.open(BytesIO(data)).size == expected


def test_noisy_thumbnail_is_made_to_fit():
    noise = np.random.default_rng(0).integers(0, 255, (256, 256, 3), dtype=np.uint8)
    loose = encode_thumbnail(Image.fromarray(noise), ThumbnailParameters(max_bytes=200_000))
    tight = encode_thumbnail(Image.fromarray(noise), ThumbnailParameters(max_bytes=40_000))
    assert len(loose) > 40_000 >= len(tight)


@pytest.mark.parametrize("bad", ["", "A" * 32, "../../etc/passwd", "a/b", "a.b", "a" * 65, "a\n"])
def test_ids_that_are_none(bad):
    with pytest.raises(SourceError):
        thumbnail_path(bad)


@pytest.mark.parametrize("scheme", ["", "file://"])
def test_folder_and_file_url_are_the_same_place(tmp_path, scheme):
    folder = ThumbnailFolder(f"{scheme}{tmp_path}/blob")
    assert folder.existing() == set()
    folder.write("ab/abc.webp", b"picture")
    (tmp_path / "blob/ab/empty.webp").touch()
    assert folder.existing() == {"ab/abc.webp"}
    assert folder.read("ab/abc.webp") == b"picture"
    assert [path.name for path in (tmp_path / "blob/ab").iterdir() if "partial" in path.name] == []


def test_place_that_cannot_be_written(tmp_path):
    (tmp_path / "blob").write_text("a file where the folder should be")
    with pytest.raises(SourceError, match="cannot be written"):
        ThumbnailFolder(str(tmp_path / "blob")).write("ab/abc.webp", b"picture")


def test_unknown_kind_of_place():
    with pytest.raises(SourceError, match="cannot be reached"):
        ThumbnailFolder("nowhere://bucket/images")
