"""The fields a source may state: their types, their units, what becomes of an absent one."""

from typing import Literal

from genai_session_analyzer.schema.sources import RAW_GENERATIONS
from genai_session_analyzer.schema.table_schema import ColumnType

STORE_COLUMNS = ("raw_id", "dataset", "source", "source_row")
"""Columns of `raw_generations` the store fills in itself."""

FIELDS: dict[str, ColumnType] = {
    column.name: column.dtype
    for column in RAW_GENERATIONS.columns
    if column.name not in STORE_COLUMNS
}
"""Type of every field a mapping may name, in the raw store's order."""

QUANTITIES = {"requested_at": "time", "latency_ms": "duration", "cost_credits": "money"}
"""What is measured, for the fields that may arrive in another unit."""

UNITS: dict[str, dict[str, float]] = {
    "time": {"s": 1e6, "ms": 1e3, "us": 1.0, "ns": 1e-3},
    "duration": {"min": 60_000.0, "s": 1000.0, "ms": 1.0, "us": 1e-3, "ns": 1e-6},
    "money": {"credits": 1.0, "usd": 1.0},
}
"""How many of ours one of theirs is: epochs become microseconds, durations milliseconds; money is
multiplied by the mapping's rate."""

OUR_UNITS = {
    "requested_at": "UTC",
    "latency_ms": "ms",
    "cost_credits": "credits",
    "token_count": "tokens",
    "width": "pixels",
    "height": "pixels",
}

ALWAYS_COMPLETED = ("user_name", "requested_at")
PROFILE_FIELDS = ("user_tier", "region", "device_type", "signup_date")
TELEMETRY_FIELDS = (
    "status",
    "latency_ms",
    "retry_count",
    "cost_credits",
    "feedback",
    "is_downloaded",
    "model_version",
)

Absence = Literal[
    "simulated",
    "simulated per user",
    "simulated with simulation.fill.telemetry, else null",
    "left null",
    "made from the row's content",
    "counted from the prompt",
]


def absence(field: str) -> Absence:
    """What becomes of a field that the source does not state."""
    if field in ALWAYS_COMPLETED:
        return "simulated"
    if field in PROFILE_FIELDS:
        return "simulated per user"
    if field in TELEMETRY_FIELDS:
        return "simulated with simulation.fill.telemetry, else null"
    if field == "generation_id":
        return "made from the row's content"
    return "counted from the prompt" if field == "token_count" else "left null"
