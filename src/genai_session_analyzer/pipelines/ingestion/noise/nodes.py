"""The node before ingestion: the source as asked, or a noisy log made of the embedded corpus."""

import logging
from importlib.resources import files
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.errors import SourceError
from genai_session_analyzer.pipelines.ingestion.corpus.generator import (
    CORPUS_SCHEMA,
    CorpusParameters,
    corpus_batches,
)
from genai_session_analyzer.pipelines.ingestion.noise.log_file import NoisyFiles, write_noisy_log
from genai_session_analyzer.pipelines.ingestion.noise.meant_log import meant_log
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.pipelines.ingestion.noise.planting import plant_noise
from genai_session_analyzer.pipelines.ingestion.parameters import SourceParameters

MAPPING = files(__package__) / "noisy_log.yml"
_STREAM = 0x6E6F6973
"""Keeps the noise apart from other users of the same seed ("nois" in ASCII)."""
_log = logging.getLogger(__name__)


def prepare_source(
    source: SourceParameters,
    noise: NoiseParameters,
    corpus: CorpusParameters,
    seed: int,
    dry_run: bool,
) -> tuple[SourceParameters, list[str]]:
    """The source that ingestion reads, and the truth of what was planted in it.

    Args:
        source: What was asked for.
        noise: Off: the source stays as it is, and nothing is written.
        corpus: The embedded corpus that a noisy log is made of.
        seed: Of the corpus and the noise; the same seed gives the same bytes.
        dry_run: Nothing is written, and the source stays as it is.

    Returns:
        The source, and the paths of `noise_truth`: none where nothing was planted.

    Raises:
        SourceError: Noise was asked for on files; it is planted in the embedded corpus only.
    """
    if not noise.is_on or dry_run:
        return source, []
    if source.kind != "embedded":
        raise SourceError(
            f"noise.is_on plants faults in the embedded corpus, but source.kind is {source.kind}: "
            "leave out noise.is_on, or run without --env."
        )
    written = write_noisy_corpus(noise, corpus, seed, Path(source.store).parent / "noise")
    return noisy_source(source, noise, written), [str(written.truth)]


def write_noisy_corpus(
    noise: NoiseParameters, corpus: CorpusParameters, seed: int, folder: Path
) -> NoisyFiles:
    """Writes the embedded corpus as a log with planted faults, and the truth beside it."""
    generator = np.random.Generator(
        np.random.PCG64(np.random.SeedSequence(seed, spawn_key=(_STREAM,)))
    )
    rows = pa.Table.from_batches(corpus_batches(corpus, seed), CORPUS_SCHEMA)
    planted = plant_noise(meant_log(rows, noise, generator), noise, generator)
    clean = pc.sum(pc.equal(planted.truth["kind"], "clean")).as_py() or 0
    _log.info("noise: faults planted in %s records", f"{planted.truth.num_rows - clean:,}")
    return write_noisy_log(planted, folder, noise.log_format)


def noisy_source(
    source: SourceParameters, noise: NoiseParameters, written: NoisyFiles
) -> SourceParameters:
    """The parameters to read a noisy log with, all of it, into a raw store of its own beside it."""
    changes = {
        "kind": "logs",
        "path": str(written.log),
        "mapping": str(MAPPING),
        "store": str(written.log.parent / "generations"),
        "as_of": noise.last_moment,
        "row_limit": None,
        "sample_share": 1.0,
    }
    return SourceParameters.model_validate(source.model_dump() | changes)
