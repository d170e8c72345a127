"""What the tables in the warehouse were built from: three small tables beside them."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import ibis
import ibis.expr.types as ir
from ibis.backends.duckdb import Backend

import genai_session_analyzer

STATE = "built_from"
FILES = "built_from_files"
USERS = "built_from_users"
NOT_OF_TABLES = ("source", "publish", "dry_run")
"""Parameters that say where to read and publish; the ledger tells what was read."""


@dataclass(frozen=True)
class BuildState:
    """One row of `built_from`.

    Attributes:
        fingerprint: Of parameters, code and libraries.
        raw_rows: Rows of `raw_generations` that the tables hold.
        published_build: The build that holds the same tables; None while there is none.
    """

    fingerprint: str
    raw_rows: int
    published_build: str | None = None


def fingerprint(parameters: Mapping[str, Any]) -> str:
    """SHA-256 of everything but the rows that decides what the tables hold."""
    package = Path(genai_session_analyzer.__file__).parent
    described = hashlib.sha256(f"duckdb {duckdb.__version__}, ibis {ibis.__version__}".encode())
    deciding = {name: parameters[name] for name in parameters if name not in NOT_OF_TABLES}
    described.update(json.dumps(deciding, sort_keys=True, default=str).encode())
    for path in sorted(package.rglob("*.py")):
        described.update(path.relative_to(package).as_posix().encode() + path.read_bytes())
    return described.hexdigest()


def read_state(backend: Backend) -> BuildState | None:
    """The state of the tables, or None: never written, or a run since did not finish."""
    if STATE not in backend.list_tables():
        return None
    row = backend.con.execute(
        f"SELECT fingerprint, raw_rows, published_build FROM {STATE}"  # noqa: S608
    ).fetchone()
    return BuildState(*row) if row else None


def forget_state(backend: Backend) -> None:
    """Says, before the first table changes, that the tables are in between."""
    backend.con.execute(f"DROP TABLE IF EXISTS {STATE}")


def write_state(
    backend: Backend, state: BuildState, ingested_files: ir.Table, simulated_users: ir.Table
) -> None:
    """Says that the tables hold what follows from these files and users, in one transaction."""
    connection = backend.con
    connection.execute("BEGIN")
    try:
        for name, content in ((FILES, ingested_files), (USERS, simulated_users)):
            connection.execute(f"CREATE OR REPLACE TABLE {name} AS {backend.compile(content)}")
        connection.execute(
            f"CREATE OR REPLACE TABLE {STATE} AS SELECT $fingerprint AS fingerprint, "
            "$raw_rows::BIGINT AS raw_rows, $published_build::VARCHAR AS published_build",
            vars(state),
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise


def note_published(backend: Backend, build_id: str) -> None:
    """Says which build holds the tables as the state describes them."""
    if STATE in backend.list_tables():
        backend.con.execute(f"UPDATE {STATE} SET published_build = $1", [build_id])  # noqa: S608
