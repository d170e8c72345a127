"""The map of prompts as a picture that goes into a page: points in colours, titles on top."""

import base64
import io
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray

SIZE = 1600
"""Pixels of the picture's edge; shown at half of that or less."""
_MARGIN = 0.04
_NOISE_COLOUR = (128, 134, 142)
PALETTE = (
    (86, 140, 222),
    (226, 128, 52),
    (66, 166, 118),
    (205, 88, 134),
    (150, 110, 214),
    (196, 160, 40),
    (52, 164, 184),
    (214, 92, 82),
    (124, 158, 58),
    (110, 122, 206),
    (190, 118, 84),
    (190, 104, 196),
)
"""Colours that can be told apart on white and on black."""


@dataclass(frozen=True)
class MapLabel:
    """A title on the map: where (x, y from -1 to 1), how many prompts it stands for."""

    text: str
    x: float
    y: float
    weight: int


def colour(number: int) -> str:
    """Return the CSS colour of the n-th group."""
    return "rgb({}, {}, {})".format(*PALETTE[number % len(PALETTE)])


def points_picture(positions: NDArray[np.float64], groups: NDArray[np.int64]) -> str:
    """Return a transparent PNG of the points as a `data:` address.

    Args:
        positions: Shape (points, 2), -1 to 1, y upwards.
        groups: Number of each point's colour; -1 for grey.
    """
    from PIL import Image  # noqa: PLC0415

    colours = np.array([*PALETTE, _NOISE_COLOUR], dtype=np.float64)
    numbers = np.where(groups < 0, len(PALETTE), groups % len(PALETTE))
    radius = 4 if len(positions) < 20_000 else 2
    strength = 0.75 if len(positions) < 20_000 else 0.45
    amount = np.zeros((SIZE, SIZE))
    mixed = np.zeros((SIZE, SIZE, 3))
    left, top = _pixels(positions)
    for down, right, share in _disc(radius):
        rows, columns = np.clip(top + down, 0, SIZE - 1), np.clip(left + right, 0, SIZE - 1)
        cells = rows * SIZE + columns
        amount += np.bincount(cells, minlength=SIZE * SIZE).reshape(SIZE, SIZE) * share
        for channel in range(3):
            weights = colours[numbers, channel] * share
            mixed[..., channel] += np.bincount(
                cells, weights=weights, minlength=SIZE * SIZE
            ).reshape(SIZE, SIZE)
    picture = np.zeros((SIZE, SIZE, 4), dtype=np.uint8)
    picture[..., :3] = mixed / np.maximum(amount, 1e-9)[..., np.newaxis]
    picture[..., 3] = 255 * (1 - (1 - strength) ** amount)
    file = io.BytesIO()
    Image.fromarray(picture, "RGBA").quantize(256).save(file, "PNG", optimize=True)
    return f"data:image/png;base64,{base64.b64encode(file.getvalue()).decode()}"


def map_svg(picture: str, labels: Sequence[MapLabel], most: int = 24) -> str:
    """Return the picture with its titles as SVG; of titles that overlap the larger one stays."""
    shown: list[tuple[float, float, float, str]] = []
    for label in sorted(labels, key=lambda each: (-each.weight, each.text)):
        left, top = (float(value[0]) for value in _pixels(np.array([[label.x, label.y]])))
        width = 11.5 * len(label.text) + 20
        left = min(max(left, width / 2), SIZE - width / 2)
        if len(shown) < most and not any(
            abs(left - other[0]) < (width + other[2]) / 2 and abs(top - other[1]) < 40
            for other in shown
        ):
            shown.append((left, top, width, label.text))
    texts = "".join(
        f'<text x="{left:.0f}" y="{max(top - 26, 20):.0f}">{escape(text)}</text>'
        for left, top, _, text in shown
    )
    return (
        f'<svg class="map" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-label="Map of prompts">'
        f'<image href="{picture}" width="{SIZE}" height="{SIZE}"/>{texts}</svg>'
    )


def _pixels(positions: NDArray[np.float64]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    scale = SIZE / 2 * (1 - _MARGIN)
    left = np.rint(SIZE / 2 + positions[:, 0] * scale).astype(np.int64)
    top = np.rint(SIZE / 2 - positions[:, 1] * scale).astype(np.int64)
    return left, top


def _disc(radius: int) -> list[tuple[int, int, float]]:
    """Offsets of a small disc's pixels, and how far each is covered."""
    steps = range(-radius, radius + 1)
    covered = [
        (down, right, radius + 0.5 - float(np.hypot(down, right)))
        for down in steps
        for right in steps
    ]
    return [(down, right, min(1.0, share)) for down, right, share in covered if share > 0]
