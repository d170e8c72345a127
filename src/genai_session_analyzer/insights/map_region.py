"""A region drawn on the map, and the prompts inside it."""

import math
from typing import Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.insights.gallery_rows import GalleryRows
from genai_session_analyzer.semantic.coded_column import Mask

Corner = tuple[float, float]
FEWEST_CORNERS, MOST_CORNERS = 3, 64


class Region(BaseModel):
    """A polygon on the map by its corners in order; the last is joined to the first.

    Where the outline crosses itself, what is enclosed twice is outside (the even-odd rule).
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    corners: tuple[Corner, ...] = Field(min_length=FEWEST_CORNERS, max_length=MOST_CORNERS)

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Return the region of `x,y;x,y;...`; None where the text is not one."""
        try:
            numbers = [[float(part) for part in pair.split(",")] for pair in text.split(";")]
        except ValueError:
            return None
        is_outline = FEWEST_CORNERS <= len(numbers) <= MOST_CORNERS and all(
            len(pair) == 2 and all(map(math.isfinite, pair)) for pair in numbers
        )
        return cls(corners=tuple((pair[0], pair[1]) for pair in numbers)) if is_outline else None

    def text(self) -> str:
        """Return the region as `parse` reads it, to a thousandth of the map's half."""
        return ";".join(f"{x:.3f},{y:.3f}" for x, y in self.corners)

    def contains(self, x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Return for each point whether it lies inside.

        Args:
            x: Shape (points,).
            y: Shape (points,).

        *Source*: Shimrat, Algorithm 112, 1962: a ray to the right crosses the outline of what is
        around its start an odd number of times.
        """
        inside = np.zeros(len(x), dtype=bool)
        ends = (*self.corners[1:], self.corners[0])
        for (x1, y1), (x2, y2) in zip(self.corners, ends, strict=True):
            if y1 != y2:
                beside = np.flatnonzero((y1 > y) != (y2 > y))
                crossing = x1 + (y[beside] - y1) * (x2 - x1) / (y2 - y1)
                inside[beside] ^= x[beside] < crossing
        return inside


def prompts_inside(rows: GalleryRows, region: Region) -> Mask:
    """Return which prompts lie inside the region, drawn on the map or not, shape (prompts,)."""
    x, y = (rows.prompts.table[name].to_numpy() for name in ("x", "y"))
    across, up = zip(*region.corners, strict=True)
    is_near = (x >= min(across)) & (x <= max(across)) & (y >= min(up)) & (y <= max(up))
    near = np.flatnonzero(is_near)
    is_inside = np.zeros(len(x), dtype=np.bool_)
    is_inside[near[region.contains(x[near], y[near])]] = True
    return is_inside
