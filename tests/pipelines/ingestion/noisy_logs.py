"""Makes small noisy logs, ingests them and reads their text: what the noise tests share."""

import csv
import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import ibis
import ibis.expr.types as ir
from ingest_logs import rows_of

from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.nodes import ingest_generations
from genai_session_analyzer.pipelines.ingestion.noise.grading import grade_quarantine
from genai_session_analyzer.pipelines.ingestion.noise.kinds import KIND_NAMES
from genai_session_analyzer.pipelines.ingestion.noise.nodes import prepare_source
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters

SEED = 7
TOKYO = timezone(timedelta(hours=9))
WORDS = {"ok": "success", "timed_out": "timeout", "blocked": "safety_violation",
         "throttled": "rate_limited", "failed": "model_error"}  # fmt: skip


@dataclass(frozen=True)
class Noisy:
    """A noisy log, its truth, and what ingestion made of it, each as paths of Parquet."""

    log: Path
    truth: list[str]
    accepted: list[str]
    rejected: list[str]

    def grade(self, **tables: ir.Table) -> dict[str, dict]:
        """The grades by kind; `tables` stand in for what ingestion made."""
        connection = ibis.duckdb.connect()
        read = {
            "truth": self.truth,
            "raw_generations": self.accepted,
            "rejected_rows": self.rejected,
        }
        read = {name: connection.read_parquet(paths) for name, paths in read.items()} | tables
        return {row["kind"]: row for row in grade_quarantine(**read).to_pyarrow().to_pylist()}


def noise_of(log_format="csv", rates=None, **settings) -> NoiseParameters:
    """Noise that is on; by default a little of every kind."""
    rates = dict.fromkeys(KIND_NAMES, 0.01) if rates is None else rates
    return NoiseParameters(is_on=True, log_format=log_format, rates=rates, **settings)


def prepare(folder: Path, noise: NoiseParameters, count=2000, seed=SEED, **source):
    """The source to ingest, and the paths of the truth."""
    asked = SourceParameters(store=str(folder / "store"), **source)
    return prepare_source(asked, noise, CorpusParameters(generation_count=count), seed, False)


def noisy(folder: Path, noise: NoiseParameters, count=2000, seed=SEED, **source) -> Noisy:
    """Makes a noisy log and ingests it."""
    prepared, truth = prepare(folder, noise, count, seed, **source)
    corpus = CorpusParameters(generation_count=count)
    accepted, rejected, *_ = ingest_generations(prepared, corpus, seed, "realistic", False)
    return Noisy(Path(prepared.path), truth, accepted, rejected)


def truth_of(log: Noisy) -> list[dict]:
    """The truth's rows, in the order of the file."""
    return rows_of(log.truth)


def records_of(path: Path) -> list[dict]:
    """The log's records as a plain reader sees them; bytes that are no UTF-8 are kept as such."""
    text = path.read_bytes().decode("utf-8", errors="surrogateescape")
    if path.suffix == ".jsonl":
        return [json.loads(line) for line in text.splitlines()]
    rows = csv.DictReader(text.splitlines(keepends=True))
    return [{name: value or None for name, value in row.items()} for row in rows]


def moment_of(text: str) -> datetime:
    """The UTC time a log's text means: naive ones are Tokyo's."""
    time = datetime.fromisoformat(text)
    zoned = time if time.tzinfo else time.replace(tzinfo=TOKYO)
    return zoned.astimezone(UTC).replace(tzinfo=None)
