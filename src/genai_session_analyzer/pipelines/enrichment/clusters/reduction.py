"""Principal components of more vectors than fit into memory."""

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from genai_session_analyzer.pipelines.enrichment.clusters.prompt_vectors import (
    PromptVectors,
    Vectors,
)


def principal_components(prompts: PromptVectors, count: int) -> Vectors:
    """Return the vectors' first principal components, shape (prompts, at most `count`).

    Exact: the covariance is added up batch by batch, on one thread, whatever the machine has. Of
    each component's two directions the one is taken whose largest loading is positive, so that
    equal data give equal signs.

    Args:
        prompts: Any number.
        count: Components, by falling variance.
    """
    if not len(prompts.ids):
        return np.empty((0, count), dtype=np.float32)
    with threadpool_limits(1):
        return _projected(prompts, count)


def _projected(prompts: PromptVectors, count: int) -> Vectors:
    mean, covariance = _moments(prompts)
    values, axes = np.linalg.eigh(covariance)
    axes = axes[:, np.argsort(values, kind="stable")[::-1][:count]]
    largest = np.argmax(np.abs(axes), axis=0)
    axes = axes * np.sign(axes[largest, np.arange(axes.shape[1])])
    axes = axes.astype(np.float32)
    offset = mean.astype(np.float32) @ axes
    return np.concatenate([batch @ axes - offset for _, batch in prompts.batches()])


def _moments(prompts: PromptVectors) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    dimension = prompts.vectors.shape[1]
    total = np.zeros(dimension)
    squares = np.zeros((dimension, dimension))
    for _, batch in prompts.batches():
        exact = batch.astype(np.float64)
        total += exact.sum(axis=0)
        squares += exact.T @ exact
    mean = total / len(prompts.vectors)
    return mean, squares / len(prompts.vectors) - np.outer(mean, mean)
