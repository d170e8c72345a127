"""The table of sessions: its columns, their filters, how the grid behaves."""

from dataclasses import dataclass
from typing import Any

import dash_ag_grid as dag

from genai_session_analyzer.dashboard.figures.sparklines import HEIGHT, WIDTH

ROWS_PER_BLOCK = 50

_TEXT = ("agTextColumnFilter", ("contains", "equals", "startsWith", "notEqual"))
_DAY = ("agDateColumnFilter", ("equals", "lessThan", "greaterThan", "inRange"))
_COUNT = ("agNumberColumnFilter", ("equals", "greaterThanOrEqual", "lessThanOrEqual", "inRange"))
_MEASURE = (
    "agNumberColumnFilter",
    ("greaterThanOrEqual", "lessThanOrEqual", "inRange", "blank", "notBlank"),
)


@dataclass(frozen=True)
class _Shown:
    """A column of the table: `asks` is its filter, `unit` what its filter takes."""

    name: str
    title: str
    width: int
    asks: tuple[str, tuple[str, ...]] | None
    meaning: str
    unit: str = ""
    renderer: str | None = None


_COLUMNS = (
    _Shown("started_at", "Started", 170, _DAY, "First request of the session, UTC"),
    _Shown("user_id", "User", 130, _TEXT, "User of the session", "id"),
    _Shown("user_tier", "Tier", 105, _TEXT, "Tier of the user", "free, pro, enterprise"),
    _Shown("friction_score", "Friction", 105, _MEASURE, "0-100, higher is worse", "0 to 100"),
    _Shown("friction_band", "Band", 115, _TEXT, "Band of the friction score",
           "low, medium, high", "SessionBand"),
    _Shown("generation_count", "Generations", 135, _COUNT, "Requests for images"),
    _Shown("statuses", "Outcome of each", 165, None,
           "A mark per generation, in order: short = success, tall = anything else",
           renderer="SessionSparkline"),
    _Shown("latencies", "Latency of each", 165, None,
           "A bar per generation, in order; full height = 10 s or more",
           renderer="SessionSparkline"),
    _Shown("success_rate", "Success", 105, _MEASURE,
           "Successes / generations of known status", "percent"),
    _Shown("mean_latency_ms", "Mean latency", 140, _MEASURE, "Mean of known latencies", "seconds"),
    _Shown("max_latency_ms", "Longest", 105, _MEASURE, "Longest known latency", "seconds"),
    _Shown("total_retries", "Retries", 100, _COUNT, "Retries in the session"),
    _Shown("total_cost_credits", "Cost", 100, _MEASURE, "Known cost in credits", "credits"),
    _Shown("duration_s", "Duration", 110, _MEASURE, "First to last request", "seconds"),
    _Shown("region", "Region", 105, _TEXT, "Region of the user", "us-west, europe, ..."),
    _Shown("device_type", "Device", 105, _TEXT, "Device of the user", "desktop, mobile, tablet"),
    _Shown("session_id", "Session", 220, _TEXT, "Id of the session", "id"),
)  # fmt: skip

_GRID_THEME = (
    "themeQuartz.withParams({backgroundColor: 'var(--mantine-color-body)',"
    " foregroundColor: 'var(--mantine-color-text)',"
    " accentColor: 'var(--mantine-primary-color-filled)',"
    " borderColor: 'var(--mantine-color-default-border)',"
    " headerBackgroundColor: 'var(--mantine-color-default-hover)',"
    " fontFamily: 'inherit', fontSize: 13, wrapperBorderRadius: 8})"
)


def session_grid(grid_id: str) -> dag.AgGrid:
    """The table, empty: it asks for its rows by `getRowsRequest`, a block at a time."""
    return dag.AgGrid(
        id=grid_id,
        rowModelType="infinite",
        columnDefs=[_column_definition(each) for each in _COLUMNS],
        defaultColDef={"sortable": True, "resizable": True, "cellDataType": False},
        getRowId="params.data.session_id",
        className="session-grid",
        style={"height": "100%"},
        dashGridOptions={
            "theme": {"function": _GRID_THEME},
            "cacheBlockSize": ROWS_PER_BLOCK,
            "maxBlocksInCache": 20,
            "maxConcurrentDatasourceRequests": 1,
            "infiniteInitialRowCount": 1,
            "blockLoadDebounceMillis": 60,
            "rowSelection": {
                "mode": "singleRow",
                "checkboxes": False,
                "enableClickSelection": True,
            },
            "enableCellTextSelection": True,
            "tooltipShowDelay": 300,
            "rowHeight": 38,
            "headerHeight": 40,
        },
    )


def _column_definition(column: _Shown) -> dict[str, Any]:
    definition: dict[str, Any] = {
        "field": column.name,
        "headerName": column.title,
        "headerTooltip": column.meaning,
        "width": column.width,
    }
    if column.renderer:
        definition["cellRenderer"] = column.renderer
        definition["cellRendererParams"] = {"width": WIDTH, "height": HEIGHT}
    if column.asks is None:
        return definition | {"sortable": False, "filter": False}
    kind, options = column.asks
    asked = {
        "filterOptions": list(options),
        "buttons": ["apply", "reset"],
        "closeOnApply": True,
        "maxNumConditions": 2,
        "inRangeInclusive": True,
        "filterPlaceholder": column.unit or "value",
    }
    if kind == "agNumberColumnFilter":
        definition["cellClass"] = "session-number"
    return definition | {"filter": kind, "filterParams": asked}
