"""What the simulation needs to know of a source that tells every user and time."""

import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

_FIRST_REQUESTS = "first_requests"


def first_requests(raw_generations: ir.Table) -> ir.Table | None:
    """One row per user, at the time of the first request; None where a user or time is missing.

    Where both are observed and no telemetry is simulated, all that is drawn are profiles, and they
    follow from names and first times. So the other rows need not be read into memory.

    Args:
        raw_generations: One row per generation, in a DuckDB warehouse.

    Returns:
        The columns of `raw_generations`, numbered anew; null but for user, time and number.
    """
    users = raw_generations.group_by("user_name").aggregate(
        requested_at=raw_generations.requested_at.min(),
        untimed_count=raw_generations.count(where=raw_generations.requested_at.isnull()),
    )
    backend: Backend = raw_generations.get_backend()
    sql = backend.compile(users)
    backend.con.execute(f"CREATE OR REPLACE TEMP TABLE {_FIRST_REQUESTS} AS {sql}")
    found = backend.table(_FIRST_REQUESTS)
    lacking = found.filter(found.user_name.isnull() | (found.untimed_count > 0))
    if lacking.count().to_pyarrow().as_py():
        return None
    known = {
        "raw_id": ibis.row_number() + 1,
        "user_name": found.user_name,
        "requested_at": found.requested_at,
    }
    return found.select(
        **{
            name: known.get(name, ibis.null(dtype))
            for name, dtype in raw_generations.schema().items()
        }
    )
