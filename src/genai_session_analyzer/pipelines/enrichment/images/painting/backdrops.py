"""What several compositions share: skies, stars, ridges, ground."""

import numpy as np

from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import (
    SIDE_PX,
    Pixels,
    Point,
    add_light,
    blurred,
    clouds,
    disc,
    glow,
    grid,
    lay,
    shifted,
    smooth_noise,
    vertical_gradient,
)
from genai_session_analyzer.pipelines.enrichment.images.painting.palettes import Palette

_WHITE = np.ones(3, dtype=np.float32)


def sky(rng: np.random.Generator, palette: Palette, cloudiness: float = 0.5) -> Pixels:
    """Return a picture: the sky from top to horizon, with clouds."""
    picture = vertical_gradient(palette.sky, palette.horizon)
    billows = np.clip(clouds(rng) * 2.2 - 0.9, 0, 1) * (1 - grid()[1] * 0.6)
    lay(picture, palette.horizon * 0.6 + 0.4, billows, cloudiness)
    return picture


def stars(picture: Pixels, rng: np.random.Generator, count: int, down_to: float = 0.7) -> None:
    """Scatter stars over the upper part of a picture, in place."""
    mask = np.zeros((SIDE_PX, SIDE_PX), dtype=np.float32)
    rows = (rng.random(count) * down_to * SIDE_PX).astype(int)
    columns = rng.integers(0, SIDE_PX, count)
    mask[rows, columns] = rng.uniform(0.3, 1, count).astype(np.float32)
    bright = mask * (mask > 0.85)
    cross = sum((shifted(bright, *step) for step in ((1, 0), (-1, 0), (0, 1), (0, -1))), mask)
    add_light(picture, _WHITE, np.clip(cross, 0, 1), 0.9)


def sun(picture: Pixels, colour: Pixels, centre: Point, radius: float) -> None:
    """Hang a sun or a moon with its glow, in place."""
    add_light(picture, colour, glow(centre, radius * 3.2), 0.65)
    lay(picture, colour * 0.5 + 0.5, disc(centre, radius), 0.95)


def moon(picture: Pixels, rng: np.random.Generator, colour: Pixels, centre: Point) -> None:
    """Hang a large moon with its seas, in place."""
    radius = rng.uniform(0.13, 0.2)
    sun(picture, colour, centre, radius)
    seas = np.clip(smooth_noise(rng, 14, 14) * 2 - 0.9, 0, 1) * disc(centre, radius * 0.97)
    lay(picture, colour * 0.72, seas, 0.45)


def ridge_line(rng: np.random.Generator, height: float, roughness: float) -> Pixels:
    """Return the y of a mountain range for every column, shape (SIDE_PX,)."""
    x = np.linspace(0, 1, SIDE_PX, dtype=np.float32)
    line = np.full(SIDE_PX, height, dtype=np.float32)
    for octave in range(5):
        count = 3 * 2**octave
        knots = rng.uniform(-1, 1, count + 1)
        peaks = np.interp(x * count, np.arange(count + 1), knots)
        line += np.float32(roughness * 0.5**octave) * peaks.astype(np.float32)
    return line


def below(line: Pixels) -> Pixels:
    """Return the mask of what lies below a line given as one y per column."""
    return np.clip((grid()[1] - line[np.newaxis, :]) * SIDE_PX + 0.5, 0, 1)


def ridges(picture: Pixels, rng: np.random.Generator, palette: Palette, top: float) -> None:
    """Stack mountain ranges from pale and far to dark and near, in place."""
    far = palette.horizon * 0.45 + palette.middle * 0.55
    for layer, share in enumerate(np.linspace(0, 1, 4, dtype=np.float32)):
        height = top + (0.92 - top) * float(share) ** 1.15
        mask = below(ridge_line(rng, height, 0.085 - 0.012 * layer))
        haze = np.clip((grid()[1] - height) * 3.5, 0, 1)[..., np.newaxis] * (1 - share)
        colour = far + (palette.shade - far) * share
        lay(picture, colour + (palette.horizon - colour) * haze * 0.55, mask)


def water(picture: Pixels, rng: np.random.Generator, shore: float) -> None:
    """Mirror what stands above the shore (y, 0-1) below it, rippled, in place."""
    first = int(shore * SIDE_PX)
    rows = np.arange(first, SIDE_PX)
    mirrored = np.clip(2 * first - rows - 1, 0, first - 1)
    depth = (rows - first)[:, np.newaxis]
    waves = np.sin(depth * 0.9 + rng.uniform(0, 6)) * (1 + depth * 0.05)
    columns = np.clip(np.arange(SIDE_PX)[np.newaxis, :] + waves.astype(int), 0, SIDE_PX - 1)
    fading = np.float32(0.82) - (depth * np.float32(0.0018)).astype(np.float32)
    picture[first:] = picture[mirrored[:, np.newaxis], columns] * fading[..., np.newaxis]
    glints = np.clip(smooth_noise(rng, 10, 90)[first:] * 3 - 2.1, 0, 1)
    picture[first:] += (1 - picture[first:]) * glints[..., np.newaxis] * np.float32(0.35)


def lights_out_of_focus(picture: Pixels, rng: np.random.Generator, palette: Palette) -> None:
    """Scatter soft discs of light over a picture, in place."""
    for _ in range(int(rng.integers(7, 12))):
        centre = (rng.uniform(0, 1), rng.uniform(0, 1))
        colour = palette.accent if rng.random() < 0.6 else palette.horizon
        add_light(picture, colour, disc(centre, rng.uniform(0.03, 0.11), 0.03), 0.22)


def rays(picture: Pixels, colour: Pixels, centre: Point, count: int, strength: float) -> None:
    """Send rays out from a point, in place."""
    x, y = grid()
    angle = np.arctan2(y - np.float32(centre[1]), x - np.float32(centre[0]))
    beams = np.clip(np.sin(angle * count) * 3 + 0.5, 0, 1)
    add_light(picture, colour, beams, strength)


def silhouette(picture: Pixels, mask: Pixels, palette: Palette, light_px: int = 4) -> None:
    """Set a dark shape into a picture, in place, lit along one side.

    Args:
        picture: Where it goes.
        mask: The shape.
        palette: Its colours: shade within, accent along the lit edge.
        light_px: Width of the lit edge; negative = from the right.
    """
    fall = np.clip(1.25 - grid()[1], 0, 1)[..., np.newaxis]
    lay(picture, palette.shade + (palette.middle - palette.shade) * fall * 0.38, mask)
    edge = np.clip(mask - shifted(mask, light_px, abs(light_px) // 2), 0, 1)
    add_light(picture, palette.accent, blurred(edge, 4) * mask, 0.95)
