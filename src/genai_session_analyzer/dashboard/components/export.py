"""Tables as CSV files that a spreadsheet does not run."""

import csv
import io
from typing import Any

import dash_mantine_components as dmc
import pyarrow as pa
from dash.development.base_component import Component

from genai_session_analyzer.dashboard.components.definitions import icon
from genai_session_analyzer.semantic.view_filters import ViewFilters

FORMULA_START = ("=", "+", "-", "@", "\t", "\r")


def csv_text(rows: pa.Table) -> str:
    """Return a table as CSV with a header line (RFC 4180).

    Text that a spreadsheet would take for a formula (it begins with `= + - @`, tab or CR) gets an
    apostrophe in front. Null is an empty field; numbers stay numbers.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_cell(name) for name in rows.column_names])
    for batch in rows.to_batches(max_chunksize=10_000):
        columns = [column.to_pylist() for column in batch.columns]
        writer.writerows([_cell(value) for value in row] for row in zip(*columns, strict=True))
    return out.getvalue()


def csv_download(name: str, rows: pa.Table) -> dict[str, Any]:
    """Return the value of a `dcc.Download` that saves `rows` as `<name>.csv`."""
    return {"content": csv_text(rows), "filename": f"{name}.csv", "type": "text/csv"}


def export_button(button_id: str | dict[str, str], label: str = "CSV") -> Component:
    """Return a button for a callback that answers with `csv_download`."""
    return dmc.Button(
        label,
        id=button_id,
        leftSection=icon("download"),
        size="compact-xs",
        variant="default",
        buttonProps={"aria-label": f"Download as {label}"},
    )


def export_link(page: str, name: str, filters: ViewFilters) -> Component:
    """Return a link to a page's export, as filtered: see `dashboard/export_routes.py`."""
    return dmc.Anchor(
        dmc.Group([icon("download"), "CSV"], gap=4, wrap="nowrap"),
        href=f"/export/{page}/{name}.csv{filters.to_query()}",
        size="xs",
        className="export-link",
        refresh=True,
        anchorProps={"download": f"{page}-{name}.csv", "aria-label": f"Download {name} as CSV"},
    )


def _cell(value: object) -> object:
    if isinstance(value, str) and value.startswith(FORMULA_START):
        return f"'{value}"
    return value
