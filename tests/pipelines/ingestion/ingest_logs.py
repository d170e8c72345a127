"""Writes small logs and ingests them: what the ingestion tests share."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import yaml

from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from genai_session_analyzer.pipelines.ingestion.sources import ingest_files
from genai_session_analyzer.pipelines.ingestion.store.raw_store import RawParts

NOW = datetime(2026, 1, 1)
SIMPLE = {
    "dataset": "team_log",
    "timezone": "UTC",
    "columns": {"generation_id": "id", "prompt_text": "prompt"},
}


def mapping_with(columns: Mapping[str, Any] | None = None, **changes: Any) -> dict[str, Any]:
    """The simple mapping with more columns, or other settings."""
    return {**SIMPLE, "columns": {**SIMPLE["columns"], **(columns or {})}, **changes}


def write_mapping(folder: Path, mapping: Mapping[str, Any]) -> str:
    """Writes a mapping as YAML and returns its path."""
    path = folder / "mapping.yml"
    path.write_text(yaml.safe_dump(dict(mapping)))
    return str(path)


def write_parquet(path: Path, columns: Mapping[str, Any]) -> Path:
    """Writes columns of values (or Arrow arrays) as Parquet."""
    pq.write_table(pa.table(dict(columns)), path)
    return path


def write_csv(path: Path, header: str, *lines: str) -> Path:
    """Writes lines as they are, UTF-8, with line feeds."""
    path.write_bytes("\n".join([header, *lines, ""]).encode())
    return path


def reading(folder: Path, mapping: Mapping[str, Any], **source: Any) -> Reading:
    """A reading of logs into the store below the folder."""
    settings = {
        "kind": "logs",
        "path": str(folder),
        "mapping": write_mapping(folder, mapping),
        "store": str(folder / "store"),
        "max_rejected_share": 1.0,
        **source,
    }
    return Reading.of(SourceParameters(**settings), seed=7, now=NOW)


def ingest(path: Path, mapping: Mapping[str, Any] = SIMPLE, **source: Any) -> RawParts:
    """Ingests a file into the store beside it."""
    folder = path if path.is_dir() else path.parent
    return ingest_files(reading(folder, mapping, **source), str(path))


def rows_of(paths: Sequence[str]) -> list[dict[str, Any]]:
    """The rows of Parquet parts, in their order."""
    return duckdb.read_parquet(list(paths), hive_partitioning=False).to_arrow_table().to_pylist()


def values_of(parts: RawParts, field: str) -> list[Any]:
    """One field of the accepted rows, in their order."""
    return [row[field] for row in rows_of(parts.accepted)]


def reasons_of(parts: RawParts) -> dict[int, list[str]]:
    """The reasons of the rejected rows, sorted, by row number."""
    return {row["row_number"]: sorted(row["reasons"]) for row in rows_of(parts.rejected)}


def tree_of(folder: Path) -> dict[str, bytes | None]:
    """Every file below a folder with its bytes, and every folder."""
    return {
        str(path.relative_to(folder)): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def balance(parts):
    """rows_in, accepted, rejected and duplicates of every ledger entry."""
    names = ("rows_in", "accepted_rows", "rejected_rows", "duplicate_rows")
    return [tuple(row[name] for name in names) for row in rows_of(parts.ledger)]
