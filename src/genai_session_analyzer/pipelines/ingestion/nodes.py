"""Ingestion's one node: the edge where paths, clock and terminal are allowed."""

from datetime import UTC, datetime
from pathlib import Path

from genai_session_analyzer.pipelines.ingestion.contract.judging import Reading
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters
from genai_session_analyzer.pipelines.ingestion.diffusiondb import diffusiondb_path
from genai_session_analyzer.pipelines.ingestion.dry_run import print_corpus_plan, print_file_plan
from genai_session_analyzer.pipelines.ingestion.embedded import (
    corpus_truth,
    ingest_corpus,
    no_corpus_truth,
)
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters
from genai_session_analyzer.pipelines.ingestion.sources import ingest_files

CLASSIC = "classic"
"""The simulation profile in which every prompt is an idea of its own."""


def ingest_generations(
    source: SourceParameters, corpus: CorpusParameters, seed: int, profile: str, dry_run: bool
) -> tuple[list[str], list[str], list[str], list[str]]:
    """Brings the source's new rows into the raw store, or says what that would do.

    Args:
        source: Where prompts come from.
        corpus: The embedded corpus, used where the source is `embedded`.
        seed: Of the corpus, and of a sample of files.
        profile: The simulation's profile; `classic` has no repeated prompts.
        dry_run: Print the plan and write nothing.

    Returns:
        Paths of the parts of `raw_generations`, `rejected_rows`, `ingested_files` and
        `corpus_truth`; all empty for a dry run.

    Raises:
        SourceError: The source cannot be read as asked; the store is as it was.
    """
    reading = None if source.kind == "embedded" else Reading.of(source, seed, _now())
    if dry_run:
        print_file_plan(reading) if reading else print_corpus_plan(corpus, seed)
        return [], [], [], []
    root = Path(source.store)
    if reading is None:
        parts = ingest_corpus(corpus, seed, root, repeats=profile != CLASSIC)
        truth = corpus_truth(root)
    else:
        parts = ingest_files(reading, diffusiondb_path(reading))
        truth = no_corpus_truth(root)
    return parts.accepted, parts.rejected, parts.ledger, truth


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)
