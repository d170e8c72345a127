"""What the search is measured on: vectors as real as there are, texts, filters, the truth."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.warehouse.reader import BuildReader

Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]

SHARES = {"all": 1.0, "50 %": 0.5, "10 %": 0.1, "1 %": 0.01}
K = 12
_BLOCK = 50_000
_THINGS = ("a castle", "portrait of an old man", "robot", "two cats", "a city street", "dragon",
           "forest", "a bowl of fruit", "space station", "knight in armour")  # fmt: skip
_MANNERS = ("at night", "in the rain", "oil painting", "by greg rutkowski", "highly detailed",
            "in anime style", "volumetric light, 8k", "under water", "photo", "")  # fmt: skip
TEXTS = tuple(f"{thing} {manner}".strip() for thing in _THINGS for manner in _MANNERS)


def vectors_of_build(root: Path) -> Vectors:
    """The embeddings of a published build."""
    table = BuildReader(root).ibis().table("ftr_prompt_embeddings").select("embedding")
    column = table.to_pyarrow()["embedding"].combine_chunks()
    return np.asarray(column.flatten().to_numpy().reshape(len(column), -1))


def vectors_on_disk(real: Vectors, count: int, folder: Path) -> Vectors:
    """`count` vectors in a file, mapped: the real ones, then mixtures of two with a little noise.

    A mixture is 55 to 95 % of one real vector, the rest of another, and noise of 0.012 a number.
    """
    chance = np.random.default_rng(0)
    shape = (count, real.shape[1])
    file = folder / f"vectors-{count}.npy"
    vectors = np.lib.format.open_memmap(file, mode="w+", dtype=np.float32, shape=shape)
    own = min(count, len(real))
    vectors[:own] = real[:own]
    for start in range(own, count, _BLOCK):
        size = min(_BLOCK, count - start)
        first, second = (real[chance.integers(len(real), size=size)] for _ in range(2))
        part = chance.uniform(0.05, 0.45, (size, 1)).astype(np.float32)
        noise = chance.normal(0, 0.012, first.shape).astype(np.float32)
        mixed = (1 - part) * first + part * second + noise
        vectors[start : start + size] = mixed / np.linalg.norm(mixed, axis=1, keepdims=True)
    vectors.flush()
    mapped: Vectors = np.load(file, mmap_mode="r")
    return mapped


def masks(count: int) -> dict[str, Mask]:
    """Which vectors pass, by the share that does; the same for every engine."""
    drawn = np.random.default_rng(1).random(count)
    return {name: drawn < share for name, share in SHARES.items()}


def queries(encoder: TextEncoder) -> Vectors:
    """The vectors of the texts."""
    return encoder.encode(TEXTS)


def least_cosines(vectors: Vectors, asked: Vectors, passing: dict[str, Mask]) -> dict[str, Vectors]:
    """The K-th best cosine per query under each filter, in float32, by looking at everything."""
    blocks = range(0, len(vectors), _BLOCK)
    cosines = np.hstack([asked @ np.array(vectors[at : at + _BLOCK]).T for at in blocks])
    return {
        name: np.stack([np.partition(row[mask], -K)[-K] for row in cosines])
        for name, mask in passing.items()
    }


def recall(vectors: Vectors, query: Vectors, found: NDArray[np.int64], least: float) -> float:
    """Share of the K results that are among the true K nearest; equals count."""
    cosines = np.array(vectors[np.sort(found)]) @ query
    return float(np.count_nonzero(cosines >= least - 1e-6)) / K
