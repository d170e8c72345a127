"""Reading what one build holds: about a dozen scans of single columns."""

from collections.abc import Mapping
from datetime import datetime

from ibis.backends.duckdb import Backend

from genai_session_analyzer.copilot.facts.data_facts import DataFacts, Feature, ValueCount
from genai_session_analyzer.errors import NoBuildError
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic import GENERATIONS

MOST_VALUES = 200
"""A text column with more distinct values than this has no list of them."""

LISTED_COLUMNS: Mapping[str, tuple[str, ...]] = {
    "fct_generations": (
        "dataset",
        "status",
        "model_version",
        "sampler",
        "feedback",
        "user_origin",
        "time_origin",
        "telemetry_origin",
        "profile_origin",
        "user_tier",
        "region",
        "device_type",
        "prompt_length_category",
    ),
    "fct_sessions": ("user_tier", "region", "device_type", "friction_band"),
    "dim_users": ("user_tier", "region", "device_type", "user_origin", "profile_origin"),
    "dim_prompts": ("prompt_length_category",),
    "ftr_prompt_labels": ("domain", "art_style", "mood", "setting", "lighting"),
}
"""Text columns whose values are listed where they are few."""

FEATURE_TABLES: Mapping[Feature, str] = {
    "labels": "ftr_prompt_labels",
    "clusters": "ftr_prompt_clusters",
}
_CLUSTER_TITLES = "SELECT title, prompt_count FROM dim_clusters WHERE level = 1 ORDER BY 2 DESC, 1"


def read_facts(backend: Backend) -> DataFacts:
    """Return the facts of the build a backend is connected to.

    Args:
        backend: Ibis on any DuckDB database with our tables; features may be empty or missing.

    Raises:
        NoBuildError: There is no generation in it.
    """
    row_counts = _row_counts(backend)
    if not row_counts.get("fct_generations"):
        raise NoBuildError("The database holds no generations (fct_generations). Run `make run`.")
    first_at, newest_at, simulated_share = _overview(backend)
    return DataFacts(
        build_id=_build_id(backend),
        first_at=first_at,
        newest_at=newest_at,
        row_counts=row_counts,
        features=frozenset(name for name, table in FEATURE_TABLES.items() if row_counts.get(table)),
        values=_values(backend, row_counts),
        simulated_share=simulated_share,
    )


def _row_counts(backend: Backend) -> dict[str, int]:
    present = frozenset(backend.list_tables())
    existing = [name for name in TABLES if name in present]
    if not existing:
        return {}
    counts = ", ".join(f"(SELECT count(*) FROM {name})" for name in existing)  # noqa: S608 (ours)
    row = backend.con.execute(f"SELECT {counts}").fetchone()
    return dict(zip(existing, row, strict=True))


def _build_id(backend: Backend) -> str:
    if "build_tables" not in backend.list_tables():
        return ""
    row = backend.con.execute("SELECT max(build_id) FROM build_tables").fetchone()
    return str(row[0])


def _overview(backend: Backend) -> tuple[datetime, datetime, float]:
    """The oldest and the newest request, and the share of generations with a simulated part."""
    generations = backend.table("fct_generations")
    row = generations.aggregate(
        first_at=generations.requested_at.min(),
        newest_at=generations.requested_at.max(),
        **GENERATIONS.values(generations, ["simulated_share"]),
    )
    values = row.to_pyarrow().to_pylist()[0]
    return values["first_at"], values["newest_at"], values["simulated_share"]


def _values(
    backend: Backend, row_counts: Mapping[str, int]
) -> dict[str, dict[str, tuple[ValueCount, ...]]]:
    found = {
        table: {column: counts for column in columns if (counts := _counts(backend, table, column))}
        for table, columns in LISTED_COLUMNS.items()
        if row_counts.get(table)
    }
    if row_counts.get("dim_clusters"):
        rows = backend.con.execute(_CLUSTER_TITLES).fetchall()
        found["dim_clusters"] = {"title": tuple(ValueCount(*row) for row in rows)}
    return found


def _counts(backend: Backend, table: str, column: str) -> tuple[ValueCount, ...]:
    """Each known value with its rows; nothing where there are too many to list."""
    rows = backend.con.execute(
        f"SELECT {column}, count(*) FROM {table} WHERE {column} IS NOT NULL "  # noqa: S608 (ours)
        f"GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT {MOST_VALUES + 1}"
    ).fetchall()
    return () if len(rows) > MOST_VALUES else tuple(ValueCount(*row) for row in rows)
