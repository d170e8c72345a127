"""One measure over two dimensions, as a grid of colours with its numbers."""

from collections.abc import Callable, Sequence
from typing import Any

from genai_session_analyzer.dashboard.figures.friction_labels import (
    BUTTONS_HEIGHT,
    Group,
    selection_text,
)
from genai_session_analyzer.dashboard.figures.plain import Figure, plain_figure
from genai_session_analyzer.dashboard.theme import SEQUENTIAL_SCALE, small_group_mark

ROW_HEIGHT, FRAME_HEIGHT = 34, 110
MOST_WRITTEN_CELLS = 160
Cells = dict[tuple[int, int], tuple[float | None, int]]
"""Value and n by row and column number."""


def heatmap_figure(
    rows: Sequence[Group],
    columns: Sequence[Group],
    cells: Cells,
    written: Callable[[float | None], str],
) -> Figure:
    """A cell per combination, its number in it, a star where n is below 30.

    Args:
        rows: Groups from top to bottom.
        columns: Groups from left to right.
        cells: Value and n; a combination that does not occur is left out.
        written: How a value is written.
    """
    grid = [[cells.get((r, c), (None, 0)) for c in range(len(columns))] for r in range(len(rows))]
    has_text = len(rows) * len(columns) <= MOST_WRITTEN_CELLS
    heatmap = {
        "type": "heatmap",
        "z": [[value for value, _ in line] for line in grid],
        "x": _distinct(columns),
        "y": _distinct(rows),
        "text": [[_cell_text(*cell, written) for cell in line] for line in grid],
        "texttemplate": "%{text}" if has_text else "",
        "hovertext": [
            [_hover(row, column, cell, written) for column, cell in zip(columns, line, strict=True)]
            for row, line in zip(rows, grid, strict=True)
        ],
        "hoverinfo": "text",
        "customdata": [
            [selection_text((*row.selection, *column.selection)) for column in columns]
            for row in rows
        ],
        "colorscale": SEQUENTIAL_SCALE,
        "xgap": 2,
        "ygap": 2,
        "colorbar": {"thickness": 10, "outlinewidth": 0},
    }
    return plain_figure([heatmap], _layout(len(rows)))


def _layout(row_count: int) -> dict[str, Any]:
    axis = {"showgrid": False, "type": "category"}
    return {
        "height": FRAME_HEIGHT + ROW_HEIGHT * max(row_count, 3),
        "margin": {"t": BUTTONS_HEIGHT},
        "xaxis": axis,
        "yaxis": axis | {"autorange": "reversed"},
    }


def _distinct(groups: Sequence[Group]) -> list[str]:
    """Labels, told apart by invisible spaces where two are alike; an axis joins equal ones."""
    seen: dict[str, int] = {}
    labels = []
    for group in groups:
        repeats = seen.get(group.label, 0)
        seen[group.label] = repeats + 1
        labels.append(group.label + "\u200b" * repeats)
    return labels


def _cell_text(value: float | None, n: int, written: Callable[[float | None], str]) -> str:
    return "" if value is None else f"{written(value)}{small_group_mark(n)}"


def _hover(
    row: Group,
    column: Group,
    cell: tuple[float | None, int],
    written: Callable[[float | None], str],
) -> str:
    value, n = cell
    return f"<b>{row.label} · {column.label}</b><br>{written(value)}<br>n = {n:,}"
