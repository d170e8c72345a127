"""Compositions around one subject: a face, a figure, an animal, a thing, a hero."""

import numpy as np

from genai_session_analyzer.pipelines.enrichment.images.painting import backdrops, shapes
from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import (
    Pixels,
    add_light,
    blurred,
    clouds,
    disc,
    ellipse,
    glow,
    grid,
    lay,
    outline,
    vertical_gradient,
)
from genai_session_analyzer.pipelines.enrichment.images.painting.palettes import Palette


def portrait(rng: np.random.Generator, palette: Palette) -> Pixels:
    """Head and shoulders before lights out of focus, lit from one side."""
    picture = vertical_gradient(palette.sky, palette.middle)
    lay(picture, palette.horizon, clouds(rng), 0.5)
    backdrops.lights_out_of_focus(picture, rng, palette)
    centre, size = (0.5 + rng.uniform(-0.06, 0.06), 0.52), rng.uniform(0.82, 0.98)
    light = int(rng.choice([-5, 5]))
    add_light(picture, palette.horizon, glow((centre[0] - light * 0.03, 0.35), 0.36), 0.6)
    body = outline(shapes.placed(shapes.SHOULDERS, (centre[0], centre[1] + 0.12), size, False))
    backdrops.silhouette(picture, body, palette, light)
    face = ((centre[0], centre[1] - 0.14 * size), 0.145 * size, 0.2 * size)
    crown = (centre[0], centre[1] + 0.06)
    if rng.random() < 0.45:
        behind = outline(shapes.placed(shapes.LONG_HAIR, crown, size, light < 0))
        backdrops.silhouette(picture, behind, palette, light)
    _skin(picture, palette, face, light)
    hair = shapes.HAIRS[int(rng.integers(0, len(shapes.HAIRS)))]
    worn = outline(shapes.placed(hair, crown, size * 0.98, light < 0))
    backdrops.silhouette(picture, worn, palette, light)
    return picture


def _skin(
    picture: Pixels,
    palette: Palette,
    face: tuple[tuple[float, float], float, float],
    light_px: int,
) -> None:
    (x0, y0), rx, ry = face
    mask = outline(ellipse(*face), ellipse((x0, y0 + ry * 1.1), rx * 0.5, ry * 0.5))
    side = np.clip((grid()[0] - x0) / rx * (1 if light_px < 0 else -1) * 0.5 + 0.6, 0, 1)
    lit = palette.horizon * 0.75 + palette.accent * 0.25
    dark = palette.shade * 0.5 + palette.middle * 0.5
    lay(picture, dark + (lit - dark) * (side * side)[..., np.newaxis], mask)
    eyes = [
        ellipse((x0 + sign * rx * 0.42, y0 - ry * 0.02), rx * 0.17, ry * 0.05) for sign in (-1, 1)
    ]
    lips = ellipse((x0, y0 + ry * 0.5), rx * 0.26, ry * 0.055)
    nose = [(x0, y0), (x0 + rx * 0.13, y0 + ry * 0.26), (x0 - rx * 0.05, y0 + ry * 0.28)]
    lay(picture, palette.shade, outline(*eyes), 0.9)
    lay(picture, palette.shade, outline(nose), 0.3)
    lay(picture, palette.accent * 0.6 + palette.shade * 0.4, outline(lips), 0.8)


def character(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A standing figure, cloaked or armed, before the light, mist at its feet."""
    picture = backdrops.sky(rng, palette, 0.6)
    backdrops.ridges(picture, rng, palette, rng.uniform(0.6, 0.72))
    centre = (0.5 + rng.uniform(-0.1, 0.1), 0.52)
    backdrops.sun(picture, palette.accent, (centre[0] + rng.uniform(-0.1, 0.1), 0.3), 0.17)
    is_mirrored = bool(rng.random() < 0.5)
    body = shapes.CLOAKED if rng.random() < 0.5 else shapes.ARMED
    hand = centre[0] + (-0.2 if is_mirrored else 0.2)
    staff = [(hand - 0.006, 0.2), (hand + 0.006, 0.2), (hand + 0.008, 0.92), (hand - 0.006, 0.92)]
    head = ellipse((centre[0], 0.52 - 0.39), 0.05, 0.065)
    hat = [(centre[0] - 0.1, 0.12), (centre[0] + 0.01, -0.06), (centre[0] + 0.1, 0.12)]
    parts = [shapes.placed(body, centre, 0.96, is_mirrored), head, staff]
    mask = outline(*parts, *([hat] if rng.random() < 0.4 else []))
    backdrops.silhouette(picture, mask, palette)
    add_light(picture, palette.accent, glow((hand, 0.2), 0.06), 0.9)
    lay(picture, palette.horizon, np.clip((grid()[1] - 0.8) * 5, 0, 1) * clouds(rng), 0.65)
    return picture


def animal(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A cat, a stag or a bird against a low sun."""
    picture = backdrops.sky(rng, palette, 0.5)
    sun = (rng.uniform(0.3, 0.7), rng.uniform(0.32, 0.5))
    backdrops.sun(picture, palette.accent, sun, rng.uniform(0.14, 0.22))
    backdrops.ridges(picture, rng, palette, 0.66)
    is_mirrored, size = bool(rng.random() < 0.5), rng.uniform(0.75, 0.95)
    parts = (
        [shapes.CAT, *shapes.CAT_EARS, shapes.CAT_TAIL],
        [shapes.STAG, *shapes.ANTLERS],
        [shapes.BIRD],
    )[int(rng.integers(0, 3))]
    place = (0.5 + rng.uniform(-0.06, 0.06), 0.4 if len(parts) == 1 else 0.93 - size * 0.38)
    mask = outline(*(shapes.placed(part, place, size, is_mirrored) for part in parts))
    _grass(picture, rng, palette)
    backdrops.silhouette(picture, mask, palette)
    if len(parts) == 4:
        sign = -1 if is_mirrored else 1
        eyes = [
            ellipse((place[0] + sign * x * size, place[1] - 0.24 * size), 0.016, 0.02)
            for x in (-0.07, 0.05)
        ]
        lay(picture, palette.accent * 0.6 + 0.4, outline(*eyes))
    return picture


def _grass(picture: Pixels, rng: np.random.Generator, palette: Palette) -> None:
    feet = np.linspace(-0.02, 1.02, 90)
    tips = 0.99 - rng.uniform(0.04, 0.13, 90)
    bends = rng.uniform(-0.03, 0.03, 90)
    blades = [
        [(x - 0.008, 1.0), (x + bend, tip), (x + 0.008, 1.0)]
        for x, tip, bend in zip(feet.tolist(), tips.tolist(), bends.tolist(), strict=True)
    ]
    lay(picture, palette.shade, outline([(0, 1), (0, 0.95), (1, 0.95), (1, 1)], *blades))


def still_life(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A vase, a bottle and a ball or two on a table, lit from the left."""
    picture = vertical_gradient(palette.sky * 0.8 + 0.1, palette.horizon)
    add_light(picture, palette.horizon, glow((0.25, 0.25), 0.4), 0.5)
    table = np.clip((grid()[1] - 0.7) * 60, 0, 1)
    lay(picture, palette.middle * 0.55 + palette.shade * 0.35, table)
    lay(
        picture,
        palette.horizon,
        table * np.clip(1.3 - grid()[1] * 1.2 - grid()[0] * 0.4, 0, 1),
        0.7,
    )
    colours = (palette.accent, palette.middle, palette.shade * 0.6 + palette.accent * 0.4)
    for number, x in enumerate(rng.permutation([0.3, 0.56, 0.76])):
        form = (shapes.VASE, shapes.BOTTLE, None)[number]
        size, place = rng.uniform(0.8, 1.15), (float(x) + rng.uniform(-0.04, 0.04), 0.62)
        if form is None:
            place, size = (place[0], 0.7), rng.uniform(0.4, 0.7)
        solid = (
            disc(place, 0.16 * size)
            if form is None
            else outline(shapes.placed(form, place, size, False))
        )
        foot = place[1] + (0.16 if form is None else 0.23) * size
        shadow = outline(ellipse((place[0] + 0.08, foot), 0.2 * size, 0.03))
        lay(picture, palette.shade, blurred(shadow, 8), 0.6)
        _solid(picture, solid, colours[number], place, 0.17 * size)
    return picture


def _solid(
    picture: Pixels, mask: Pixels, colour: Pixels, centre: tuple[float, float], radius: float
) -> None:
    """A turned thing: light from the left, a highlight, a darker right side."""
    across = (grid()[0] - np.float32(centre[0])) / np.float32(radius)
    light = np.clip(0.85 - across * 0.55 - (grid()[1] - centre[1]) * 0.5, 0.15, 1.2)
    lay(picture, np.clip(colour * light[..., np.newaxis], 0, 1), mask)
    shine = glow((centre[0] - radius * 0.42, centre[1] - radius * 0.45), radius * 0.24)
    add_light(picture, np.ones(3, dtype=np.float32), shine * mask, 0.85)


def hero(rng: np.random.Generator, palette: Palette) -> Pixels:
    """A caped hero before a burst of rays, as on the cover of a comic."""
    picture = vertical_gradient(palette.sky, palette.horizon)
    centre = (0.5 + rng.uniform(-0.08, 0.08), 0.46)
    backdrops.rays(picture, palette.accent, centre, int(rng.integers(9, 16)), 0.6)
    add_light(picture, palette.horizon, glow(centre, 0.34), 0.7)
    lay(picture, palette.shade, outline(*shapes.skyline(rng, 0.94)), 0.85)
    is_mirrored = bool(rng.random() < 0.5)
    place = (centre[0], 0.5)
    cape = outline(shapes.placed(shapes.FLYING_CAPE, place, 0.95, is_mirrored))
    folds = np.sin((grid()[0] * 1.3 + grid()[1]) * 38) * 0.14 + 0.86
    lay(picture, np.clip(palette.accent * folds[..., np.newaxis], 0, 1), cape)
    head = ellipse((centre[0], 0.5 - 0.4), 0.052, 0.066)
    mask = outline(shapes.placed(shapes.ARMED, place, 0.95, is_mirrored), head)
    backdrops.silhouette(picture, mask, palette)
    emblem = outline(_star((centre[0], 0.3), 0.06))
    lay(picture, palette.accent * 0.7 + 0.3, emblem)
    return picture


def _star(centre: tuple[float, float], radius: float) -> list[tuple[float, float]]:
    turns = np.arange(10) * np.pi / 5 - np.pi / 2
    reach = np.where(np.arange(10) % 2, radius * 0.42, radius)
    return [
        (centre[0] + float(r * np.cos(t)), centre[1] + float(r * np.sin(t)))
        for r, t in zip(reach, turns, strict=True)
    ]
