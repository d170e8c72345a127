"""What someone looks at: the rows of a build that pass the filters, and tables made of them.

Where the server keeps the lean tables in memory, they answer, by SQL that was written once; else
the published tables do. Both say the same; the published ones take longer.
"""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date

import duckdb
import ibis.expr.types as ir
import pyarrow as pa
from ibis.backends import BaseBackend

from genai_session_analyzer.semantic import lean_queries
from genai_session_analyzer.semantic.features import (
    LABELLED_GENERATIONS,
    generations_in_view,
    labelled_sessions,
    sessions_by,
)
from genai_session_analyzer.semantic.lean_queries import LeanQuery
from genai_session_analyzer.semantic.lean_tables import NOT_KEPT
from genai_session_analyzer.semantic.view_filters import ViewFilters

MOST_DAYS = 120
"""Days a chart over time shows one by one; above, it shows weeks."""
Build = Callable[..., ir.Table]
"""A function of a module that makes a table of the rows in view and of arguments with a hash."""


@dataclass(frozen=True)
class View:
    """The generations and sessions of a build that pass the filters.

    Attributes:
        backend: A connection to the build.
        filters: What to keep.
        kept: A cursor of this thread on the lean tables of the same build; None where they are not.
    """

    backend: BaseBackend
    filters: ViewFilters = field(default_factory=ViewFilters)
    kept: duckdb.DuckDBPyConnection | None = None

    def within(self, filters: ViewFilters) -> "View":
        """Return the same build under other filters."""
        return View(self.backend, filters, self.kept)

    def aggregate(self, dimensions: Iterable[str], measures: Iterable[str]) -> pa.Table:
        """The measures of the generations in view, one row per combination that occurs.

        Raises:
            UnknownNameError: A dimension or measure does not exist.
        """
        names, wanted = tuple(dimensions), tuple(measures)
        if {*names, *wanted} & {*NOT_KEPT}:
            rows = generations_in_view(self.backend, self.filters, names)
            return _measured(rows, names, wanted).to_pyarrow()
        return self._of_generations(names, _measured, names, wanted)

    def by_user(self, measures: Iterable[str]) -> pa.Table:
        """The measures of each user in view: one row per user, in no order, without the id.

        Raises:
            UnknownNameError: A measure does not exist.
        """
        return self._of_generations((), _by_user, tuple(measures))

    def over_time(self, measures: Iterable[str]) -> pa.Table:
        """The measures by day, or by week where more than `MOST_DAYS` days have generations.

        Returns:
            One row per day or Monday that occurs, in order: requested_date or requested_week, and
            the measures.
        """
        names = tuple(measures)
        by_day = self.aggregate(("requested_date",), names)
        return by_day if len(by_day) <= MOST_DAYS else self.aggregate(("requested_week",), names)

    def all_days(self) -> tuple[date | None, date | None]:
        """Return the first and the last day of all generations of the build; None of none."""
        row = self.within(ViewFilters())._of_generations((), _ends).to_pylist()[0]
        return row["first"], row["last"]

    def of_sessions(self, build: Build, *arguments: Hashable) -> pa.Table:
        """Return `build(sessions in view, *arguments)`; ids of sessions may be numbers there."""
        if self.kept is not None:
            return self._ask(lean_queries.over_sessions(build, *arguments))
        rows = labelled_sessions(self.backend, self.filters)
        return build(rows, *arguments).to_pyarrow()

    def of_sessions_by(
        self, dimensions: tuple[str, ...], build: Build, *arguments: Hashable
    ) -> pa.Table:
        """Return `build(sessions_by(..., dimensions), *arguments)`, ids as in `of_sessions`."""
        if self.kept is not None:
            return self._ask(lean_queries.over_sessions_by(dimensions, build, *arguments))
        rows = sessions_by(self.backend, self.filters, dimensions)
        return build(rows, *arguments).to_pyarrow()

    def listed_sessions(self, build: Build, *arguments: Hashable) -> pa.Table:
        """Return `build(sessions in view, *arguments)`, with the columns of fct_sessions."""
        if self.kept is not None:
            return self._ask(lean_queries.over_listed_sessions(build, *arguments))
        rows = labelled_sessions(self.backend, self.filters)
        return build(rows, *arguments).to_pyarrow()

    def _of_generations(
        self, features: tuple[str, ...], build: Build, *arguments: Hashable
    ) -> pa.Table:
        if self.kept is not None:
            return self._ask(lean_queries.over_generations(build, *arguments))
        rows = generations_in_view(self.backend, self.filters, features)
        return build(rows, *arguments).to_pyarrow()

    def _ask(self, query: LeanQuery) -> pa.Table:
        if self.kept is None:
            message = "There is no cursor on the lean tables."
            raise ValueError(message)
        found = self.kept.execute(query.under(self.filters)).to_arrow_table()
        return found.cast(query.schema)


def _measured(rows: ir.Table, dimensions: tuple[str, ...], measures: tuple[str, ...]) -> ir.Table:
    return LABELLED_GENERATIONS.aggregate(rows, dimensions, measures)


def _by_user(rows: ir.Table, measures: tuple[str, ...]) -> ir.Table:
    return LABELLED_GENERATIONS.aggregate(rows, ("user_id",), measures).drop("user_id")


def _ends(rows: ir.Table) -> ir.Table:
    return rows.aggregate(first=rows.requested_date.min(), last=rows.requested_date.max())
