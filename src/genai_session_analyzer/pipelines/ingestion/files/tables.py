"""The two temporary tables one file is read into."""

from dataclasses import dataclass
from pathlib import Path

import duckdb

from genai_session_analyzer.pipelines.ingestion.files.broken import create_broken_table


@dataclass(frozen=True)
class SourceTables:
    """Where the records of one file go, on which connection, and which file that is."""

    connection: duckdb.DuckDBPyConnection
    path: Path
    rows: str
    broken: str

    def create_broken(self) -> None:
        """Create the empty table of broken records."""
        create_broken_table(self.connection, self.broken)

    def create_rows(self, columns: str) -> None:
        """Create the empty table of rows with these columns, written as SQL."""
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {self.rows} ({columns})")

    def rows_from(self, query: str) -> None:
        """Make the rows a view of a query."""
        self.connection.execute(f"CREATE OR REPLACE TEMP VIEW {self.rows} AS {query}")

    def count(self, table: str) -> int:
        """Return the number of rows of one of the two tables."""
        counted = self.connection.table(table).aggregate("count(*)").fetchone()
        return int(counted[0]) if counted else 0

    def drop_rows(self) -> None:
        """Drop the rows, whether they are a table or a view, or not there at all."""
        found = self.connection.execute(
            "SELECT view_name FROM duckdb_views() WHERE temporary AND view_name = ?", [self.rows]
        ).fetchone()
        self.connection.execute(f"DROP {'VIEW' if found else 'TABLE'} IF EXISTS {self.rows}")

    def drop(self) -> None:
        """Drop both tables."""
        self.drop_rows()
        self.connection.execute(f"DROP TABLE IF EXISTS {self.broken}")
