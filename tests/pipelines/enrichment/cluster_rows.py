"""Prompts planted in clusters, tables of them, and a tracker that remembers what it was told."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.clusters.parameters import ClusterParameters
from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import PromptVectors
from genai_session_analyzer.pipelines.enrichment.tracking import TrackedDataset

DIMENSION = 24
WORDS = (
    ("castle", "knight", "dragon"),
    ("kitten", "whiskers", "paws"),
    ("nebula", "starship", "galaxy"),
    ("portrait", "eyes", "smile"),
    ("forest", "river", "mist"),
    ("robot", "chrome", "circuit"),
    ("pizza", "cheese", "basil"),
    ("harbour", "sails", "lighthouse"),
)


def prompt_id(number: int) -> str:
    return hashlib.md5(str(number).encode(), usedforsecurity=False).hexdigest()


def planted(
    groups: Sequence[int], *, first: int = 0, spread: float = 0.05, seed: int = 5
) -> tuple[PromptVectors, NDArray[np.int64]]:
    """One prompt per entry of `groups`, around that group's direction; and the truth by id."""
    directions = np.random.default_rng(1).normal(size=(20, DIMENSION))
    directions /= np.linalg.norm(directions, axis=1, keepdims=True)
    noise = np.random.default_rng((seed, first)).normal(size=(len(groups), DIMENSION))
    vectors = directions[list(groups)] + spread * noise
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    ids = [prompt_id(first + number) for number in range(len(groups))]
    return sorted_prompts(ids, vectors), np.asarray(groups)[np.argsort(ids)]


def sorted_prompts(ids: Sequence[str], vectors: NDArray[np.float64]) -> PromptVectors:
    order = np.argsort(ids)
    names = pa.array([ids[place] for place in order], pa.string())
    return PromptVectors(names, vectors[order].astype(np.float32), "made", "1")


def joined(*parts: PromptVectors) -> PromptVectors:
    ids = [name for part in parts for name in part.ids.to_pylist()]
    return sorted_prompts(ids, np.concatenate([part.vectors for part in parts]))


def embeddings_table(
    prompts: PromptVectors, backend: object = None, model: str = "made"
) -> ir.Table:
    """ftr_prompt_embeddings of these prompts."""
    lists = [np.asarray(vector) for vector in prompts.vectors]
    count = len(prompts.ids)
    table = pa.table(
        {
            "prompt_id": prompts.ids,
            "embedding": pa.array(lists, pa.list_(pa.float32())),
            "model": pa.array([model] * count, pa.string()),
            "revision": pa.array(["1"] * count, pa.string()),
            "mlflow_run_id": pa.array(["embedding-run"] * count, pa.string()),
        }
    )
    return saved("ftr_prompt_embeddings", table, backend)


def prompts_table(
    prompts: PromptVectors, groups: Sequence[int], backend: object = None
) -> ir.Table:
    """dim_prompts: each prompt says two of its group's words, and what all say."""
    texts = [
        f"{WORDS[group % 8][number % 3]} and {WORDS[group % 8][(number + 1) % 3]}, highly detailed"
        for number, group in enumerate(groups)
    ]
    table = pa.table({"prompt_id": prompts.ids, "prompt_text": pa.array(texts, pa.string())})
    return saved("dim_prompts", table, backend)


def saved(name: str, table: pa.Table, backend: object = None) -> ir.Table:
    connection = backend or ibis.duckdb.connect()
    return connection.create_table(name, table, overwrite=True)  # type: ignore[attr-defined]


def parameters(**sections: Mapping[str, object]) -> ClusterParameters:
    return ClusterParameters.model_validate(sections)


class RememberedRun:
    def __init__(self, run_id: str) -> None:
        self.run_id = run_id
        self.parameters: dict[str, object] = {}
        self.metrics: dict[str, float] = {}
        self.datasets: list[TrackedDataset] = []
        self.texts: dict[str, str] = {}

    def log_parameters(self, parameters: Mapping[str, object]) -> None:
        self.parameters |= parameters

    def log_metrics(self, metrics: Mapping[str, float]) -> None:
        self.metrics |= metrics

    def log_dataset(self, dataset: TrackedDataset) -> None:
        self.datasets.append(dataset)

    def log_artifact(self, path: Path) -> None:
        raise NotImplementedError

    def log_text(self, text: str, name: str) -> None:
        self.texts[name] = text


class RememberingTracker:
    """Numbers the runs; `runs` are all of them, by step."""

    def __init__(self) -> None:
        self.runs: dict[str, list[RememberedRun]] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[RememberedRun]:
        runs = self.runs.setdefault(name, [])
        runs.append(RememberedRun(f"{name}-{len(runs) + 1}"))
        yield runs[-1]

    def previous_metrics(self, name: str) -> Mapping[str, float]:
        return {}


class CountingEncoder:
    """Vectors that say how long a text is; counts the texts it was given."""

    model, revision, dimension = "counting", "1", 3

    def __init__(self) -> None:
        self.encoded = 0

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.encoded += len(texts)
        return np.array([[len(text), 1, 0] for text in texts], dtype=np.float32)
