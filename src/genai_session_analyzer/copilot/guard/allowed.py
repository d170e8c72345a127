"""What statements may read: the tables of one build, and their columns."""

from collections.abc import Mapping
from dataclasses import dataclass

import duckdb

from genai_session_analyzer.schema import TABLES

DOCUMENTED = frozenset(TABLES) | {"build_tables"}


@dataclass(frozen=True)
class Allowed:
    """Tables by name, each with the names of its columns; all in lower case."""

    tables: Mapping[str, tuple[str, ...]]


def allowed_in(connection: duckdb.DuckDBPyConnection) -> Allowed:
    """Return the documented tables that a database has; views and other tables are not allowed.

    Raises:
        duckdb.Error: The connection is closed.
    """
    rows = connection.execute(
        "SELECT table_name, list(column_name ORDER BY column_index) FROM duckdb_columns()"
        " SEMI JOIN duckdb_tables() USING (database_name, schema_name, table_name)"
        " WHERE database_name = current_database() AND schema_name = 'main'"
        " GROUP BY table_name ORDER BY table_name"
    ).fetchall()
    return Allowed(
        {
            ascii_lower(name): tuple(ascii_lower(column) for column in columns)
            for name, columns in rows
            if ascii_lower(name) in DOCUMENTED
        }
    )


def ascii_lower(name: str) -> str:
    """Return a name as DuckDB compares it: A-Z in lower case, all else as it is.

    `str.lower` would also turn the Kelvin sign into a k, so that the guard and the engine would
    disagree on which table is meant.
    """
    return "".join(chr(ord(sign) + 32) if "A" <= sign <= "Z" else sign for sign in name)
