"""A small published build for the tests of the page Sessions."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import ibis
from ibis.backends.duckdb import Backend

import rows
from genai_session_analyzer.warehouse.build_plan import BuildPlan
from genai_session_analyzer.warehouse.builds import new_build_id
from genai_session_analyzer.warehouse.publishing import publish_build

TABLES = (
    "fct_generations", "fct_sessions", "dim_prompts", "ftr_prompt_labels", "ftr_prompt_clusters",
    "ftr_image_embeddings", "dim_clusters", "dim_users",
)  # fmt: skip

Rows = Sequence[Mapping[str, Any]]


def session(name: str, **values: Any) -> dict[str, Any]:
    """A complete row of fct_sessions: one success that everything is known of."""
    started_at = values.get("started_at", rows.minutes(1))
    return {
        "session_id": name,
        "user_id": "ann",
        "started_at": started_at,
        "ended_at": started_at,
        "session_date": started_at.date(),
        "duration_s": 0.0,
        "generation_count": 1,
        "success_count": 1,
        "success_rate": 1.0,
        "mean_latency_ms": 1000.0,
        "max_latency_ms": 1000,
        "total_cost_credits": 0.5,
        "total_retries": 0,
        "mean_retry_count": 0.0,
        "user_tier": "free",
        "region": "europe",
        "device_type": "desktop",
        "friction_score": 6.6,
        "friction_band": "low",
        "known_status_count": 1,
        "simulated_share": 0.0,
        **values,
    }


def generations_of(name: str, count: int, **values: Any) -> list[dict[str, Any]]:
    """Successive generations of one session, a minute apart."""
    return [
        rows.generation(
            number, session_id=name, generation_id=f"{name}-{number:04}", seed=number, **values
        )
        for number in range(1, count + 1)
    ]


def prompt(name: str, text: str) -> dict[str, Any]:
    """A row of dim_prompts."""
    return {"prompt_id": name, "prompt_text": text, "char_count": len(text)}


def backend_with(**tables: Rows) -> Backend:
    """A backend with every table the page reads; those not given are empty."""
    backend = ibis.duckdb.connect()
    for name in TABLES:
        rows.table(name, tables.get(name, ()), backend)
    return backend


def publish(root: Path, **tables: Rows) -> Path:
    """Publish those tables as a build and return the published root."""
    backend = backend_with(**tables)
    plan = BuildPlan(
        build_id=new_build_id(datetime(2026, 1, 1, tzinfo=UTC), root),
        tables=dict.fromkeys(TABLES, "For a test."),
        checks=(),
    )
    publish_build(backend.con, root, plan)
    return root
