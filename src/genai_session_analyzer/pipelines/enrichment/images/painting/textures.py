"""What a picture looks painted with: one finish per art style, each picture in, picture out."""

import numpy as np
from PIL import Image

from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import (
    SIDE_PX,
    Pixels,
    add_light,
    blurred,
    by_channel,
    grid,
    lay,
    smooth_noise,
    unit,
    vertical_gradient,
)
from genai_session_analyzer.pipelines.enrichment.images.painting.palettes import Palette

_PAPER = np.array([0.96, 0.93, 0.86], dtype=np.float32)
_GRAPHITE = np.array([0.16, 0.16, 0.2], dtype=np.float32)
_LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
_PIXEL_SIDE = 48


def _brightness(picture: Pixels) -> Pixels:
    return picture @ _LUMA


def _edges(picture: Pixels) -> Pixels:
    """How sharply the brightness changes, 0-1."""
    light = _brightness(picture)
    across = np.abs(np.roll(light, -1, axis=1) - light)
    down = np.abs(np.roll(light, -1, axis=0) - light)
    across[:, -1] = down[-1] = 0
    return unit((across + down) * 5)


def _saturated(picture: Pixels, amount: float) -> Pixels:
    grey = _brightness(picture)[..., np.newaxis]
    return unit(grey + (picture - grey) * np.float32(amount))


def _vignetted(picture: Pixels, strength: float) -> Pixels:
    x, y = grid()
    away = (x - 0.5) ** 2 + (y - 0.5) ** 2
    return picture * (1 - np.float32(strength) * away)[..., np.newaxis]


def _strokes(picture: Pixels, rng: np.random.Generator, length_px: int) -> Pixels:
    """The colours dragged along a turning direction, as a bristle brush does."""
    turn = smooth_noise(rng, 5, 5) * np.float32(2 * np.pi)
    step = smooth_noise(rng, 56, 56) - np.float32(0.5)
    rows, columns = np.indices((SIDE_PX, SIDE_PX))
    far = step * np.float32(length_px)
    rows = np.clip(rows + np.sin(turn) * far, 0, SIDE_PX - 1).astype(np.intp)
    columns = np.clip(columns + np.cos(turn) * far, 0, SIDE_PX - 1).astype(np.intp)
    moved = by_channel([picture[..., at][rows, columns] for at in range(3)])
    return unit(moved * (1 + step * np.float32(0.1))[..., np.newaxis])


def photography(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Soft corners, a vignette and a little grain."""
    del palette
    soft = by_channel([blurred(picture[..., channel], 5) for channel in range(3)])
    x, y = grid()
    away = np.clip(((x - 0.5) ** 2 + (y - 0.5) ** 2) * 4 - 0.25, 0, 1)
    lay(picture, soft, away)
    grain = rng.standard_normal((SIDE_PX, SIDE_PX), dtype=np.float32) * np.float32(0.018)
    return _vignetted(_saturated(picture, 0.85) + grain[..., np.newaxis], 0.9)


def digital_art(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Clean and saturated, bright parts bloom."""
    del rng
    bright = blurred(np.clip(_brightness(picture) * 1.8 - 0.9, 0, 1), 10)
    add_light(picture, palette.accent * 0.5 + 0.5, bright, 0.4)
    return _saturated(picture, 1.3)


def oil_painting(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Thick strokes whose ridges catch the light."""
    del palette
    painted = _strokes(_strokes(picture, rng, 9), rng, 5)
    light = _brightness(painted) + smooth_noise(rng, 64, 64) * np.float32(0.12)
    relief = np.clip((light - np.roll(light, (2, 2), axis=(0, 1))) * 0.7, -0.12, 0.12)
    return _saturated(painted + relief[..., np.newaxis], 1.12)


def watercolor(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Thinned colours that pool at their edges, on paper left white around."""
    del palette
    ragged = _displaced(picture, rng, 6)
    pooled = _edges(by_channel([blurred(ragged[..., c], 3) for c in range(3)]))
    thin = ragged * 0.68 + 0.32
    thin = thin * (1 - pooled * 0.5)[..., np.newaxis]
    wash = (smooth_noise(rng, 9, 9) - 0.5) * np.float32(0.14)
    grain = (rng.random((SIDE_PX, SIDE_PX), dtype=np.float32) - 0.5) * np.float32(0.025)
    thin = thin + (wash + grain)[..., np.newaxis]
    x, y = grid()
    edge = np.minimum(np.minimum(x, 1 - x), np.minimum(y, 1 - y))
    bare = np.clip((0.075 - edge + (smooth_noise(rng, 14, 14) - 0.5) * 0.09) * 40, 0, 1)
    lay(thin, _PAPER, bare.astype(np.float32))
    return thin


def _displaced(picture: Pixels, rng: np.random.Generator, far_px: int) -> Pixels:
    rows, columns = np.indices((SIDE_PX, SIDE_PX))
    down = (smooth_noise(rng, 22, 22) - 0.5) * far_px
    across = (smooth_noise(rng, 22, 22) - 0.5) * far_px
    rows = np.clip(rows + down, 0, SIDE_PX - 1).astype(np.intp)
    columns = np.clip(columns + across, 0, SIDE_PX - 1).astype(np.intp)
    return by_channel([picture[..., at][rows, columns] for at in range(3)])


def sketch(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Pencil on paper: lines where it changes, hatching where it is dark."""
    del palette
    trembling = _displaced(picture, rng, 4)
    light = _brightness(trembling)
    light = np.clip((light - light.min()) / max(0.2, float(np.ptp(light))), 0, 1)
    x, y = grid()
    hatching = np.zeros_like(light)
    for slope, least in ((1.0, 0.62), (-0.8, 0.4), (0.15, 0.2)):
        lines = np.sin((x * slope + y) * 210 + smooth_noise(rng, 8, 8) * 5) * 0.5 + 0.5
        hatching = np.maximum(hatching, lines * np.clip((least - light) * 5, 0, 1))
    drawn = np.clip(_edges(trembling) * 1.3 + hatching * 0.62, 0, 1)
    sheet = vertical_gradient(_PAPER, _PAPER)
    sheet += ((smooth_noise(rng, 90, 90) - 0.5) * np.float32(0.05))[..., np.newaxis]
    lay(sheet, _GRAPHITE, drawn.astype(np.float32), 0.92)
    return sheet


def render_3d(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Smooth plastic: forms swell towards a lamp and shine."""
    del rng
    smooth = by_channel([blurred(picture[..., channel], 2) for channel in range(3)])
    height = blurred(_brightness(smooth), 5)
    slope = np.roll(height, (3, 3), axis=(0, 1)) - height
    slope[:3] = slope[:, :3] = 0
    lit = smooth * (1 + np.clip(slope * 3, -0.5, 0.6))[..., np.newaxis]
    add_light(lit, np.ones(3, dtype=np.float32), np.clip(slope * 5 - 0.35, 0, 1), 0.8)
    add_light(lit, palette.horizon, np.clip(0.7 - grid()[1] * 1.6, 0, 1), 0.2)
    return _vignetted(_saturated(np.clip(lit, 0, 1), 1.15), 0.45)


def anime(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Flat cells of clear colour with dark contours."""
    del rng
    vivid = _saturated(picture, 1.45)
    cells = np.round(vivid * 6) / 6 * np.float32(0.75) + vivid * np.float32(0.25)
    lines = np.clip(_edges(picture) * 2.2 - 0.5, 0, 1)
    cells = unit(cells * np.float32(1.06) + np.float32(0.03))
    lay(cells, palette.shade, lines, 0.85)
    return cells


def pixel_art(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """48 x 48 squares in sixteen colours."""
    del rng, palette
    vivid = Image.fromarray((np.clip(_saturated(picture, 1.25), 0, 1) * 255).astype(np.uint8))
    small = vivid.resize((_PIXEL_SIDE, _PIXEL_SIDE), Image.Resampling.BOX)
    few = small.quantize(16, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).convert("RGB")
    large = few.resize((SIDE_PX, SIDE_PX), Image.Resampling.NEAREST)
    return np.asarray(large, dtype=np.float32) / np.float32(255)


def concept_art(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Loose broad strokes, light from above, the bars of a wide screen."""
    loose = _strokes(picture, rng, 8)
    x, y = grid()
    slant = x + y * 0.55 + (smooth_noise(rng, 3, 3) - 0.5) * 0.2
    shafts = np.clip(np.sin(slant * 15 + rng.uniform(0, 6)) - 0.45, 0, 1) * (1 - y)
    add_light(loose, palette.horizon, shafts.astype(np.float32), 0.5)
    toned = _vignetted(_saturated(loose, 0.72), 0.6)
    bar = SIDE_PX // 12
    toned[:bar] = toned[-bar:] = 0.03
    return toned


def pop_art(picture: Pixels, rng: np.random.Generator, palette: Palette) -> Pixels:
    """Four flat inks, dots of print, a thick contour."""
    del rng
    light = _brightness(picture)
    low, high = np.quantile(light, (0.03, 0.97))
    light = np.clip((light - low) / max(0.1, float(high - low)), 0, 1)
    inks = np.stack([palette.shade * 0.8, palette.accent, palette.middle, palette.horizon])
    inks = _saturated(inks[np.newaxis], 1.7)[0]
    cell = np.clip((light * 4).astype(np.intp), 0, 3)
    flat = by_channel([inks[:, at][cell] for at in range(3)])
    x, y = grid()
    across, down = (x + y) * SIDE_PX / 8.5, (x - y) * SIDE_PX / 8.5
    from_centre = np.hypot(across % 1 - 0.5, down % 1 - 0.5)
    dots = np.clip((0.34 - (light * 4 % 1) * 0.3 - from_centre) * 8, 0, 1) * (cell > 0)
    lay(flat, inks[np.clip(cell - 1, 0, 3)], dots.astype(np.float32), 0.85)
    lines = np.clip(blurred(_edges(picture), 2) * 2.4 - 0.55, 0, 1)
    lay(flat, palette.shade * 0.35, lines)
    return flat
