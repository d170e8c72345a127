"""What happened in each of some sessions, generation by generation, for the drawings of a list."""

from collections.abc import Mapping, Sequence
from functools import cache

import ibis
from ibis.backends.duckdb import Backend
from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.schema.facts import FCT_GENERATIONS


class SessionCourse(BaseModel):
    """The generations of one session in order: latency in ms and status; None = unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    latencies_ms: tuple[int | None, ...]
    statuses: tuple[str | None, ...]


def session_courses(backend: Backend, session_ids: Sequence[str]) -> Mapping[str, SessionCourse]:
    """Latency and status of each generation, per session; nothing for ids that do not exist.

    Args:
        backend: A backend with fct_generations.
        session_ids: Sessions of one page.
    """
    found = backend.con.execute(_courses_sql(), [list(session_ids)]).to_arrow_table()
    return {row.pop("session_id"): SessionCourse.model_validate(row) for row in found.to_pylist()}


@cache
def _courses_sql() -> str:
    """Written once: Ibis takes longer over a hundred ids than DuckDB."""
    generations = FCT_GENERATIONS.ibis_schema()
    wanted = ibis.table({"session_id": "string"}, name="wanted")
    of_page = ibis.table(generations, name=FCT_GENERATIONS.name).semi_join(wanted, "session_id")
    in_order = (of_page.requested_at, of_page.generation_id)
    courses = of_page.group_by("session_id").aggregate(
        latencies_ms=of_page.latency_ms.collect(order_by=in_order, include_null=True),
        statuses=of_page.status.collect(order_by=in_order, include_null=True),
    )
    ids = "WITH wanted AS (SELECT unnest(?::VARCHAR[]) AS session_id)"
    return f"{ids} {ibis.to_sql(courses, dialect='duckdb')}"
