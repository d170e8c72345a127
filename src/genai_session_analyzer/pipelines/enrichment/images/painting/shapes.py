"""Outlines of people, animals and buildings, as points 0-1 from left and from top."""

from collections.abc import Sequence

import numpy as np

from genai_session_analyzer.pipelines.enrichment.images.painting.canvas import Point

_POINTS_A_PIECE = 6


def rounded(points: Sequence[Point]) -> list[Point]:
    """Return a closed outline that passes smoothly through the points (Catmull-Rom)."""
    before, start, end, after = (
        np.roll(np.array(points), shift, axis=0) for shift in (1, 0, -1, -2)
    )
    pieces = []
    for step in np.arange(_POINTS_A_PIECE) / _POINTS_A_PIECE:
        curve = (
            2 * start
            + (end - before) * step
            + (2 * before - 5 * start + 4 * end - after) * step**2
            + (3 * start - before - 3 * end + after) * step**3
        ) / 2
        pieces.append(curve)
    ordered = np.stack(pieces, axis=1).reshape(-1, 2)
    return [(float(x), float(y)) for x, y in ordered]


def placed(points: Sequence[Point], origin: Point, size: float, is_mirrored: bool) -> list[Point]:
    """Return an outline drawn around (0, 0) moved to `origin`, scaled, perhaps mirrored."""
    sign = -1 if is_mirrored else 1
    return [(origin[0] + sign * size * x, origin[1] + size * y) for x, y in points]


SHOULDERS = rounded(
    [(-0.11, -0.1), (-0.11, 0.02), (-0.34, 0.1), (-0.44, 0.34), (-0.44, 0.7), (0.44, 0.7),
     (0.44, 0.34), (0.34, 0.1), (0.11, 0.02), (0.11, -0.1)]
)  # fmt: skip
LONG_HAIR = rounded(
    [(-0.24, 0.26), (-0.23, -0.15), (-0.17, -0.44), (0, -0.5), (0.18, -0.44), (0.24, -0.12),
     (0.27, 0.24), (0.12, 0.2), (0, 0.1), (-0.12, 0.2)]
)  # fmt: skip
HAIRS = [
    rounded([(-0.18, -0.1), (-0.22, -0.34), (-0.08, -0.5), (0.1, -0.52), (0.22, -0.36),
             (0.17, -0.12), (0, -0.3)]),
    rounded([(-0.17, -0.12), (-0.2, -0.36), (-0.06, -0.46), (-0.1, -0.58), (0.03, -0.64),
             (0.1, -0.54), (0.05, -0.46), (0.2, -0.34), (0.17, -0.12), (0, -0.32)]),
    rounded([(-0.34, -0.34), (-0.2, -0.36), (-0.15, -0.55), (0.14, -0.56), (0.19, -0.36),
             (0.35, -0.33), (0.2, -0.27), (0, -0.25), (-0.2, -0.27)]),
]  # fmt: skip
"""Short hair, a bun, a hat."""

CLOAKED = rounded(
    [(-0.045, -0.36), (-0.1, -0.33), (-0.13, -0.2), (-0.16, 0.1), (-0.24, 0.42), (0.2, 0.42),
     (0.15, 0.1), (0.13, -0.2), (0.1, -0.33), (0.045, -0.36)]
)  # fmt: skip
ARMED = rounded(
    [(-0.04, -0.35), (-0.14, -0.31), (-0.17, -0.06), (-0.11, -0.06), (-0.085, -0.2), (-0.09, 0.05),
     (-0.11, 0.42), (-0.03, 0.42), (0, 0.12), (0.03, 0.42), (0.11, 0.42), (0.09, 0.05),
     (0.085, -0.2), (0.2, -0.14), (0.25, -0.2), (0.14, -0.31), (0.04, -0.35)]
)  # fmt: skip
FLYING_CAPE = rounded(
    [(-0.05, -0.34), (-0.2, -0.26), (-0.38, -0.02), (-0.5, 0.18), (-0.36, 0.14), (-0.3, 0.28),
     (-0.16, 0.18), (0.06, 0.1), (0.08, -0.3)]
)  # fmt: skip

CAT = rounded(
    [(-0.03, -0.36), (-0.13, -0.33), (-0.16, -0.2), (-0.12, -0.1), (-0.17, 0.08), (-0.2, 0.3),
     (-0.12, 0.36), (0.14, 0.36), (0.22, 0.26), (0.2, 0.05), (0.11, -0.09), (0.12, -0.2),
     (0.1, -0.33)]
)  # fmt: skip
CAT_EARS = [
    [(-0.14, -0.27), (-0.13, -0.46), (-0.03, -0.35)],
    [(0.11, -0.27), (0.11, -0.46), (0, -0.35)],
]
CAT_TAIL = rounded(
    [
        (0.13, 0.34),
        (0.3, 0.3),
        (0.36, 0.12),
        (0.3, -0.04),
        (0.36, -0.08),
        (0.42, 0.12),
        (0.35, 0.36),
    ]
)
STAG = rounded(
    [(-0.34, -0.2), (-0.24, -0.27), (-0.18, -0.2), (-0.13, -0.03), (0.14, -0.04), (0.24, 0.0),
     (0.25, 0.14), (0.22, 0.2), (0.24, 0.42), (0.2, 0.42), (0.16, 0.2), (0.12, 0.13), (-0.06, 0.13),
     (-0.09, 0.2), (-0.1, 0.42), (-0.14, 0.42), (-0.16, 0.15), (-0.22, 0.02), (-0.25, -0.12)]
)  # fmt: skip
ANTLERS = [
    [(-0.22, -0.25), (-0.3, -0.42), (-0.42, -0.5), (-0.29, -0.45), (-0.27, -0.56), (-0.26, -0.44),
     (-0.19, -0.25)],
    [(-0.2, -0.24), (-0.16, -0.4), (-0.04, -0.5), (-0.15, -0.44), (-0.18, -0.55), (-0.18, -0.42),
     (-0.23, -0.3)],
]  # fmt: skip
BIRD = rounded(
    [(-0.3, -0.04), (-0.22, -0.1), (-0.12, -0.07), (-0.02, -0.02), (0.1, -0.2), (0.34, -0.3),
     (0.24, -0.1), (0.14, 0.04), (0.28, 0.12), (0.4, 0.16), (0.24, 0.17), (0.06, 0.12), (-0.1, 0.1),
     (-0.21, 0.02)]
)  # fmt: skip
DRAGON_BODY = rounded(
    [(-0.46, -0.1), (-0.36, -0.16), (-0.26, -0.1), (-0.14, -0.01), (0.02, 0.02), (0.18, 0.0),
     (0.34, 0.1), (0.5, 0.02), (0.4, 0.15), (0.24, 0.13), (0.06, 0.12), (-0.14, 0.09),
     (-0.28, -0.02), (-0.36, -0.06)]
)  # fmt: skip
DRAGON_WINGS = [
    [(-0.12, 0.02), (-0.1, -0.24), (-0.18, -0.46), (0.06, -0.3), (0.2, -0.34), (0.16, -0.2),
     (0.3, -0.18), (0.2, -0.08), (0.1, 0.04)],
    [(-0.1, 0.04), (-0.16, -0.16), (-0.36, -0.38), (-0.1, -0.3), (0.02, -0.1)],
]  # fmt: skip
VASE = rounded(
    [(-0.06, -0.3), (-0.05, -0.2), (-0.15, -0.06), (-0.17, 0.1), (-0.1, 0.24), (0.1, 0.24),
     (0.17, 0.1), (0.15, -0.06), (0.05, -0.2), (0.06, -0.3)]
)  # fmt: skip
BOTTLE = rounded(
    [(-0.035, -0.42), (-0.04, -0.22), (-0.11, -0.12), (-0.115, 0.22), (0.115, 0.22), (0.11, -0.12),
     (0.04, -0.22), (0.035, -0.42)]
)  # fmt: skip
ROCKET = rounded(
    [
        (0, -0.34),
        (-0.07, -0.2),
        (-0.08, 0.08),
        (-0.05, 0.16),
        (0.05, 0.16),
        (0.08, 0.08),
        (0.07, -0.2),
    ]
)
ROCKET_FINS = [[(-0.07, 0), (-0.16, 0.2), (-0.05, 0.14)], [(0.07, 0), (0.16, 0.2), (0.05, 0.14)]]


def castle(rng: np.random.Generator, centre: float, base: float) -> list[list[Point]]:
    """Return the walls and pointed towers of a castle standing on y = `base`."""
    shapes: list[list[Point]] = [
        [(centre - 0.2, base + 0.1), (centre - 0.2, base - 0.1), (centre + 0.2, base - 0.1),
         (centre + 0.2, base + 0.1)]
    ]  # fmt: skip
    for place in (-0.2, -0.1, 0.0, 0.1, 0.2):
        x, half = centre + place + rng.uniform(-0.02, 0.02), rng.uniform(0.022, 0.035)
        top = base - rng.uniform(0.16, 0.24) - 0.12 * (1 - abs(place) / 0.2)
        roof = top - half * rng.uniform(2.6, 4)
        shapes.append([(x - half, base), (x - half, top), (x + half, top), (x + half, base)])
        shapes.append([(x - half * 1.4, top), (x, roof), (x + half * 1.4, top)])
    return shapes


def skyline(rng: np.random.Generator, base: float) -> list[list[Point]]:
    """Return towers of a city side by side, from y = `base` upwards."""
    shapes: list[list[Point]] = []
    x = -0.02
    while x < 1:
        width, height = rng.uniform(0.04, 0.1), rng.uniform(0.06, 0.34)
        top = base - height
        shapes.append([(x, 1), (x, top), (x + width * 0.3, top - rng.uniform(0, 0.03)),
                       (x + width, top), (x + width, 1)])  # fmt: skip
        if rng.random() < 0.35:
            middle = x + width / 2
            shapes.append([(middle - 0.004, top), (middle, top - 0.1), (middle + 0.004, top)])
        x += width + rng.uniform(-0.01, 0.02)
    return shapes
