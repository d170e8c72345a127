"""The store of model results: SQLite, one commit a batch, nothing lost when a run is killed.

It lives outside the warehouse, so that rebuilding the warehouse costs no model work. A result is
found by its configuration and the id of its content; the first one stays.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyarrow as pa

from genai_session_analyzer.errors import ResultStoreError
from genai_session_analyzer.model_results.configuration import Configuration

MAX_ATTEMPTS = 3
"""An item that failed as often is not tried again."""
RESULTS = pa.schema(
    {
        "content_id": pa.string(),
        "payload": pa.binary(),
        "error": pa.string(),
        "attempts": pa.int32(),
        "run_id": pa.string(),
    }
)
"""Columns of what `ResultStore.read` yields; one of payload and error is null."""
FAILURES = pa.schema([RESULTS.field(name) for name in ("content_id", "error", "attempts")])
"""Columns of what `ResultStore.failures` returns."""
_ROWS_A_BATCH = 8192
_TABLES = """
CREATE TABLE IF NOT EXISTS configurations (
    digest TEXT PRIMARY KEY,
    content TEXT NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS results (
    configuration TEXT NOT NULL,
    content_id TEXT NOT NULL,
    payload BLOB,
    error TEXT,
    attempts INTEGER NOT NULL,
    run_id TEXT NOT NULL,
    PRIMARY KEY (configuration, content_id),
    CHECK ((payload IS NULL) <> (error IS NULL))
);
"""
_KEEP_OR_COUNT_FAILURE = """
INSERT INTO results VALUES (?, ?, ?, ?, 1, ?)
ON CONFLICT DO UPDATE SET
    payload = excluded.payload, error = excluded.error,
    attempts = attempts + 1, run_id = excluded.run_id
WHERE payload IS NULL
"""


@dataclass(frozen=True)
class Outcome:
    """What became of one item: `payload`, or the `error` that kept it from having one."""

    content_id: str
    payload: bytes | None = None
    error: str | None = None


class ResultStore:
    """Results by configuration and content; used by one process at a time."""

    def __init__(self, path: Path) -> None:
        """Opens the store, made where there is none.

        Raises:
            ResultStoreError: The file cannot be opened, or is no store.
        """
        self.path = path
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = WAL")
            self._connection.execute("PRAGMA synchronous = FULL")
            self._connection.executescript(_TABLES)
        except (sqlite3.Error, OSError) as problem:
            raise self._failure("opened", problem) from problem

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file."""
        self._connection.close()

    def settled_ids(self, configuration: Configuration) -> set[str]:
        """Return the ids that need no (further) work: they have a result, or failed too often.

        Raises:
            ResultStoreError: The file cannot be read.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT content_id FROM results WHERE configuration = ? "
                "AND (payload IS NOT NULL OR attempts >= ?)",
                (configuration.digest, MAX_ATTEMPTS),
            )
            return {content_id for (content_id,) in rows}

    def keep(self, configuration: Configuration, outcomes: Sequence[Outcome], run_id: str) -> None:
        """Keep a batch of outcomes, in one commit: all of them are on disk afterwards, or none.

        A result that is there already stays; a failure is replaced and its attempts are counted.

        Args:
            configuration: What the results depend on.
            outcomes: One per item.
            run_id: The tracked run that computed them.

        Raises:
            ResultStoreError: The disk is full or refuses.
        """
        digest = configuration.digest
        rows = [(digest, each.content_id, each.payload, each.error, run_id) for each in outcomes]
        try:
            with self._connection as connection:
                connection.execute("BEGIN IMMEDIATE")
                connection.execute(
                    "INSERT OR IGNORE INTO configurations VALUES (?, ?)",
                    (digest, configuration.to_json()),
                )
                connection.executemany(_KEEP_OR_COUNT_FAILURE, rows)
        except sqlite3.Error as problem:
            raise self._failure("written", problem) from problem

    def payload_sizes(self, configuration: Configuration) -> set[int]:
        """Return the sizes in bytes that the configuration's payloads have; empty without any.

        Raises:
            ResultStoreError: The file cannot be read.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT DISTINCT length(payload) FROM results "
                "WHERE configuration = ? AND payload IS NOT NULL",
                (configuration.digest,),
            )
            return {size for (size,) in rows}

    def failures(self, configuration: Configuration) -> pa.Table:
        """Return the configuration's failures, columns as in `FAILURES`, by id.

        Raises:
            ResultStoreError: The file cannot be read.
        """
        with self._reading() as connection:
            rows = connection.execute(
                "SELECT content_id, error, attempts FROM results "
                "WHERE configuration = ? AND payload IS NULL ORDER BY content_id",
                (configuration.digest,),
            ).fetchall()
        records = [dict(zip(FAILURES.names, row, strict=True)) for row in rows]
        return pa.Table.from_pylist(records, schema=FAILURES)

    def read(self, configuration: Configuration) -> Iterator[pa.RecordBatch]:
        """Yield all results and failures of a configuration, columns as in `RESULTS`, by id.

        What is kept after the first batch is asked for does not show. The batches may be taken by
        any thread, as DuckDB does.

        Raises:
            ResultStoreError: The file cannot be read.
        """
        with self._reading() as connection:
            cursor = connection.execute(
                "SELECT content_id, payload, error, attempts, run_id FROM results "
                "WHERE configuration = ? ORDER BY content_id",
                (configuration.digest,),
            )
            while rows := cursor.fetchmany(_ROWS_A_BATCH):
                columns = [
                    pa.array(values, type=field.type)
                    for values, field in zip(zip(*rows, strict=True), RESULTS, strict=True)
                ]
                yield pa.RecordBatch.from_arrays(columns, schema=RESULTS)

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        """A connection of its own, so that reading and writing do not meet."""
        try:
            opened = sqlite3.connect(
                f"{self.path.absolute().as_uri()}?mode=rw", uri=True, check_same_thread=False
            )
            with closing(opened) as connection:
                yield connection
        except sqlite3.Error as problem:
            raise self._failure("read", problem) from problem

    def _failure(self, done: str, problem: Exception) -> ResultStoreError:
        return ResultStoreError(
            f"The store of model results {self.path} cannot be {done}: {problem}. Finished batches "
            "are kept; mend the disk, or move a damaged file away, and run again."
        )
