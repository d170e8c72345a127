"""What a picture is painted on: float arrays of shape (SIDE_PX, SIDE_PX, 3), values 0-1."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

SIDE_PX = 256
"""Width and height of a painted picture."""
_ELLIPSE_POINTS = 48
_FINER = 2  # outlines are drawn at twice the size, so that their edges are soft

Pixels = NDArray[np.floating[Any]]
"""A picture, shape (SIDE_PX, SIDE_PX, 3), or a mask, shape (SIDE_PX, SIDE_PX); values 0-1."""
Point = tuple[float, float]
"""x from the left and y from the top, both 0-1."""


def unit(values: Pixels) -> Pixels:
    """Return the values cut off at 0 and 1."""
    return np.asarray(np.clip(values, 0, 1), dtype=np.float32)


@lru_cache(maxsize=1)
def grid() -> tuple[Pixels, Pixels]:
    """Return x and y of every pixel, each 0-1, shape (SIDE_PX, SIDE_PX); not to be written to."""
    line = (np.arange(SIDE_PX, dtype=np.float32) + 0.5) / SIDE_PX
    x, y = (np.asarray(each, dtype=np.float32) for each in np.meshgrid(line, line))
    x.flags.writeable = y.flags.writeable = False
    return x, y


def smooth_noise(rng: np.random.Generator, columns: int, rows: int) -> Pixels:
    """Return a mask of soft random hills, `columns` across and `rows` down."""
    seeds = Image.fromarray(rng.random((rows + 2, columns + 2), dtype=np.float32))
    hills = np.asarray(seeds.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC))
    return unit(hills)


def clouds(rng: np.random.Generator) -> Pixels:
    """Return a mask of billows: noise at four scales."""
    layers = [smooth_noise(rng, 3 * 2**n, 4 * 2**n) * np.float32(0.5**n) for n in range(4)]
    return unit(sum(layers[1:], layers[0]) / np.float32(1.875))


def vertical_gradient(top: Pixels, bottom: Pixels) -> Pixels:
    """Return a picture that goes from one colour to another, eased."""
    share = grid()[1][:, :1]
    eased = share * share * (3 - 2 * share)
    column = (top + (bottom - top) * eased).astype(np.float32)
    return by_channel([np.repeat(column[:, at : at + 1], SIDE_PX, axis=1) for at in range(3)])


def by_channel(channels: Sequence[Pixels]) -> Pixels:
    """Return a picture of three masks: red, green, blue.

    Each channel lies in one piece in memory. Masks are laid over such a picture six times as fast
    as over one whose pixels lie in one piece: 0.07 instead of 0.45 ms.
    """
    return np.moveaxis(np.stack(channels), 0, -1)


def lay(picture: Pixels, colour: Pixels, mask: Pixels, opacity: float = 1.0) -> None:
    """Paint a colour (or a picture) over a picture, in place, as far as the mask is opaque."""
    channels = np.moveaxis(picture, -1, 0)
    change = _channels(colour) - channels
    change *= mask if opacity == 1 else mask * np.float32(opacity)
    channels += change


def add_light(picture: Pixels, colour: Pixels, mask: Pixels, strength: float = 1.0) -> None:
    """Brighten a picture in place as a light of that colour would (screen blending)."""
    channels = np.moveaxis(picture, -1, 0)
    light = _channels(colour) * (mask if strength == 1 else mask * np.float32(strength))
    light *= 1 - channels
    channels += light


def _channels(colour: Pixels) -> Pixels:
    """A colour or a picture, its channels first, to be laid over one that has them first too."""
    if colour.ndim == 1:
        return colour[:, np.newaxis, np.newaxis].astype(np.float32)
    return np.moveaxis(colour, -1, 0)


def disc(centre: Point, radius: float, softness: float = 0.008) -> Pixels:
    """Return the mask of a disc whose edge is `softness` wide."""
    x, y = grid()
    distance = np.hypot(x - np.float32(centre[0]), y - np.float32(centre[1]))
    return unit((np.float32(radius) - distance) / np.float32(softness) + 0.5)


def glow(centre: Point, radius: float) -> Pixels:
    """Return a mask that falls off from a point, to about a third at `radius`."""
    x, y = grid()
    squares = (x - np.float32(centre[0])) ** 2 + (y - np.float32(centre[1])) ** 2
    return np.exp(-squares / np.float32(radius * radius), dtype=np.float32)


def ellipse(centre: Point, radius_x: float, radius_y: float) -> list[Point]:
    """Return the outline of an ellipse."""
    turns = np.linspace(0, 2 * np.pi, _ELLIPSE_POINTS, endpoint=False)
    xs, ys = centre[0] + radius_x * np.cos(turns), centre[1] + radius_y * np.sin(turns)
    return list(zip(xs.tolist(), ys.tolist(), strict=True))


def outline(*shapes: Sequence[Point]) -> Pixels:
    """Return the mask of what lies within any of the closed outlines."""
    side = SIDE_PX * _FINER
    sheet = Image.new("L", (side, side))
    draw = ImageDraw.Draw(sheet)
    for shape in shapes:
        draw.polygon([(x * side, y * side) for x, y in shape], fill=255)
    return np.asarray(sheet.reduce(_FINER), dtype=np.float32) / np.float32(255)


def shifted(mask: Pixels, across_px: int, down_px: int) -> Pixels:
    """Return the mask moved; what leaves on one side comes back on the other."""
    return np.roll(mask, (down_px, across_px), axis=(0, 1))


def blurred(mask: Pixels, radius_px: int) -> Pixels:
    """Return a mask softened by making it small and large again."""
    small = max(1, SIDE_PX // max(1, radius_px))
    image = Image.fromarray(mask).resize((small, small), Image.Resampling.BOX)
    return unit(np.asarray(image.resize((SIDE_PX, SIDE_PX), Image.Resampling.BICUBIC)))
