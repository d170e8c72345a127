"""The rows of an answer as a table, and as a file."""

import json
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import dash_ag_grid as dag
import dash_mantine_components as dmc
import pyarrow as pa
from dash import html
from dash.development.base_component import Component

from genai_session_analyzer.copilot.answering.answer import AnswerRows, Column
from genai_session_analyzer.copilot.answering.chart_choice import is_number
from genai_session_analyzer.dashboard.formats import words

SHOWN_ROWS = 2_000
LARGEST_WHOLE = 2**53
"""Whole numbers beyond it lose digits in a browser; they are sent as text."""
ROW_HEIGHT, HEAD_HEIGHT = 32, 36
TALLEST = 420
_THEME = (
    "themeQuartz.withParams({backgroundColor: 'var(--mantine-color-body)',"
    " foregroundColor: 'var(--mantine-color-text)',"
    " accentColor: 'var(--mantine-primary-color-filled)',"
    " borderColor: 'var(--mantine-color-default-border)',"
    " headerBackgroundColor: 'var(--mantine-color-default-hover)',"
    " fontFamily: 'inherit', fontSize: 13, wrapperBorderRadius: 8})"
)


def rows_grid(rows: AnswerRows) -> Component:
    """Return the first 2,000 rows as a table that sorts; a line says where there are more."""
    height = min(TALLEST, HEAD_HEIGHT + ROW_HEIGHT * max(1, len(rows.values)) + 4)
    grid = dag.AgGrid(
        rowData=_records(rows),
        columnDefs=[_definition(column, place) for place, column in enumerate(rows.columns)],
        defaultColDef={"sortable": True, "resizable": True, "cellDataType": False, "minWidth": 96},
        columnSize="responsiveSizeToFit",
        style={"height": f"{height}px"},
        className="copilot-grid",
        dashGridOptions={
            "theme": {"function": _THEME},
            "rowHeight": ROW_HEIGHT,
            "headerHeight": HEAD_HEIGHT,
            "enableCellTextSelection": True,
            "ensureDomOrder": True,
            "tabToNextCell": {"function": "false"},  # Tab leaves the table, arrows move in it
        },
    )
    if len(rows.values) <= SHOWN_ROWS:
        return html.Div(grid)
    note = f"The first {SHOWN_ROWS:,} of {len(rows.values):,} rows; the CSV holds all of them."
    return html.Div([grid, dmc.Text(note, size="xs", c="dimmed", mt=4)])


def rows_table(rows: AnswerRows) -> pa.Table:
    """Return the rows as a table of Arrow for the export; nested values as JSON text."""
    values = [[_plain(value) for value in column] for column in _columns(rows)]
    names = [column.name for column in rows.columns]
    return pa.Table.from_arrays([_array(each) for each in values], names=names)


def _columns(rows: AnswerRows) -> list[tuple[Any, ...]]:
    return list(zip(*rows.values, strict=True)) if rows.values else [() for _ in rows.columns]


def _array(values: Sequence[Any]) -> pa.Array:
    try:
        return pa.array(values)
    except (pa.ArrowInvalid, pa.ArrowTypeError):
        return pa.array([None if value is None else str(value) for value in values])


def _records(rows: AnswerRows) -> list[dict[str, Any]]:
    return [
        {f"c{place}": _sent(value) for place, value in enumerate(row)}
        for row in rows.values[:SHOWN_ROWS]
    ]


def _definition(column: Column, place: int) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "field": f"c{place}",
        "headerName": words(column.name),
        "headerTooltip": f"{column.name} ({column.type})",
        "tooltipField": f"c{place}",
    }
    if column.type.startswith("TIMESTAMP"):
        definition["minWidth"] = 158
    if is_number(column) and not column.is_key:
        unit = json.dumps(column.unit)
        definition["valueFormatter"] = {"function": f"copilotNumber(params.value, {unit})"}
        definition["cellClass"] = "copilot-number"
        definition["headerClass"] = "ag-right-aligned-header"
    else:
        definition["valueFormatter"] = {"function": "copilotText(params.value)"}
    return definition


def _sent(value: object) -> Any:
    """A value as JSON for the browser, moments as text."""
    plain = _plain(value)
    if isinstance(plain, datetime):
        return plain.isoformat(sep=" ", timespec="seconds").removesuffix(" 00:00:00")
    if isinstance(plain, date):
        return plain.isoformat()
    if isinstance(plain, int) and not isinstance(plain, bool) and abs(plain) > LARGEST_WHOLE:
        return str(plain)
    return plain


def _plain(value: object) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if value is None or isinstance(value, bool | int | float | str | date | datetime):
        return value
    return json.dumps(value, default=str) if isinstance(value, list | dict) else str(value)
