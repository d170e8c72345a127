"""Colours of the map: categories that can be told apart, failures from calm to alarming."""

from collections.abc import Collection
from itertools import cycle

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.dashboard.theme import CATEGORY_COLOURS, DIVERGING_SCALE, MUTED
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS

_SUCCESS, _FAILURE = DIVERGING_SCALE[0][1], DIVERGING_SCALE[-1][1]
FAILURE_SCALE = ((0.0, _SUCCESS), (0.5, "#E69F00"), (1.0, _FAILURE))
"""Of a share of failures, 0 to 1."""
RATIO_SCALE = ((0.0, _SUCCESS), (0.5, "rgba(150,158,168,0.12)"), (1.0, _FAILURE))
"""Of a density ratio: fewer failures than expected, as many, more."""
_PALETTE = (*CATEGORY_COLOURS[:-1], "#4F7A8C", "#A6761D")
_GREY_VALUES = ("unknown", "neutral", None)
_ORDERS: dict[str, tuple[str, ...]] = {"domain": DOMAINS, "art_style": ART_STYLES, "mood": MOODS}


def category_colours(
    present: Collection[str | None], colour_by: str
) -> tuple[list[str | None], list[str]]:
    """Return the values that occur, in the order of the taxonomy, and the colour of each.

    A value keeps its colour whatever else is shown; grey for unknown, neutral and no label.

    Args:
        present: Values that occur.
        colour_by: domain, art_style or mood.
    """
    values = [*_ORDERS[colour_by], None]
    named = [each for each in values if each not in _GREY_VALUES]
    colours: dict[str | None, str] = dict(zip(named, cycle(_PALETTE), strict=False))
    shown = [each for each in values if each in present]
    return shown, [colours.get(each, MUTED) for each in shown]


def cluster_colouring(cluster_ids: NDArray[np.int64]) -> dict[str, object]:
    """Return the marker of points in the colours of their clusters; grey for none (-1).

    There are more clusters than colours that can be told apart; clusters of neighbouring number
    get different ones, and titles say which is which.
    """
    colours = (MUTED, *_PALETTE)
    edges = np.linspace(0, 1, len(colours) + 1)
    scale = [
        (float(edge), colour)
        for at, colour in enumerate(colours)
        for edge in (edges[at], edges[at + 1])
    ]
    numbers = np.where(cluster_ids < 0, 0, 1 + cluster_ids % len(_PALETTE))
    return {
        "color": numbers.astype(np.int8),
        "colorscale": scale,
        "cmin": -0.5,
        "cmax": len(colours) - 0.5,
        "showscale": False,
    }
