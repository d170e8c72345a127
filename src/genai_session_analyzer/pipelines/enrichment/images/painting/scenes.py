"""Compositions without people: landscapes, castles, planets, and forms that mean nothing."""

import numpy as np

from genai_session_analyzer.pipelines.enrichment.images.painting import backdrops, shapes
from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import (
    SIDE_PX,
    Pixels,
    add_light,
    disc,
    ellipse,
    glow,
    grid,
    lay,
    outline,
    smooth_noise,
    vertical_gradient,
)
from genai_session_analyzer.pipelines.enrichment.images.painting.palettes import Palette

_BIRD = [(-0.5, -0.12), (-0.2, -0.25), (0, 0), (0.2, -0.25), (0.5, -0.12), (0.2, -0.16), (0, 0.1),
         (-0.2, -0.16)]  # fmt: skip


def environment(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A sun over ranges of mountains, by water half of the time, birds in the air."""
    picture = backdrops.sky(rng, palette, rng.uniform(0.3, 0.8))
    horizon = rng.uniform(0.42, 0.56)
    sun = (rng.uniform(0.2, 0.8), horizon - rng.uniform(0.05, 0.24))
    backdrops.sun(picture, palette.accent, sun, rng.uniform(0.04, 0.09))
    backdrops.ridges(picture, rng, palette, horizon)
    if rng.random() < 0.5:
        backdrops.water(picture, rng, rng.uniform(0.66, 0.8))
    else:
        _firs(picture, rng, palette)
    flock = [
        shapes.placed(_BIRD, (rng.uniform(0.1, 0.9), rng.uniform(0.1, horizon)), 0.035, False)
        for _ in range(int(rng.integers(0, 6)))
    ]
    lay(picture, palette.shade, outline(*flock), 0.8)
    return picture


def _firs(picture: Pixels, rng: np.random.Generator, palette: Palette) -> None:
    trees = []
    for x in np.arange(-0.03, 1.05, 0.05):
        left = x + rng.uniform(-0.02, 0.02)
        height = rng.uniform(0.06, 0.2) * (0.5 + abs(left - 0.5))
        foot = 0.97 + rng.uniform(-0.03, 0.04)
        for tier in range(3):
            half, top = 0.012 * (tier + 1.3), foot - height * (1 - tier * 0.28)
            tip = height * 0.45
            trees.append([(left - half, top + tip), (left, top), (left + half, top + tip)])
    lay(picture, palette.shade * 0.75, outline(*trees))


def fantasy(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A castle under a great moon, stars, and a dragon."""
    picture = backdrops.sky(rng, palette, 0.45)
    backdrops.stars(picture, rng, 90, 0.6)
    side = rng.choice([0.3, 0.7])
    backdrops.moon(picture, rng, palette.accent, (side, rng.uniform(0.26, 0.36)))
    backdrops.ridges(picture, rng, palette, 0.62)
    centre = 1 - side + rng.uniform(-0.06, 0.06)
    hill = ellipse((centre, 0.98), 0.5, 0.24)
    walls = outline(hill, *shapes.castle(rng, centre, 0.78))
    backdrops.silhouette(picture, walls, palette)
    _windows(picture, rng, palette, outline(*shapes.castle(rng, centre, 0.78)), 0.02)
    size, place = rng.uniform(0.3, 0.48), (side + rng.uniform(-0.08, 0.08), rng.uniform(0.3, 0.5))
    is_mirrored = bool(rng.random() < 0.5)
    dragon = [shapes.DRAGON_BODY, *shapes.DRAGON_WINGS]
    mask = outline(*(shapes.placed(part, place, size, is_mirrored) for part in dragon))
    backdrops.silhouette(picture, mask, palette, 3)
    return picture


def scifi(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A ringed planet in the stars over a city, a rocket on its way."""
    picture = vertical_gradient(palette.shade * 0.55, palette.sky * 0.7 + palette.middle * 0.3)
    add_light(picture, palette.accent, smooth_noise(rng, 3, 3) ** 3, 0.3)
    backdrops.stars(picture, rng, 170, 0.9)
    centre = (rng.uniform(0.3, 0.7), rng.uniform(0.28, 0.4))
    _planet(picture, rng, palette, centre, rng.uniform(0.15, 0.24))
    city = outline(*shapes.skyline(rng, 0.9))
    add_light(picture, palette.accent, glow((0.5, 0.95), 0.35), 0.35)
    backdrops.silhouette(picture, city, palette, 2)
    _windows(picture, rng, palette, city, 0.14)
    _rocket(picture, rng, palette, centre[0])
    return picture


def _planet(
    picture: Pixels,
    rng: np.random.Generator,
    palette: Palette,
    centre: tuple[float, float],
    radius: float,
) -> None:
    x, y = grid()
    across, down = (x - centre[0]) / radius, (y - centre[1]) / radius
    tilt = rng.uniform(-0.4, 0.4)
    along, over = across + down * tilt, down - across * tilt
    bands = np.sin(over * rng.uniform(5, 10) + smooth_noise(rng, 6, 8) * 3) * 0.5 + 0.5
    colour = palette.middle + (palette.horizon - palette.middle) * bands[..., np.newaxis]
    light = np.clip(0.75 - across * 0.5 - down * 0.5, 0.06, 1.15)[..., np.newaxis]
    add_light(picture, palette.accent, glow(centre, radius * 1.6), 0.3)
    ring = np.hypot(along * 0.55, over * 2.6)
    rings = np.clip((0.11 - np.abs(ring - 0.93)) * 25, 0, 1) * (np.sin(ring * 55) * 0.3 + 0.7)
    body = disc(centre, radius)
    lay(picture, palette.accent, rings * (over < 0), 0.75)
    lay(picture, np.clip(colour * light, 0, 1), body)
    lay(picture, palette.accent, rings * (over >= 0), 0.85)


def _windows(
    picture: Pixels, rng: np.random.Generator, palette: Palette, walls: Pixels, share: float
) -> None:
    small = SIDE_PX // 4
    lit = np.kron(rng.random((small, small)) < share, np.ones((4, 4), dtype=bool))
    panes = np.zeros((4, 4), dtype=bool)
    panes[:2, :2] = True
    mask = lit & np.tile(panes, (small, small)) & (walls > 0.95)
    lay(picture, palette.accent * 0.5 + 0.5, mask.astype(np.float32), 0.9)


def _rocket(picture: Pixels, rng: np.random.Generator, palette: Palette, planet_x: float) -> None:
    place = ((0.16 if planet_x > 0.5 else 0.84) + rng.uniform(-0.05, 0.05), rng.uniform(0.3, 0.5))
    size = rng.uniform(0.28, 0.42)
    flame = [(-0.04, 0.15), (0, 0.6), (0.04, 0.15)]
    add_light(picture, palette.accent, glow((place[0], place[1] + size * 0.25), size * 0.3), 0.8)
    lay(picture, palette.accent * 0.6 + 0.4, outline(shapes.placed(flame, place, size, False)), 0.9)
    parts = [shapes.ROCKET, *shapes.ROCKET_FINS]
    hull = outline(*(shapes.placed(part, place, size, False) for part in parts))
    lay(picture, palette.horizon, hull)
    x = (grid()[0] - np.float32(place[0])) / np.float32(size)
    lay(picture, palette.shade, hull * np.clip(x * 9 + 0.35, 0, 1), 0.7)
    lay(picture, palette.accent, disc((place[0], place[1] - size * 0.1), size * 0.035))


def abstract(rng: np.random.Generator, palette: Palette) -> Pixels:
    """Flowing bands and discs, for a prompt whose domain is unknown."""
    x, y = grid()
    bent = y + (smooth_noise(rng, 3, 3) - 0.5) * 0.9 + x * rng.uniform(-0.5, 0.5)
    picture = vertical_gradient(palette.sky, palette.horizon)
    colours = (palette.middle, palette.accent, palette.shade, palette.horizon)
    for number, colour in enumerate(colours):
        band = np.clip((np.sin(bent * 9 + number * 1.6) - 0.35) * 14, 0, 1)
        lay(picture, colour, band, 0.8)
    for _ in range(4):
        ring = disc((rng.uniform(0, 1), rng.uniform(0, 1)), rng.uniform(0.05, 0.2))
        lay(picture, colours[int(rng.integers(0, 4))], ring, 0.75)
    return picture
