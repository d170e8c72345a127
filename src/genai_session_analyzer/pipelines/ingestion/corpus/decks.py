"""Decks: weighted choice by one lookup."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Integers = npt.NDArray[np.int32]

DECK_SIZE = 4096
"""Cards of a deck; the finest share it can hold is 1 / 4096."""


def build_deck(weights: Sequence[float]) -> Integers:
    """Cards (indexes into `weights`) in rising order, each as often as its weight says."""
    bounds = np.cumsum(np.asarray(weights, dtype=np.float64))
    positions = (np.arange(DECK_SIZE) + 0.5) / DECK_SIZE
    return np.searchsorted(bounds[:-1] / bounds[-1], positions, side="right").astype(np.int32)
