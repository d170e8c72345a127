"""Small valid tables for tests: say what matters, the rest is filled in."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from genai_session_analyzer.schema import TABLES

START = datetime(2024, 1, 1, 12, 0, 0)


def minutes(count: float) -> datetime:
    """The moment so many minutes after the start of the test data."""
    return START + timedelta(minutes=count)


def table(name: str, rows: Sequence[Mapping[str, Any]], backend: Any = None) -> ir.Table:
    """A declared table with these rows; columns that are not given are null."""
    declared = TABLES[name]
    unknown = {key for row in rows for key in row} - set(declared.column_names)
    assert not unknown, f"{name} has no columns {unknown}"
    schema = declared.ibis_schema().to_pyarrow()
    complete = [{column: row.get(column) for column in declared.column_names} for row in rows]
    arrow = pa.Table.from_pylist(complete, schema=schema)
    backend = backend or ibis.duckdb.connect()
    return backend.create_table(name, arrow, overwrite=True)


def raw_generations(rows: Sequence[Mapping[str, Any]], backend: Any = None) -> ir.Table:
    """Raw generations numbered in the order given."""
    numbered = [
        {
            "raw_id": number,
            "generation_id": f"g{number}",
            "dataset": "test",
            "source": "test.csv",
            "source_row": number,
            "prompt_text": f"a quiet lake {number}",
        }
        | row
        for number, row in enumerate(rows, start=1)
    ]
    return table("raw_generations", numbered, backend)


def generation(number: int, **values: Any) -> dict[str, Any]:
    """A complete row of fct_generations: a success that everything is known of."""
    status = values.get("status", "success")
    requested_at = values.get("requested_at", minutes(number))
    flags = {
        f"is_{kind}": None if status is None else status == kind
        for kind in ("success", "timeout", "safety_violation", "rate_limited", "model_error")
    }
    return {
        "generation_id": f"g{number}",
        "user_id": "ann",
        "prompt_id": f"p{number}",
        "session_id": "ann-1",
        "dataset": "test",
        "requested_at": requested_at,
        "requested_date": requested_at.date(),
        "status": status,
        **flags,
        "latency_ms": 1000,
        "retry_count": 0,
        "cost_credits": 0.5,
        "token_count": 12,
        "model_version": "v2.1",
        "is_downloaded": False,
        "user_origin": "observed",
        "time_origin": "observed",
        "telemetry_origin": "observed",
        "user_tier": "free",
        "region": "europe",
        "device_type": "desktop",
        "prompt_length_category": "medium",
        "profile_origin": "observed",
        **values,
    }


def user(name: str, **values: Any) -> dict[str, Any]:
    """A complete row of dim_users."""
    return {
        "user_id": name,
        "user_tier": "free",
        "region": "europe",
        "device_type": "desktop",
        "signup_date": date(2023, 12, 6),
        "cohort_week": date(2023, 12, 4),
        "total_generations": 1,
        "successful_generations": 1,
        "total_sessions": 1,
        "lifetime_cost_credits": 0.5,
        "first_generation_at": START,
        "last_generation_at": START,
        "success_rate": 1.0,
        "user_origin": "observed",
        "profile_origin": "observed",
        **values,
    }
