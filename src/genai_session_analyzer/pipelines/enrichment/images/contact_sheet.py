"""Clusters of style as one HTML file: for each, the pictures nearest to its centre."""

import base64
from collections.abc import Sequence
from html import escape
from typing import NamedTuple

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Clusters of style</title>
<style>
body {{ font: 15px/1.5 system-ui, sans-serif; margin: 2rem; color: #1d2430; background: #f6f5f2 }}
h2 {{ margin: 2rem 0 .5rem; font-size: 1.1rem }} h2 small {{ font-weight: 400; color: #667 }}
.sheet {{ display: grid; grid-template-columns: repeat(auto-fill, minmax(140px, 1fr)); gap: 8px }}
img {{ width: 100%; aspect-ratio: 1; object-fit: cover; border-radius: 6px; display: block }}
</style>
<h1>Clusters of style</h1><p>{note}</p>
{sections}
</html>
"""


class SheetPicture(NamedTuple):
    """A thumbnail's WebP bytes and its prompt."""

    webp: bytes
    prompt_text: str


class SheetCluster(NamedTuple):
    """A cluster's number, its images in all, and some of its pictures."""

    number: int
    image_count: int
    pictures: Sequence[SheetPicture]


def contact_sheet(clusters: Sequence[SheetCluster], note: str) -> str:
    """Return the page; pictures are inside it, texts are escaped, it loads nothing."""
    sections = "\n".join(_section(cluster) for cluster in clusters)
    return _PAGE.format(note=escape(note), sections=sections)


def _section(cluster: SheetCluster) -> str:
    pictures = "".join(_picture(picture) for picture in cluster.pictures)
    return (
        f"<h2>Style {cluster.number} <small>{cluster.image_count:,} images</small></h2>"
        f'<div class="sheet">{pictures}</div>'
    )


def _picture(picture: SheetPicture) -> str:
    data = base64.b64encode(picture.webp).decode()
    text = escape(picture.prompt_text, quote=True)
    return f'<img alt="{text}" title="{text}" src="data:image/webp;base64,{data}">'
