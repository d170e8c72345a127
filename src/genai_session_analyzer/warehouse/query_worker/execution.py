"""Running one statement in the worker process; the result as one message."""

import time
from collections.abc import Iterable
from typing import Any

import duckdb
import pyarrow as pa

from genai_session_analyzer.warehouse.query_worker.frames import Frame
from genai_session_analyzer.warehouse.query_worker.orders import Orders

_ROWS_PER_BATCH = 2048
_STARTS = {"INTERRUPT": "stopped", "Out of Memory": "memory", "INTERNAL": "broken"}
"""How messages begin that come back from a stream without the class of the error."""


def execute(cursor: duckdb.DuckDBPyConnection, sql: str, orders: Orders) -> Frame:
    """Return the rows, or what went wrong.

    The header's `status` is `rows`, `failed` (by the statement), `stopped` (interrupted), `memory`
    or `broken` (the engine does not trust itself any more).
    """
    started = time.perf_counter()
    try:
        cursor.execute(sql)
        described = cursor.description or []
        batches, is_truncated = _fetch(cursor, orders)
        body = _stream(*batches)
    except (duckdb.Error, pa.ArrowException, OSError, MemoryError, ValueError) as problem:
        return Frame({"status": _status(problem), "message": str(problem)})
    header = {
        "status": "rows",
        "columns": [str(name) for name, *_ in described],
        "types": [str(kind) for _, kind, *_ in described],
        "is_truncated": is_truncated,
        "elapsed_ms": (time.perf_counter() - started) * 1000,
    }
    return Frame(header, body)


def _status(problem: Exception) -> str:
    if isinstance(problem, duckdb.InterruptException):
        return "stopped"
    if isinstance(problem, MemoryError | duckdb.OutOfMemoryException):
        return "memory"
    if isinstance(problem, duckdb.InternalException | duckdb.FatalException):
        return "broken"
    found = (status for start, status in _STARTS.items() if str(problem).startswith(start))
    return next(found, "failed")


def _fetch(
    cursor: duckdb.DuckDBPyConnection, orders: Orders
) -> tuple[tuple[pa.Schema, list[pa.RecordBatch]], bool]:
    """Return the schema and the batches within the limits, and whether there are more rows."""
    reader = cursor.to_arrow_reader(_ROWS_PER_BATCH)
    kept: list[pa.RecordBatch] = []
    rows, size = 0, 0
    for batch in reader:
        fitting = _fitting(batch, orders.most_rows - rows, orders.most_bytes - size)
        if fitting == 0 and batch.num_rows > 0 and rows == 0:
            message = f"One row is larger than {orders.most_bytes:,} bytes. Select less of it."
            raise ValueError(message)
        kept.append(batch.slice(0, fitting))
        if fitting < batch.num_rows:
            return (reader.schema, kept), True
        rows, size = rows + batch.num_rows, size + batch.nbytes
    return (reader.schema, kept), False


def _fitting(batch: pa.RecordBatch, most_rows: int, most_bytes: int) -> int:
    """Return how many of a batch's first rows stay within rows and bytes."""
    low, high = 0, min(batch.num_rows, most_rows)
    if batch.slice(0, high).nbytes <= most_bytes:
        return int(high)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if batch.slice(0, middle).nbytes <= most_bytes else (low, middle)
    return low


def _stream(schema: pa.Schema, batches: Iterable[Any]) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, schema) as writer:
        for batch in batches:
            writer.write_batch(batch)
    content: bytes = sink.getvalue().to_pybytes()
    return content
