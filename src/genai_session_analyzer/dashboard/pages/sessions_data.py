"""What the table of sessions shows, asked of the build."""

from collections.abc import Iterable
from typing import Any

import pyarrow as pa

from genai_session_analyzer.dashboard.pages.sessions_rows import grid_rows
from genai_session_analyzer.dashboard.services import Services
from genai_session_analyzer.insights.session_courses import session_courses
from genai_session_analyzer.insights.session_list import (
    EXPORT_ROW_LIMIT,
    ColumnFilter,
    SessionListQuery,
    session_rows,
    session_total,
)
from genai_session_analyzer.semantic.view_filters import ViewFilters


def block_of_rows(
    services: Services, view: ViewFilters, query: SessionListQuery
) -> tuple[dict[str, Any], str]:
    """A block of rows for the grid, and in words how many sessions there are.

    Raises:
        UnknownNameError: A column does not exist.
        NoBuildError: Nothing has been published.
    """
    seen = services.view(view)
    rows = session_rows(seen, query)
    courses = session_courses(seen.backend, rows["session_id"].to_pylist()) if len(rows) else {}
    total = total_of(services, view, query.filters)
    said = total_in_words(total, total_of(services, view, ()))
    return {"rowData": grid_rows(rows, courses), "rowCount": total}, said


def total_of(services: Services, view: ViewFilters, filters: Iterable[ColumnFilter]) -> int:
    """How many sessions are in view and pass the table's filters; remembered.

    Raises:
        UnknownNameError: A column does not exist.
        NoBuildError: Nothing has been published.
    """
    wanted = tuple(filters)
    return services.remember(
        ("session_total", view, wanted),
        lambda: session_total(services.view(view), wanted),
    )


def total_in_words(total: int, in_view: int) -> str:
    """`857 sessions`, or `12 of 857 sessions` where the table's own filters leave some out."""
    noun = "session" if in_view == 1 else "sessions"
    return f"{in_view:,} {noun}" if total == in_view else f"{total:,} of {in_view:,} {noun}"


def filtered_sessions(
    services: Services, view: ViewFilters, filters: Iterable[ColumnFilter]
) -> pa.Table:
    """The sessions in view that pass the table's filters, for a file: the newest 100,000.

    Raises:
        UnknownNameError: A column does not exist.
        NoBuildError: Nothing has been published.
    """
    query = SessionListQuery(filters=tuple(filters), limit=EXPORT_ROW_LIMIT)
    return session_rows(services.view(view), query)


def sessions_as_filtered(services: Services, view: ViewFilters) -> pa.Table:
    """The sessions in view, for a file: the newest 100,000.

    Raises:
        NoBuildError: Nothing has been published.
    """
    return filtered_sessions(services, view, ())
