"""What `core` does for the embedded corpus, by hand: NumPy and SQL, without Kedro and Ibis.

The corpus into parquet; users, times and outcomes simulated; the star schema, summaries and checks
in DuckDB's memory; a build file, opened again and hashed. What it leaves out: a warehouse on disk,
rows of other sources, resuming, locks, an atomic publish.

    python benchmarks/hand_written.py 1000000    prints the seconds of each stage, and CPU, as JSON
"""

import hashlib
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from genai_session_analyzer.pipelines.ingestion.corpus.generator import (
    CorpusParameters,
    corpus_batches,
)
from genai_session_analyzer.schema import TABLES
from hand_written_checks import run_checks
from hand_written_simulation import simulate
from hand_written_tables import CHECKED, build_tables

SEED = 20220806
MEMORY_LIMIT = "3GB"
ROW_SCHEMA = TABLES["raw_generations"].ibis_schema().to_pyarrow()


def write_corpus(path: Path, generation_count: int) -> None:
    """The corpus as `raw_generations` in one parquet file."""
    first_row = 1
    with pq.ParquetWriter(path, ROW_SCHEMA, compression="snappy") as writer:
        for batch in corpus_batches(CorpusParameters(generation_count=generation_count), SEED):
            numbers = pa.array(np.arange(first_row, first_row + len(batch)))
            known = {name: batch[name] for name in batch.schema.names} | {
                "raw_id": numbers,
                "source_row": numbers,
                "generation_id": pc.binary_join_element_wise("g", numbers.cast(pa.string()), ""),
                "dataset": pa.repeat("embedded", len(batch)),
                "source": pa.repeat("corpus", len(batch)),
            }
            columns = [known.get(f.name, pa.nulls(len(batch), f.type)) for f in ROW_SCHEMA]
            writer.write_table(pa.Table.from_arrays(columns, schema=ROW_SCHEMA))
            first_row += len(batch)


def write_build(connection: duckdb.DuckDBPyConnection, path: Path) -> str:
    """Copies the tables into a file of their own, counts them there; the file's SHA-256.

    Raises:
        RuntimeError: The file does not hold the rows that were written.
    """
    connection.execute(f"ATTACH '{path}' AS build")
    for table in (*CHECKED, "data_quality"):
        connection.execute(f"CREATE TABLE build.{table} AS FROM {table}")
    connection.execute("CHECKPOINT build; DETACH build")
    with duckdb.connect(str(path), read_only=True) as build:
        for table in CHECKED:
            count = f"SELECT count(*) FROM {table}"
            if build.execute(count).fetchone() != connection.execute(count).fetchone():
                raise RuntimeError(f"{table}: not all rows were written")
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def run(folder: Path, generation_count: int) -> dict[str, float]:
    """Everything, in a folder; seconds by stage.

    Raises:
        RuntimeError: A check failed.
    """
    seconds: dict[str, float] = {}
    parts = folder / "raw.parquet"
    with _stage(seconds, "ingestion"):
        write_corpus(parts, generation_count)
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute(f"SET temp_directory = '{folder / 'spill'}'")
        connection.execute(f"CREATE VIEW raw_generations AS FROM read_parquet('{parts}')")
        with _stage(seconds, "simulation"):
            simulate(connection, SEED)
        with _stage(seconds, "modeling"):
            build_tables(connection)
        with _stage(seconds, "metrics"):
            failing = {name: count for name, count in run_checks(connection).items() if count}
        if failing:
            raise RuntimeError(f"checks failed: {failing}")
        with _stage(seconds, "publish"):
            write_build(connection, folder / "build.duckdb")
    return seconds


@contextmanager
def _stage(seconds: dict[str, float], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    seconds[name] = time.perf_counter() - started


def main() -> None:
    """Runs it in a throw-away folder; prints one line of JSON."""
    with tempfile.TemporaryDirectory(prefix="gsa-by-hand-") as folder:
        started = time.process_time()
        seconds = run(Path(folder), int(sys.argv[1]))
        print(json.dumps({"seconds": seconds, "cpu_s": time.process_time() - started}))


if __name__ == "__main__":
    main()
