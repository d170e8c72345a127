"""Trains the NSFW classifier: its word model, its embedding model, and how they are weighed."""

import warnings

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.embedding import TextEncoder
from genai_session_analyzer.pipelines.enrichment.labels.evidence import Array
from genai_session_analyzer.pipelines.enrichment.labels.nsfw_classifier import (
    BUCKETS,
    NsfwClassifier,
    encoder_name,
    word_buckets,
    word_scores,
)
from genai_session_analyzer.pipelines.enrichment.labels.words import split_words
from genai_session_analyzer.pipelines.label_training.flagged_prompts import (
    FlaggedPrompts,
    Parts,
    some_prompts,
    together,
)
from genai_session_analyzer.pipelines.label_training.parameters import NsfwParameters

_RARE = 3
_WORD_STRENGTH = 0.8
_EMBEDDING_PENALTY = 0.1
_NETWORKS = 3
_LOUDER = 3.0
_TEXTS_AT_ONCE = 1024


def train_classifier(parts: Parts, encoder: TextEncoder, nsfw: NsfwParameters) -> NsfwClassifier:
    """Return the classifier: fitted on one part of the users, its models weighed on another.

    The word model is then fitted to both, as it costs seconds.

    Args:
        parts: Prompts by user; those held out are not looked at.
        encoder: Of the embeddings.
        nsfw: How many prompts are embedded, hidden units, seed.
    """
    words = fit_words(parts.fitting)
    sample = some_prompts(parts.fitting, nsfw.max_embedded, flagged_first=True)
    hidden, biases, outputs = _fit_embedding(
        embed(encoder, sample.texts), sample.is_flagged, nsfw.hidden_units, nsfw.seed
    )
    unmixed = NsfwClassifier(encoder_name(encoder), words, hidden, biases, outputs, np.zeros(3))
    mixing = some_prompts(parts.mixing, max(100, nsfw.max_embedded // 8), flagged_first=False)
    scores = np.column_stack(
        [
            word_scores([split_words(text) for text in mixing.texts], words),
            unmixed.embedding_scores(embed(encoder, mixing.texts)),
        ]
    )
    mix = _logistic(scores, mixing.is_flagged, strength=1.0)
    everybody = fit_words(together(parts.fitting, parts.mixing))
    return NsfwClassifier(unmixed.encoder, everybody, hidden, biases, outputs, mix)


def fit_words(prompts: FlaggedPrompts) -> NDArray[np.float32]:
    """Return a weight per bucket: a logistic regression on words and pairs, rare ones louder."""
    from scipy.sparse import csr_matrix, diags  # noqa: PLC0415
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    buckets = [word_buckets(split_words(text)) for text in prompts.texts]
    sizes = np.array([len(each) for each in buckets])
    lengths = np.repeat(1 / np.sqrt(np.maximum(sizes, 1)), sizes)
    ends = np.concatenate([[0], np.cumsum(sizes)])
    matrix = csr_matrix((lengths, np.concatenate(buckets), ends), shape=(len(buckets), BUCKETS))
    seen = np.bincount(matrix.indices, minlength=BUCKETS)
    rarity = np.where(seen >= _RARE, np.log(len(buckets) / np.maximum(seen, 1)) / 5, 0.0)
    model = LogisticRegression(C=_WORD_STRENGTH, solver="liblinear", random_state=0)
    model.fit(matrix @ diags(rarity), prompts.is_flagged)
    return np.asarray(model.coef_[0] * rarity, dtype=np.float32)


def embed(encoder: TextEncoder, texts: "NDArray[np.object_]") -> NDArray[np.float32]:
    """Return the texts' embeddings, encoded in batches of like length."""
    order = np.argsort([len(str(text)) for text in texts], kind="stable")
    vectors = np.empty((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(order), _TEXTS_AT_ONCE):
        rows = order[start : start + _TEXTS_AT_ONCE]
        vectors[rows] = encoder.encode([str(texts[row]) for row in rows])
    return vectors


def _fit_embedding(
    embeddings: NDArray[np.float32], flags: NDArray[np.bool_], units: int, seed: int
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Networks of one hidden layer, their mean as one: weights, constants, the output's weights."""
    from sklearn.exceptions import ConvergenceWarning  # noqa: PLC0415
    from sklearn.neural_network import MLPClassifier  # noqa: PLC0415

    layers = []
    for number in range(_NETWORKS):
        model = MLPClassifier(
            (units,),
            alpha=_EMBEDDING_PENALTY,
            max_iter=15,
            early_stopping=True,
            random_state=seed + number,
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ConvergenceWarning)  # it stops early on purpose
            model.fit(embeddings * _LOUDER, flags)
        (into, out), (biases, _) = model.coefs_, model.intercepts_
        layers.append((into * _LOUDER, biases, out[:, 0] / _NETWORKS))
    into, biases, out = (np.concatenate(each, axis=-1) for each in zip(*layers, strict=True))
    return into.astype(np.float32), biases.astype(np.float32), out.astype(np.float32)


def _logistic(scores: Array, flags: NDArray[np.bool_], strength: float) -> Array:
    """Weights and constant of a logistic regression."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415

    model = LogisticRegression(C=strength, random_state=0).fit(scores, flags)
    return np.concatenate([model.coef_[0], model.intercept_])
