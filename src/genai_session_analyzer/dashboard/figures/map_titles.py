"""Titles of clusters on the map: which are shown, and how."""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

_MOST_TITLES = 14
_ROOM = 28
"""Letters of a title that are shown."""


@dataclass(frozen=True)
class MapTitle:
    """A cluster's title, where it stands (map units), and how many prompts it stands for."""

    cluster_id: int
    text: str
    x: float
    y: float
    prompt_count: int


def titles_without_overlap(titles: Sequence[MapTitle], most: int = _MOST_TITLES) -> list[MapTitle]:
    """Return the first titles, in the order given, that do not lie on one another.

    Widths are judged for a map some 460 pixels wide: 0.028 map units a letter, 0.12 a line.
    """
    shown: list[MapTitle] = []
    for title in titles:
        if len(shown) == most:
            break
        if not any(_overlap(title, other) for other in shown):
            shown.append(title)
    return shown


def title_annotation(title: MapTitle) -> dict[str, Any]:
    """Return a title as an annotation of the figure."""
    return {
        "x": title.x,
        "y": title.y,
        "text": escape(short_title(title.text)),
        "showarrow": False,
        "font": {"size": 11},
        "bgcolor": "rgba(255,255,255,0.8)",
        "borderpad": 2,
        "captureevents": False,
    }


def short_title(text: str) -> str:
    """Return the first words of a title, as many of its terms as there is room for."""
    terms = text.split(", ")
    fitting = [count for count in range(1, len(terms) + 1) if _length(terms[:count]) <= _ROOM]
    if not fitting:
        return f"{text[: _ROOM - 1]}…"
    return ", ".join(terms[: fitting[-1]])


def _length(terms: Sequence[str]) -> int:
    return len(", ".join(terms))


def _overlap(one: MapTitle, other: MapTitle) -> bool:
    letters = len(short_title(one.text)) + len(short_title(other.text))
    width = 0.028 * letters / 2 + 0.02
    return abs(one.x - other.x) < width and abs(one.y - other.y) < 0.12
