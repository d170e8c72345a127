"""Limits of one query, and of all of them together."""

from pathlib import Path
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from genai_session_analyzer.warehouse.query_worker.orders import Orders
from genai_session_analyzer.warehouse.reader_settings import ReaderSettings

_Seconds = Annotated[float, Field(gt=0, le=3600)]


class QueryLimits(BaseModel):
    """What one query may use; known to the worker process.

    Attributes:
        soft_deadline_s: After it the query is interrupted, again and again.
        most_rows: Rows of a result; the rest is cut off, and the result says so.
        most_bytes: Bytes of a result, likewise.
        address_space_bytes: Address space of the process, where the system keeps to it (Linux).
        resident_bytes: Resident memory of the process; above it, the process ends.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    soft_deadline_s: _Seconds = 5.0
    most_rows: Annotated[int, Field(ge=1)] = 10_000
    most_bytes: Annotated[int, Field(ge=1_000)] = 8_000_000
    address_space_bytes: Annotated[int, Field(ge=500_000_000)] = 2_000_000_000
    resident_bytes: Annotated[int, Field(ge=200_000_000)] = 1_500_000_000


class WorkerSettings(BaseModel):
    """What all workers together may do.

    Attributes:
        pool_size: Queries that run at once, each in a process.
        queue_size: Queries that wait beside them; more are refused at once.
        hard_deadline_s: After it the process is killed.
        boot_deadline_s: The same for a process that starts.
        most_queries: Queries after which a process is replaced.
        reader: DuckDB's own limits in each process.
        limits: Of one query.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    pool_size: Annotated[int, Field(ge=1, le=64)] = 2
    queue_size: Annotated[int, Field(ge=0, le=1000)] = 8
    hard_deadline_s: _Seconds = 5.75
    boot_deadline_s: _Seconds = 20.0
    most_queries: Annotated[int, Field(ge=1)] = 500
    reader: ReaderSettings = ReaderSettings(memory_limit="512MB", threads=2)
    limits: QueryLimits = QueryLimits()

    def orders(self, database: Path) -> Orders:
        """Return what a process that reads `database` is told."""
        return Orders(
            database=database.absolute(),  # a process works in another folder
            **dict(self.reader),
            **dict(self.limits),
        )
