"""How a group is written on an axis, and what a click on it selects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from genai_session_analyzer.dashboard.figures.plain import Figure, plain_figure
from genai_session_analyzer.dashboard.theme import compact, small_group_mark, words

LONGEST_LABEL = 34
EMPTY_HEIGHT = 160
BUTTONS_HEIGHT = 30
"""Pixels above a chart that its buttons (PNG, zoom) take."""
Selection = tuple[str, ...]


@dataclass(frozen=True)
class Group:
    """One value of a dimension.

    Attributes:
        label: The value in words.
        selection: Dimension and value, alternating, of what a click shows; empty = nothing.
    """

    label: str
    selection: Selection = ()


def value_groups(
    dimension: str,
    values: Sequence[object],
    titles: Mapping[int, str],
    null: str = "unknown",
) -> list[Group]:
    """The groups of a dimension's values.

    Args:
        dimension: Name of the dimension.
        values: Its values.
        titles: Words for values that are numbers, such as clusters.
        null: What stands for None, as a filter has it.
    """
    known = [null if value is None else value for value in values]
    return [Group(_label(value, titles), (dimension, str(value))) for value in known]


def selection_text(selection: Sequence[str]) -> str:
    """The selection as a query (`user_tier=pro`): of a heatmap's cell, Dash hands on text only."""
    return urlencode(list(zip(selection[::2], selection[1::2], strict=True)))


def axis_labels(groups: Sequence[Group], counts: Sequence[int]) -> list[str]:
    """What stands beside the bars: the label, n, and a star where n is below 30; each once."""
    return [
        f"{group.label}  <i>{compact(count)}{small_group_mark(count)}</i>"
        for group, count in zip(groups, counts, strict=True)
    ]


def empty_figure(sentence: str) -> Figure:
    """A figure that says why there is nothing to draw."""
    layout = {
        "height": EMPTY_HEIGHT,
        "xaxis": {"visible": False},
        "yaxis": {"visible": False},
        "annotations": [{"text": sentence, "showarrow": False, "font": {"size": 13}}],
    }
    return plain_figure((), layout)


def _label(value: object, titles: Mapping[int, str]) -> str:
    text = titles[value] if isinstance(value, int) and value in titles else words(value)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"
