"""The tables a dashboard asks most, made small: labels beside each generation, short ids.

Aggregating a million generations with their prompts' labels takes mostly the join. So a server
makes these two tables in memory, once per build. They have the names, columns and values of the
published ones, but for this: `fct_generations` has the features as columns and lacks what no
measure reads; ids of sessions and of its users are numbers, in the order of the ids. In
`fct_sessions` the id itself is `session_name`.
"""

from typing import Final

import ibis
import ibis.expr.types as ir
from ibis.backends import BaseBackend

from genai_session_analyzer.schema.facts import FCT_GENERATIONS, FCT_SESSIONS
from genai_session_analyzer.schema.features import FTR_PROMPT_CLUSTERS, FTR_PROMPT_LABELS
from genai_session_analyzer.semantic.features import (
    FEATURE_COLUMNS,
    SESSION_COLUMNS,
    generations_with_features,
)

SESSION_NAME: Final = "session_name"
MOST_ROWS: Final = 1_500_000
"""Generations up to which the tables are made: they take some 360 bytes of memory each, of 1 GB."""
MOST_CODED_VALUES: Final = 200
"""Text columns with at most so many values are kept as numbers of a list of values."""
LEAN_COLUMNS: Final = (
    "session_id", "user_id", "dataset", "requested_at", "requested_date", "status", "latency_ms",
    "retry_count", "cost_credits", "model_version", "sampler", "steps", "image_count", "feedback",
    "is_downloaded", "user_origin", "time_origin", "telemetry_origin", "profile_origin",
    "user_tier", "region", "device_type", "prompt_length_category",
)  # fmt: skip
"""Columns of fct_generations that are kept: what measures and dimensions read."""
NOT_KEPT: Final = ("user_id", "session_id", "prompt_id", "prompt_count", "session_count")
"""Dimensions and measures of generations that need the real ids: the published tables answer."""
ADDED_COLUMNS: Final = (*FEATURE_COLUMNS, *SESSION_COLUMNS)
_NUMBER = "id_number"


class UnboundTables:
    """The lean tables by name, bound to no database; for whatever takes a backend's tables."""

    def __init__(self, names: dict[str, str]) -> None:
        """Take what each table is called in SQL; one that is left out keeps its name."""
        self._names = names

    def table(self, name: str) -> ir.Table:
        """Return the table, with the published one's types."""
        return ibis.table(_SCHEMAS[name], name=self._names.get(name, name))


def lean_tables(backend: BaseBackend) -> dict[str, ir.Table]:
    """Return the lean tables by name, lazily: one row per generation, one per session.

    Args:
        backend: A connection to a build.
    """
    sessions = backend.table(FCT_SESSIONS.name)
    generations = generations_with_features(backend, ADDED_COLUMNS)
    kept = generations.select(*LEAN_COLUMNS, *ADDED_COLUMNS)
    users = kept.select("user_id").distinct()
    named = sessions.mutate(**{SESSION_NAME: sessions.session_id})
    return {
        FCT_GENERATIONS.name: _numbered(_numbered(kept, sessions, "session_id"), users, "user_id"),
        FCT_SESSIONS.name: _numbered(named, sessions, "session_id"),
    }


def coded_columns(table: ir.Table) -> tuple[str, ...]:
    """Return the text columns of a lean table that may have few values."""
    ids = ("session_id", "user_id", SESSION_NAME)
    return tuple(n for n, kind in table.schema().items() if kind.is_string() and n not in ids)


def _numbered(rows: ir.Table, known: ir.Table, name: str) -> ir.Table:
    """The rows with the place of their id among the known ones in place of the id."""
    ids = known.filter(known[name].notnull()).select(known_id=name)
    place = ibis.row_number().over(order_by=ids.known_id).cast("int32")
    numbers = ids.mutate(**{_NUMBER: place})
    joined = rows.left_join(numbers, rows[name] == numbers.known_id).drop("known_id")
    return joined.drop(name).rename({name: _NUMBER})


def _schemas() -> dict[str, ibis.Schema]:
    generations = FCT_GENERATIONS.ibis_schema()
    kinds = dict(FCT_SESSIONS.ibis_schema()) | dict(FTR_PROMPT_LABELS.ibis_schema())
    kinds |= dict(FTR_PROMPT_CLUSTERS.ibis_schema())
    lean = {n: generations[n] for n in LEAN_COLUMNS} | {n: kinds[n] for n in ADDED_COLUMNS}
    sessions = dict(FCT_SESSIONS.ibis_schema()) | {SESSION_NAME: "string"}
    return {
        FCT_GENERATIONS.name: ibis.schema(lean),
        FCT_SESSIONS.name: ibis.schema(sessions),
    }


_SCHEMAS: Final = _schemas()
