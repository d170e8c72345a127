"""How a group is written on an axis, and what a click on it selects."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

import plotly.graph_objects as go

from genai_session_analyzer.dashboard.theme import TEMPLATE, compact, small_group_mark, words

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
    selects_unknown: bool = True,
) -> list[Group]:
    """The groups of a dimension's values.

    Args:
        dimension: Name of the dimension.
        values: Its values; None = unknown.
        titles: Words for values that are numbers, such as clusters.
        selects_unknown: Whether a click on the unknown selects it.
    """
    return [
        Group(
            _label(value, titles),
            (dimension, _known(value)) if value is not None or selects_unknown else (),
        )
        for value in values
    ]


def selection_text(selection: Sequence[str]) -> str:
    """The selection as a query (`user_tier=pro`): of a heatmap's cell, Dash hands on text only."""
    return urlencode(list(zip(selection[::2], selection[1::2], strict=True)))


def axis_labels(groups: Sequence[Group], counts: Sequence[int]) -> list[str]:
    """What stands beside the bars: the label, n, and a star where n is below 30; each once."""
    return [
        f"{group.label}  <i>{compact(count)}{small_group_mark(count)}</i>"
        for group, count in zip(groups, counts, strict=True)
    ]


def empty_figure(sentence: str) -> go.Figure:
    """A figure that says why there is nothing to draw."""
    figure = go.Figure().update_layout(template=TEMPLATE, height=EMPTY_HEIGHT)
    figure.update_xaxes(visible=False).update_yaxes(visible=False)
    return figure.add_annotation(text=sentence, showarrow=False, font={"size": 13})


def _label(value: object, titles: Mapping[int, str]) -> str:
    text = titles[value] if isinstance(value, int) and value in titles else words(value)
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def _known(value: object) -> str:
    return "unknown" if value is None else str(value)
