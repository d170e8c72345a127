"""Texts cut into tokens, tokens into batches, batches onto all cores."""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding.model_folder import ModelFolder
from genai_session_analyzer.errors import ModelError

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Tokens = NDArray[np.int64]
Vectors = NDArray[np.float32]
_TEXTS_A_SLICE = 128


@dataclass(frozen=True)
class BatchPlan:
    """How texts are spread over the machine; decides the speed, not the vectors.

    Attributes:
        threads: Batches computed at a time, each on one core; None: every core there is.
        max_tokens: Tokens of a batch. 1024 of 384 numbers stay within a core's second-level cache.
        is_even: Whether a batch holds texts of one length only.
    """

    threads: int | None = None
    max_tokens: int = 1024
    is_even: bool = False

    @property
    def thread_count(self) -> int:
        """Threads to start."""
        return self.threads or available_cores()


def available_cores() -> int:
    """Return the cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def encode_on_all_cores(
    texts: Sequence[str],
    folder: ModelFolder,
    embed: Callable[[list[Tokens]], Vectors],
    plan: BatchPlan,
    start_thread: Callable[[], None] = lambda: None,
) -> Vectors:
    """Return one vector per text, shape (len(texts), dimension), in the order of the texts.

    Args:
        texts: Any texts.
        folder: The model, for its tokens.
        embed: Vectors of a batch of texts, given as tokens, the longest first; called from
            several threads.
        plan: Threads and batches.
        start_thread: Called first in each thread.
    """
    vectors = np.empty((len(texts), folder.dimension), dtype=np.float32)
    tokenizer = _tokenizer(folder)
    slices = [texts[at : at + _TEXTS_A_SLICE] for at in range(0, len(texts), _TEXTS_A_SLICE)]
    with ThreadPoolExecutor(plan.thread_count, initializer=start_thread) as pool:
        encodings = pool.map(lambda part: tokenizer.encode_batch_fast(list(part)), slices)
        tokens = [np.array(each.ids, dtype=np.int64) for each in chain.from_iterable(encodings)]
        batches = token_batches([len(each) for each in tokens], plan)
        results = pool.map(lambda batch: embed([tokens[number] for number in batch]), batches)
        for batch, result in zip(batches, results, strict=True):
            vectors[batch] = result
    return vectors


def token_batches(lengths: Sequence[int], plan: BatchPlan) -> list[list[int]]:
    """Return the numbers of the texts, batch by batch, the longest first.

    The long ones first: what is left for the last batches is short, and no core waits for long.

    Args:
        lengths: Tokens of each text.
        plan: `max_tokens` is exceeded only by a text that is longer by itself.
    """
    batches: list[list[int]] = []
    room = 0
    for number in sorted(range(len(lengths)), key=lambda number: -lengths[number]):
        length = lengths[number]
        is_odd = plan.is_even and bool(batches) and length != lengths[batches[-1][0]]
        if length > room or is_odd:
            batches.append([])
            room = plan.max_tokens
        batches[-1].append(number)
        room -= length
    return batches


@lru_cache(maxsize=4)
def _tokenizer(folder: ModelFolder) -> "Tokenizer":
    """The model's own tokenizer: no padding, cut where sentence-transformers cuts."""
    from tokenizers import Tokenizer  # noqa: PLC0415  (only where there are texts)

    file = folder.path / "tokenizer.json"
    if not file.is_file():
        raise ModelError(f"{folder.path} has no tokenizer.json. Choose kind: torch.")
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.no_padding()
    tokenizer.enable_truncation(folder.max_tokens)
    return tokenizer
