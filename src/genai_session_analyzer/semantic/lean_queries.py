"""SQL over the lean tables, written once: an aggregation by its shape, the rows in view by filters.

Ibis takes some 10 ms to write the SQL of an aggregation, and the ten aggregations of a page are the
same under all filters. So what is aggregated is written over a table that stands for the rows in
view, and remembered; what is in view is a subquery before it. `features` says what both mean.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.schema.facts import FCT_GENERATIONS, FCT_SESSIONS
from genai_session_analyzer.semantic.features import (
    generations_in_view,
    labelled_sessions,
    matching_generations,
    sessions_by,
)
from genai_session_analyzer.semantic.lean_tables import SESSION_NAME, UnboundTables
from genai_session_analyzer.semantic.view_filters import GENERATION_DIMENSIONS, ViewFilters

Relation = Literal["generations_in_view", "sessions_in_view", "own_sessions", "matching", "listed"]
Build = Callable[..., ir.Table]
"""Makes a table of the rows in view and further arguments, which can be hashed."""
_LEAN = UnboundTables({})
_EXPLODED = UnboundTables({FCT_SESSIONS.name: "own_sessions", FCT_GENERATIONS.name: "matching"})
_EVERYTHING = ViewFilters()
_ROWS: dict[Relation, Callable[..., ir.Table]] = {
    "generations_in_view": generations_in_view,
    "sessions_in_view": labelled_sessions,
    "own_sessions": labelled_sessions,
    "matching": matching_generations,
}
_LISTED = (
    f"SELECT * EXCLUDE ({SESSION_NAME}) REPLACE ({SESSION_NAME} AS session_id)"  # noqa: S608
    " FROM sessions_in_view"
)


@dataclass(frozen=True)
class LeanQuery:
    """An aggregation over rows in view, and the types of what it returns."""

    sql: str
    schema: pa.Schema
    relations: tuple[Relation, ...]

    def under(self, filters: ViewFilters) -> str:
        """Return the SELECT under these filters."""
        parts = (
            f"{name} AS NOT MATERIALIZED ({relation_sql(name, filters)})" for name in self.relations
        )
        rest = f", {self.sql[5:]}" if self.sql.startswith("WITH ") else f" {self.sql}"
        return f"WITH {', '.join(parts)}{rest}"


@lru_cache(maxsize=1024)
def over_generations(build: Build, *arguments: Hashable) -> LeanQuery:
    """Return the query of `build(generations in view, *arguments)`."""
    rows = UnboundTables({FCT_GENERATIONS.name: "generations_in_view"}).table(FCT_GENERATIONS.name)
    return _query(build(rows, *arguments), "generations_in_view")


@lru_cache(maxsize=1024)
def over_sessions(build: Build, *arguments: Hashable) -> LeanQuery:
    """Return the query of `build(sessions in view, *arguments)`."""
    rows = UnboundTables({FCT_SESSIONS.name: "sessions_in_view"}).table(FCT_SESSIONS.name)
    return _query(build(rows, *arguments), "sessions_in_view")


@lru_cache(maxsize=1024)
def over_listed_sessions(build: Build, *arguments: Hashable) -> LeanQuery:
    """Return the query of `build(sessions in view with their real ids, *arguments)`."""
    rows = ibis.table(FCT_SESSIONS.ibis_schema(), name="listed")
    return _query(build(rows, *arguments), "sessions_in_view", "listed")


@lru_cache(maxsize=1024)
def over_sessions_by(dimensions: tuple[str, ...], build: Build, *arguments: Hashable) -> LeanQuery:
    """Return the query of `build(sessions_by(..., dimensions), *arguments)`."""
    rows = sessions_by(_EXPLODED, _EVERYTHING, dimensions)
    if rows.equals(_EXPLODED.table(FCT_SESSIONS.name)):
        return over_sessions(build, *arguments)
    return _query(build(rows, *arguments), "own_sessions", "matching")


@lru_cache(maxsize=1024)
def relation_sql(name: Relation, filters: ViewFilters) -> str:
    """Return the SELECT of the rows in view, over the lean tables."""
    if name == "listed":
        return _LISTED
    if name == "own_sessions":
        filters = filters.replacing(**dict.fromkeys(GENERATION_DIMENSIONS, ()))
    return str(ibis.to_sql(_ROWS[name](_LEAN, filters), dialect="duckdb"))


def _query(table: ir.Table, *relations: Relation) -> LeanQuery:
    sql = str(ibis.to_sql(table, dialect="duckdb"))
    return LeanQuery(sql, table.schema().to_pyarrow(), relations)
