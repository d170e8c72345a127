"""Colours of the map: categories that can be told apart, failures from calm to alarming."""

from dataclasses import dataclass
from itertools import cycle

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from genai_session_analyzer.dashboard.formats import words
from genai_session_analyzer.dashboard.theme import CATEGORY_COLOURS, DIVERGING_SCALE, MUTED
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS

_SUCCESS, _FAILURE = DIVERGING_SCALE[0][1], DIVERGING_SCALE[-1][1]
FAILURE_SCALE = ((0.0, _SUCCESS), (0.5, "#E69F00"), (1.0, _FAILURE))
"""Of a share of failures, 0 to 1."""
RATIO_SCALE = ((0.0, _SUCCESS), (0.5, "rgba(150,158,168,0.12)"), (1.0, _FAILURE))
"""Of a density ratio: fewer failures than expected, as many, more."""
COLOURINGS = {
    "cluster": "Cluster",
    "domain": "Domain",
    "art_style": "Art style",
    "mood": "Mood",
    "failure": "Failure rate",
}
"""What points can be coloured by, and how it is called."""
_PALETTE = (*CATEGORY_COLOURS[:-1], "#4F7A8C", "#A6761D")
_GREY_VALUES = ("unknown", "neutral", None)
_ORDERS: dict[str, tuple[str, ...]] = {"domain": DOMAINS, "art_style": ART_STYLES, "mood": MOODS}
_FAILURE_STEPS = 33


@dataclass(frozen=True)
class Colouring:
    """The colour of every point.

    Attributes:
        numbers: Of the colour of each point, shape (points,).
        colours: By number, as #RRGGBB.
        names: What the colours stand for; empty where titles or a scale say it.
    """

    numbers: NDArray[np.uint8]
    colours: tuple[str, ...]
    names: tuple[str, ...] = ()


def colouring_of(points: pa.Table, colour_by: str) -> Colouring:
    """Return the colours of points by one of `COLOURINGS`.

    Args:
        points: With the columns cluster_id, domain, art_style, mood, known_status_count and
            failure_count.
        colour_by: What to colour by.
    """
    if colour_by == "cluster":
        return _by_cluster(points["cluster_id"].to_numpy())
    if colour_by == "failure":
        return _by_failure(
            points["failure_count"].to_numpy(), points["known_status_count"].to_numpy()
        )
    return _by_category(points[colour_by], colour_by)


def _by_cluster(cluster_ids: NDArray[np.int64]) -> Colouring:
    """Grey for none (-1).

    There are more clusters than colours that can be told apart; clusters of neighbouring number
    get different ones, and titles say which is which.
    """
    numbers = np.where(cluster_ids < 0, 0, 1 + cluster_ids % len(_PALETTE))
    return Colouring(numbers.astype(np.uint8), (MUTED, *_PALETTE))


def _by_category(values: pa.ChunkedArray, colour_by: str) -> Colouring:
    """In the order of the taxonomy; a value keeps its colour whatever else is shown.

    Grey for unknown, neutral and no label.
    """
    order = [*_ORDERS[colour_by], None]
    named = [each for each in order if each not in _GREY_VALUES]
    colours: dict[str | None, str] = dict(zip(named, cycle(_PALETTE), strict=False))
    coded = pc.index_in(values.cast(pa.string()), value_set=pa.array(order, pa.string()))
    numbers = coded.to_numpy()
    places = np.unique(numbers)
    shown = [order[place] for place in places]
    return Colouring(
        numbers=np.searchsorted(places, numbers).astype(np.uint8),
        colours=tuple(colours.get(each, MUTED) for each in shown),
        names=tuple("not labelled" if each is None else words(each) for each in shown),
    )


def _by_failure(failed: NDArray[np.int64], known: NDArray[np.int64]) -> Colouring:
    """From no failure to nothing but failures; grey where no outcome is known."""
    share = np.divide(failed, known, out=np.zeros(len(known)), where=known > 0)
    numbers = np.where(known > 0, 1 + np.rint(share * (_FAILURE_STEPS - 1)), 0)
    steps = np.linspace(0, 1, _FAILURE_STEPS)
    return Colouring(numbers.astype(np.uint8), (MUTED, *map(_failure_colour, steps)))


def _failure_colour(share: float) -> str:
    places = [place for place, _ in FAILURE_SCALE]
    corners = [[int(colour[at : at + 2], 16) for at in (1, 3, 5)] for _, colour in FAILURE_SCALE]
    mixed = [np.interp(share, places, part) for part in zip(*corners, strict=True)]
    return "#" + "".join(f"{round(part):02X}" for part in mixed)
