"""How likely a picture of a prompt is flagged: a model of its words and one of its embedding.

Trained by the pipeline `label_training` on the flags of a service's own image classifier; the
package ships no weights. Text and picture flags are different things: see `intent`.
"""

import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.errors import ModelError
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.words import PromptWords

BUCKETS = 2**18
"""Words and pairs of words are hashed into so many numbers."""


@dataclass(frozen=True)
class NsfwClassifier:
    """Two logistic models, their log odds weighed and added.

    Attributes:
        encoder: `model@revision` of the embeddings it was trained on.
        words: A weight per bucket of words and pairs of words.
        embedding: A weight per number of the embedding.
        hidden: Weights of the embedding model's hidden units, shape (dimension, units).
        hidden_biases: Their constants.
        mix: Weights of the two models' log odds, and the constant.
    """

    encoder: str
    words: NDArray[np.float32]
    hidden: NDArray[np.float32]
    hidden_biases: NDArray[np.float32]
    embedding: NDArray[np.float32]
    mix: NDArray[np.float64]

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the numbers."""
        digest = hashlib.sha256(self.encoder.encode())
        for name in _ARRAYS:
            digest.update(np.ascontiguousarray(getattr(self, name)).tobytes())
        return digest.hexdigest()

    def risks(self, prompts: Sequence[PromptWords], embeddings: NDArray[np.float32]) -> Array:
        """Return the probability that a picture of the prompt is flagged, per prompt.

        Args:
            prompts: Their words.
            embeddings: Of the encoder it was trained on, shape (prompts, dimension).
        """
        scores = np.column_stack(
            [word_scores(prompts, self.words), self.embedding_scores(embeddings)]
        )
        return np.asarray(1 / (1 + np.exp(-(scores @ self.mix[:-1] + self.mix[-1]))))

    def embedding_scores(self, embeddings: NDArray[np.float32]) -> Array:
        """Return the embedding model's score per prompt, up to a constant."""
        units = np.maximum(embeddings @ self.hidden + self.hidden_biases, 0)
        return np.asarray(units @ self.embedding, dtype=np.float64)

    def check_encoder(self, encoder: TextEncoder) -> None:
        """Make sure that the classifier knows this encoder's embeddings.

        Raises:
            ModelError: It was trained on another one's.
        """
        given = encoder_name(encoder)
        if given != self.encoder:
            raise ModelError(
                f"The NSFW classifier was trained on embeddings of {self.encoder}, not of {given}. "
                "Train it anew with `kedro run --pipeline=label_training`, or remove its file."
            )

    def to_bytes(self) -> bytes:
        """Return the numbers as an npz archive; nothing in it can run."""
        file = io.BytesIO()
        arrays = {name: getattr(self, name) for name in _ARRAYS}
        np.savez_compressed(file, encoder=np.array(self.encoder), **arrays)
        return file.getvalue()


_ARRAYS = tuple(each.name for each in fields(NsfwClassifier) if each.name != "encoder")


def load_nsfw_classifier(path: Path) -> NsfwClassifier | None:
    """Return the classifier in a file; None where it was not trained.

    Raises:
        ModelError: The file holds none.
    """
    if not path.exists():
        return None
    try:
        with np.load(io.BytesIO(path.read_bytes()), allow_pickle=False) as file:
            arrays = {name: file[name] for name in _ARRAYS}
            return NsfwClassifier(encoder=str(file["encoder"]), **arrays)
    except (OSError, EOFError, ValueError, KeyError, zipfile.BadZipFile) as problem:
        line = " ".join(str(problem).split())[:200]
        raise ModelError(
            f"{path} is no NSFW classifier: {line}. Remove it, or train it anew with "
            "`kedro run --pipeline=label_training`."
        ) from problem


def encoder_name(encoder: TextEncoder) -> str:
    """Return `model@revision`."""
    return f"{encoder.model}@{encoder.revision}"


def word_buckets(prompt: PromptWords) -> NDArray[np.int64]:
    """Return the distinct buckets of a prompt's words and pairs of words, ordered."""
    words = prompt.words
    pairs = [f"{one} {other}" for one, other in pairwise(words)]
    numbers = [zlib.crc32(gram.encode()) % BUCKETS for gram in (*words, *pairs)]
    return np.unique(np.array(numbers, dtype=np.int64))


def word_scores(prompts: Sequence[PromptWords], weights: NDArray[np.float32]) -> Array:
    """Return the sum of a prompt's weights over the root of how many there are, per prompt."""
    scores = np.zeros(len(prompts))
    for position, prompt in enumerate(prompts):
        buckets = word_buckets(prompt)
        if len(buckets):
            scores[position] = weights[buckets].sum() / np.sqrt(len(buckets))
    return scores
