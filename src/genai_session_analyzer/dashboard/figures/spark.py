"""A course of numbers in the size of a word, as an SVG in a data URI."""

from collections.abc import Sequence
from urllib.parse import quote

WIDTH, HEIGHT, MARGIN = 160, 36, 2


def spark_uri(values: Sequence[float | None], colour: str) -> str:
    """Return an SVG line through the values from left to right, as a `data:` address.

    The line breaks where a value is None; fewer than two known values give an empty picture.

    Args:
        values: In order, evenly spaced.
        colour: Of the line, a CSS colour.
    """
    lines = "".join(
        f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="1.6" '
        'stroke-linejoin="round" stroke-linecap="round" vector-effect="non-scaling-stroke"/>'
        for points in _runs(values)
    )
    picture = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'preserveAspectRatio="none">{lines}</svg>'
    )
    return f"data:image/svg+xml,{quote(picture)}"


def _runs(values: Sequence[float | None]) -> list[str]:
    """The points of each unbroken run, as SVG wants them."""
    known = [value for value in values if value is not None]
    if len(known) < 2:
        return []
    low, span = min(known), (max(known) - min(known)) or 1.0
    step = (WIDTH - 2 * MARGIN) / (len(values) - 1)
    runs: list[list[str]] = [[]]
    for number, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        y = HEIGHT - MARGIN - (value - low) / span * (HEIGHT - 2 * MARGIN)
        runs[-1].append(f"{MARGIN + number * step:.1f},{y:.1f}")
    return [" ".join(run) for run in runs if len(run) > 1]
