"""Measure the search: engines on vectors, then text to ranked prompts over whole builds.

    .venv/bin/python benchmarks/bench_search.py [--vectors FILE.npy | --build data/published]
        [--counts 10000,100000,1000000] [--skip-engines]

Each engine and size runs in a process of its own. Memory is what is not backed by a file.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.retrieval import SearchFilters, SearchQuery, SearchSettings
from genai_session_analyzer.retrieval.found_rows import found_rows
from genai_session_analyzer.retrieval.query_encoder import encoder_for
from genai_session_analyzer.retrieval.ranking import encode_text, rank
from genai_session_analyzer.retrieval.snapshot import load_snapshot
from genai_session_analyzer.retrieval.stored_vectors import EncoderName
from search_build import open_build, write_build
from search_data import (
    TEXTS,
    K,
    Vectors,
    least_cosines,
    masks,
    queries,
    recall,
    vectors_of_build,
    vectors_on_disk,
)
from search_engines import ENGINES, installed_engines

RESULTS = Path(__file__).parent / "results"
STATUS = Path("/proc/self/status")
MANY, QUERIES_OF_MANY = 100_000, 40
WRITING = "write a build"
WHOLE = "text to ranked prompts"


def anonymous_mb() -> float:
    """Memory of this process that no file backs, in MB; 0 where the kernel does not say."""
    if not STATUS.is_file():
        return 0.0
    lines = dict(line.split(":", 1) for line in STATUS.read_text().splitlines() if ":" in line)
    return int(lines["RssAnon"].split()[0]) / 1000


def timed(ask: Callable[[int], Any], count: int) -> tuple[list[Any], dict[str, float]]:
    """Answers, and p50 and p95 in milliseconds, after three that do not count."""
    for number in range(3):
        ask(number)
    answers, times = [], []
    for number in range(count):
        began = time.perf_counter()
        answers.append(ask(number))
        times.append((time.perf_counter() - began) * 1000)
    p50, p95 = np.percentile(times, [50, 95]).round(1).tolist()
    return answers, {"p50_ms": p50, "p95_ms": p95}


def measure_engine(name: str, vectors: Vectors, asked: Vectors) -> dict[str, Any]:
    """Build time, memory, latency and recall of an engine."""
    passing = masks(len(vectors))
    before, began = anonymous_mb(), time.perf_counter()
    search = ENGINES[name][0](vectors)
    build_s = time.perf_counter() - began
    memory = round(anonymous_mb() - before)
    least = least_cosines(vectors, asked, passing)
    filters = {}
    for share, mask in passing.items():
        found, times = timed(lambda at, mask=mask: search(asked[at], mask, K), len(asked))
        recalls = [recall(vectors, *each) for each in zip(asked, found, least[share], strict=True)]
        filters[share] = times | {"recall": round(float(np.mean(recalls)), 4)}
    return {"build_s": round(build_s, 1), "memory_mb": memory,
            "filters": filters}  # fmt: skip


def measure_whole(vectors: Vectors, encoder: TextEncoder, file: Path) -> dict[str, Any]:
    """Loading a build of so many prompts and generations; text to ranked ids; whole answers."""
    passing = masks(len(vectors))
    before, began = anonymous_mb(), time.perf_counter()
    snapshot = load_snapshot(
        open_build(file), SearchSettings().nsfw_from, lambda _done, _total: None
    )
    build_s = time.perf_counter() - began
    memory = round(anonymous_mb() - before)
    least = least_cosines(vectors, queries(encoder), passing)
    filters: dict[str, Any] = {}
    for share in passing:
        kept = SearchFilters(model_version=() if share == "all" else (share,))

        def ask(at: int, kept: SearchFilters = kept) -> Any:
            query = SearchQuery(text=TEXTS[at], filters=kept, limit=K)
            return rank(snapshot, query, encode_text(TEXTS[at], encoder))

        found, times = timed(ask, len(TEXTS))
        recalls = [
            recall(vectors, query, each.numbers, bound)
            for query, each, bound in zip(queries(encoder), found, least[share], strict=True)
        ]
        filters[share] = times | {"recall": round(float(np.mean(recalls)), 4)}
    quoted = [SearchQuery(text=f'"{text.split()[-1]}" {text}') for text in TEXTS]
    one = queries(encoder)[0]
    _, words = timed(lambda at: rank(snapshot, quoted[at], one), 20)
    ranked = rank(snapshot, SearchQuery(text="a"), one)
    _, rows = timed(lambda _at: found_rows(snapshot, ranked, SearchFilters()), 20)
    return {"build_s": round(build_s, 1), "memory_mb": memory, "filters": filters,
            "quoted_words": words, "facts_of_the_rows": rows}  # fmt: skip


def run_one(name: str, file: Path, revision: str) -> None:
    """One measurement, as JSON on standard output."""
    stored = EncoderName("all-MiniLM-L6-v2", revision)
    encoder = encoder_for(stored, SearchSettings())
    vectors: Vectors = np.load(file, mmap_mode="r")
    build = file.with_suffix(".duckdb")
    result: dict[str, Any] = {}
    if name == WRITING:
        write_build(vectors, masks(len(vectors)), stored, build)
    elif name == WHOLE:
        result = measure_whole(vectors, encoder, build)
    else:
        few = QUERIES_OF_MANY if len(vectors) > MANY else len(TEXTS)
        result = measure_engine(name, vectors, queries(encoder)[:few])
    print(json.dumps(result | {"load": round(os.getloadavg()[0], 1)}))


def measured_alone(name: str, file: str, revision: str) -> dict[str, Any]:
    """One measurement in a process of its own."""
    command = [sys.executable, __file__, "--revision", revision, "--one", name, file]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
    result: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return result


def line(name: str, count: int, result: dict[str, Any]) -> str:
    """A row of the table."""
    cells = [f"{name} | {count:,} | {result['build_s']} | {result['memory_mb']:,}"]
    cells += [
        f"{each['p50_ms']} / {each['p95_ms']} | {each['recall']}"
        for each in result["filters"].values()
    ]
    return "| " + " | ".join([*cells, str(result["load"])]) + " |"


def main() -> None:
    """Measure everything asked for; print the table, keep the JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--build", type=Path, default=Path("data/published"))
    parser.add_argument("--vectors", type=Path)
    parser.add_argument("--revision", default="53aa51172d14-bf16")
    parser.add_argument("--counts", default="10000,100000,1000000")
    parser.add_argument("--engines", default=",".join(installed_engines()))
    parser.add_argument("--one", nargs=2, metavar=("ENGINE", "FILE"))
    options = parser.parse_args()
    if options.one:
        run_one(options.one[0], Path(options.one[1]), options.revision)
        return
    real = np.load(options.vectors) if options.vectors else vectors_of_build(options.build)
    print(f"{len(real):,} real vectors")
    results: list[dict[str, Any]] = []
    with tempfile.TemporaryDirectory() as folder:
        for count in map(int, options.counts.split(",")):
            vectors_on_disk(real, count, Path(folder))
            names = [each for each in options.engines.split(",") if each]
            fitting = [each for each in names if ENGINES[each][2] >= count]
            file = f"{folder}/vectors-{count}.npy"
            measured_alone(WRITING, file, options.revision)
            for name in (WHOLE, *fitting):
                result = measured_alone(name, file, options.revision)
                results.append({"engine": name, "vectors": count, **result})
                print(line(name, count, result), flush=True)
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
    (RESULTS / f"search-{stamp}.json").write_text(
        json.dumps(results, indent=1) + "\n", encoding="utf-8"
    )


if __name__ == "__main__":
    main()
