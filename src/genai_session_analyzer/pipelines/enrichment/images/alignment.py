"""How well images fit their prompts, and whether they are linked to the right ones at all."""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from genai_session_analyzer.pipelines.enrichment.images.vectors import Vectors


class AlignmentCheck(NamedTuple):
    """True pairs against pairs shuffled between prompts.

    Attributes:
        auc: Chance that a true pair scores above a shuffled one, 0-1; 0.5 = the links say nothing.
        mean_true: Mean cosine of the true pairs.
        mean_shuffled: Mean cosine of the shuffled pairs.
        pair_count: True pairs, as many as shuffled ones.
    """

    auc: float
    mean_true: float
    mean_shuffled: float
    pair_count: int


def alignment_scores(image_vectors: Vectors, text_vectors: Vectors) -> NDArray[np.float64]:
    """Return the cosine of each image and its text, both of unit length, row by row."""
    scores = np.einsum("ij,ij->i", image_vectors, text_vectors, dtype=np.float64)
    return np.asarray(scores, dtype=np.float64)


def check_alignment(
    image_vectors: Vectors, text_vectors: Vectors, prompt_ids: list[str], seed: int
) -> AlignmentCheck | None:
    """Compare each image's score with its own text to its score with another prompt's text.

    Args:
        image_vectors: Unit length, shape (pairs, dimension).
        text_vectors: Those of the prompts linked to the images, in the same order.
        prompt_ids: The prompts; a shuffled pair never has its image's own.
        seed: Of the shuffle.

    Returns:
        The check; None where all images belong to one prompt.

    Source: AUC as the Mann-Whitney statistic over its largest value.
    """
    prompts = np.array(prompt_ids)
    order = np.random.default_rng(seed).permutation(len(prompts))
    others = _partners(prompts, order)
    if others is None:
        return None
    true = alignment_scores(image_vectors, text_vectors)
    shuffled = alignment_scores(image_vectors, text_vectors[others])
    below = np.searchsorted(np.sort(shuffled), true, side="left").sum()
    up_to = np.searchsorted(np.sort(shuffled), true, side="right").sum()
    auc = float(below + up_to) / 2 / len(true) ** 2
    return AlignmentCheck(auc, float(true.mean()), float(shuffled.mean()), len(true))


def _partners(prompts: NDArray[np.str_], order: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """For each row, another one with another prompt: the next in shuffled order that has one."""
    partners = np.full(len(prompts), -1)
    for step in range(1, len(prompts)):
        open_rows = np.flatnonzero(partners[order] < 0)
        if not len(open_rows):
            break
        rows, candidates = order[open_rows], order[(open_rows + step) % len(order)]
        fits = prompts[rows] != prompts[candidates]
        partners[rows[fits]] = candidates[fits]
    return None if (partners < 0).any() else partners
