"""Prompts a second of each way to compute all-MiniLM-L6-v2, and what it does to the neighbours.

`python benchmarks/bench_encoders.py [PROMPTS] [--corpus]` prints two tables and keeps them as JSON
in benchmarks/results. Prompts: distinct ones of $GSA_REAL_DATA/prompts/discord_jobs.parquet, or of
the embedded corpus. Everything is measured in one run, one after the other, after a warm-up; on a
machine that others use, read the column of CPU seconds.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import torch
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table
from sentence_transformers import SentenceTransformer

from encoder_variants import Int8Encoder, PackedFloat32Encoder, StaticEncoder
from genai_session_analyzer.embedding.bfloat16_encoder import Bfloat16Encoder
from genai_session_analyzer.embedding.model_folder import ModelFolder, packaged_model
from genai_session_analyzer.embedding.onnx_encoder import OnnxEncoder
from genai_session_analyzer.embedding.similarity import overlap_at_k
from genai_session_analyzer.pipelines.ingestion.corpus.generator import corpus_batches
from genai_session_analyzer.pipelines.ingestion.corpus.parameters import CorpusParameters

RESULTS = Path(__file__).parent / "results"
DEFAULT_GENERATIONS, DEFAULT_TARGET_S = 10_000, 40
TARGET_RATIO, TARGET_OVERLAP = 3.0, 0.97
WARM_UP = 64
Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True)
class Measured:
    """One way: wall and CPU seconds, and the share of the same ten nearest prompts."""

    name: str
    wall_s: float
    cpu_s: float
    overlap_at_10: float
    load_average: float


def real_or_made_prompts(count: int) -> tuple[str, list[str]]:
    """Where they come from, and as many distinct prompts, drawn with a fixed seed."""
    folder = os.environ.get("GSA_REAL_DATA")
    if folder is None:
        return "embedded corpus", corpus_prompts(3 * count)[:count]
    file = Path(folder) / "prompts" / "discord_jobs.parquet"
    distinct = pc.unique(pq.read_table(file, columns=["prompt"])["prompt"].drop_null())
    drawn = np.random.default_rng(0).permutation(len(distinct))[:count]
    return "discord_jobs", distinct.take(pa.array(drawn)).to_pylist()


def corpus_prompts(generation_count: int) -> list[str]:
    """The distinct prompts of an embedded corpus of that length."""
    parameters = CorpusParameters(generation_count=generation_count)
    batches = corpus_batches(parameters, seed=42)
    texts: list[str] = pc.unique(
        pa.chunked_array([batch["prompt_text"] for batch in batches])
    ).to_pylist()
    return texts


def ways(folder: ModelFolder, cache: Path) -> dict[str, Encode]:
    """Every way by name; plain sentence-transformers first."""
    plain = SentenceTransformer(str(folder.path), device="cpu", local_files_only=True)

    def on_one_thread(texts: Sequence[str]) -> NDArray[np.float32]:
        before = torch.get_num_threads()
        torch.set_num_threads(1)
        try:
            return np.asarray(plain.encode(list(texts), batch_size=32))
        finally:
            torch.set_num_threads(before)

    return {
        "plain, batch 32": lambda texts: np.asarray(plain.encode(list(texts), batch_size=32)),
        "plain, one thread": on_one_thread,
        "packed float32": PackedFloat32Encoder(folder).encode,
        "bfloat16": Bfloat16Encoder(folder).encode,
        "onnx": OnnxEncoder(folder, cache).encode,
        "onnx int8": Int8Encoder(folder, cache).encode,
        "static": StaticEncoder(folder).encode,
    }


def measure(prompts: list[str], encodes: dict[str, Encode]) -> list[Measured]:
    """Each way over all prompts; overlap against the first."""
    reference = None
    rows = []
    for name, encode in encodes.items():
        encode(prompts[:WARM_UP])
        wall, cpu = time.perf_counter(), time.process_time()
        vectors = encode(prompts)
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        reference = vectors if reference is None else reference
        overlap = overlap_at_k(reference, vectors)
        rows.append(Measured(name, wall, cpu, overlap, os.getloadavg()[0]))
    return rows


def shown(title: str, count: int, rows: list[Measured]) -> Table:
    """The table; ratios to plain encode by wall, and to one thread of it by CPU."""
    table = Table(title=title)
    headings = ("way", "prompts/s", "ratio", "per CPU-s", "CPU ratio", "overlap@10", "load", "")
    for heading in headings:
        table.add_column(heading, justify="left" if heading == "way" else "right", no_wrap=True)
    plain = rows[0]
    one = min(rows[:2], key=lambda row: row.cpu_s)
    for row in rows:
        ratio, cpu_ratio = plain.wall_s / row.wall_s, one.cpu_s / row.cpu_s
        is_met = min(ratio, cpu_ratio) >= TARGET_RATIO and row.overlap_at_10 >= TARGET_OVERLAP
        table.add_row(
            row.name,
            f"{count / row.wall_s:,.0f}",
            f"{ratio:.2f}",
            f"{count / row.cpu_s:,.0f}",
            f"{cpu_ratio:.2f}",
            f"{row.overlap_at_10:.3f}",
            f"{row.load_average:.1f}",
            "met" if is_met else "",
        )
    return table


def measure_default_corpus(fast: dict[str, Encode]) -> dict[str, object]:
    """Seconds that the default generations' distinct prompts take, each fast way."""
    prompts = corpus_prompts(DEFAULT_GENERATIONS)
    seconds = {}
    for name, encode in fast.items():
        wall, cpu = time.perf_counter(), time.process_time()
        encode(prompts)
        seconds[name] = {
            "wall_s": time.perf_counter() - wall,
            "cpu_s": time.process_time() - cpu,
        }
    return {"distinct_prompts": len(prompts), "target_s": DEFAULT_TARGET_S, "seconds": seconds}


def main() -> None:
    """Measures, prints, keeps."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("prompts", type=int, nargs="?", default=20_000)
    arguments.add_argument("--corpus", action="store_true", help="the default corpus as well")
    asked = arguments.parse_args()
    source, prompts = real_or_made_prompts(asked.prompts)
    with tempfile.TemporaryDirectory() as cache:
        encodes = ways(packaged_model(), Path(cache))
        rows = measure(prompts, encodes)
        fast = {name: encodes[name] for name in ("bfloat16", "onnx")} if asked.corpus else {}
        corpus = measure_default_corpus(fast)
    title = f"{len(prompts):,} prompts of {source}, {os.cpu_count()} cores"
    console = Console(width=110)
    console.print(shown(title, len(prompts), rows))
    console.print(corpus)
    kept = {
        "source": source,
        "prompts": len(prompts),
        "cores": os.cpu_count(),
        "rows": [asdict(row) for row in rows],
        "default_corpus": corpus,
    }
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / f"encoders-{datetime.now(UTC):%Y%m%dT%H%M%SZ}.json"
    file.write_text(json.dumps(kept, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
