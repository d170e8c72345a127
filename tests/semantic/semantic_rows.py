"""Small valid fct_generations and fct_sessions, with unknowns, and pandas to check against."""

from datetime import datetime, timedelta
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pandas as pd
import pyarrow as pa

from genai_session_analyzer.schema import table_schema
from genai_session_analyzer.schema.values import (
    DEVICE_TYPES,
    FEEDBACKS,
    REGIONS,
    STATUSES,
    USER_TIERS,
)

FIRST_DAY = datetime(2024, 2, 26)  # a Monday
SILENT_REGION = "other"
"""Users of this region come from a source that records no telemetry at all."""
SILENT_EVERY = 8
"""Nor does every so many-th session, in any region."""


def generation_records(count: int = 240, seed: int = 11) -> list[dict[str, Any]]:
    """Records of fct_generations; two sessions a user, about six generations a session."""
    random = np.random.default_rng(seed)
    return [_generation(index, random) for index in range(count)]


def _generation(index: int, random: np.random.Generator) -> dict[str, Any]:
    user = int(random.integers(20))
    session = user * 2 + int(random.integers(2))
    requested_at = FIRST_DAY + timedelta(days=session % 9, hours=user, minutes=index % 60)
    region = REGIONS[user % len(REGIONS)]
    record = {
        "generation_id": f"g{index}",
        "user_id": f"u{user}",
        "prompt_id": _perhaps(random, f"p{random.integers(60)}"),
        "session_id": f"s{session}",
        "dataset": "made",
        "requested_at": requested_at,
        "requested_date": requested_at.date(),
        "model_version": _perhaps(random, str(random.choice(["v1.4", "v2.1"]))),
        "sampler": _perhaps(random, "k_lms"),
        "steps": _perhaps(random, int(random.choice([20, 50]))),
        "image_count": _perhaps(random, int(random.integers(1, 5))),
        "user_origin": "observed",
        "time_origin": "observed",
        "telemetry_origin": "simulated" if random.random() < 0.3 else "observed",
        "profile_origin": "simulated" if random.random() < 0.2 else "observed",
        "user_tier": USER_TIERS[user % len(USER_TIERS)],
        "region": region,
        "device_type": DEVICE_TYPES[user % len(DEVICE_TYPES)],
        "prompt_length_category": _perhaps(random, "short"),
    }
    silent = region == SILENT_REGION or session % SILENT_EVERY == 0
    return record | ({} if silent else _telemetry(random))


def _telemetry(random: np.random.Generator) -> dict[str, Any]:
    weights = [0.6, 0.1, 0.1, 0.1, 0.1]
    status = _perhaps(random, STATUSES[int(random.choice(5, p=weights))])
    flags = {f"is_{name}": None if status is None else status == name for name in STATUSES}
    feedback = FEEDBACKS[int(random.integers(2))] if random.random() < 0.3 else None
    return flags | {
        "status": status,
        "latency_ms": _perhaps(random, int(random.integers(50, 30_000))),
        "retry_count": _perhaps(random, int(random.integers(0, 5))),
        "cost_credits": _perhaps(random, round(float(random.random()) * 3, 6)),
        "feedback": feedback,
        "is_downloaded": _perhaps(random, bool(random.random() < 0.4)),
    }


def _perhaps(random: np.random.Generator, value: Any) -> Any:
    return value if random.random() < 0.85 else None


def session_records(generations: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Records of fct_sessions, added up one generation at a time."""
    by_session: dict[str, list[dict[str, Any]]] = {}
    for generation in generations:
        by_session.setdefault(generation["session_id"], []).append(generation)
    return [_session(session_id, rows) for session_id, rows in sorted(by_session.items())]


def _session(session_id: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    times = sorted(row["requested_at"] for row in rows)
    statuses = _known(rows, "status")
    latencies = _known(rows, "latency_ms")
    retries = _known(rows, "retry_count")
    costs = _known(rows, "cost_credits")
    simulated = [row for row in rows if "simulated" in _origins(row)]
    score = _friction(statuses, latencies, retries)
    number = int(session_id[1:])
    return {
        "session_id": session_id,
        "user_id": rows[0]["user_id"],
        "started_at": times[0],
        "ended_at": times[-1],
        "session_date": times[0].date(),
        "duration_s": (times[-1] - times[0]).total_seconds(),
        "generation_count": len(rows),
        "success_count": statuses.count("success"),
        "success_rate": statuses.count("success") / len(statuses) if statuses else None,
        **{f"{name}_count": statuses.count(name) for name in STATUSES},
        "mean_latency_ms": sum(latencies) / len(latencies) if latencies else None,
        "max_latency_ms": max(latencies, default=None),
        "total_cost_credits": sum(costs) if costs else None,
        "total_retries": sum(retries) if retries else None,
        "mean_retry_count": sum(retries) / len(retries) if retries else None,
        "thumbs_up_count": _known(rows, "feedback").count("thumbs_up"),
        "thumbs_down_count": _known(rows, "feedback").count("thumbs_down"),
        "download_count": _known(rows, "is_downloaded").count(True),
        **{name: rows[0][name] for name in ("user_tier", "region", "device_type")},
        "friction_score": score,
        "friction_band": _band(score),
        "churned_after": None if number % 5 == 0 else number % 3 == 0,
        "known_status_count": len(statuses),
        "simulated_share": len(simulated) / len(rows),
        "known_latency_count": len(latencies),
        "total_latency_ms": sum(latencies) if latencies else None,
    }


def _known(rows: list[dict[str, Any]], column: str) -> list[Any]:
    return [row[column] for row in rows if row.get(column) is not None]


def _origins(row: dict[str, Any]) -> set[str]:
    return {value for name, value in row.items() if name.endswith("_origin")}


def _friction(statuses: list[str], latencies: list[int], retries: list[int]) -> float | None:
    if not (statuses and latencies and retries):
        return None
    errors = sum(status != "success" for status in statuses) / len(statuses)
    latency = min(1, sum(latencies) / len(latencies) / 5000)
    retry = min(1, sum(retries) / len(retries) / 2)
    return round(50 * errors + 33 * latency + 17 * retry, 4)


def _band(score: float | None) -> str | None:
    if score is None:
        return None
    return "low" if score < 10 else "medium" if score < 30 else "high"


def as_table(name: str, records: list[dict[str, Any]]) -> ir.Table:
    """The records as an Ibis table of the declared types."""
    schema = table_schema(name).ibis_schema().to_pyarrow()
    return ibis.memtable(pa.Table.from_pylist(records, schema=schema))


def as_frame(name: str, records: list[dict[str, Any]]) -> pd.DataFrame:
    """The records as a frame of Python objects, None for unknown."""
    columns = table_schema(name).column_names
    rows = [[record.get(column) for column in columns] for record in records]
    return pd.DataFrame(rows, columns=list(columns), dtype=object)
