"""What nobody observes: users differ in patience and skill, ideas in difficulty."""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.population import Population
from genai_session_analyzer.pipelines.simulation.random_blocks import stream
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN, Array, SourceArrays


@dataclass(frozen=True)
class UserLatents:
    """Standard normal traits, one element per user.

    Attributes:
        patience: The patient retry more and abandon less.
        skill: The skilled fail less.
    """

    patience: Array
    skill: Array


def draw_user_latents(population: Population, seed: int) -> UserLatents:
    """A user's traits depend on the seed and the user's position alone."""
    normal = stream(seed, "user latents").standard_normal((len(population), 2))
    return UserLatents(patience=normal[:, 0], skill=normal[:, 1])


def idea_codes(source: SourceArrays) -> Array:
    """What a generation is about: its thread, or its prompt where threads are not known."""
    return np.where(source.thread_ids == UNKNOWN, source.prompt_codes, source.thread_ids)


def idea_difficulty(ideas: Array, seed: int) -> Array:
    """Standard normal difficulty of each idea; equal codes are equally difficult. float32.

    Source: Box and Muller (1958), from two hashes of the code (the finaliser of splitmix64).
    """
    first, second = (_hashed(ideas, seed, salt) for salt in (1, 2))
    radius = np.sqrt(-2 * np.log1p(-first))
    return np.asarray((radius * np.cos(2 * np.pi * second)).astype(np.float32))


def _hashed(codes: Array, seed: int, salt: int) -> Array:
    """A uniform number in [0, 1) per code."""
    mixed = codes.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)
    mixed += np.uint64((seed * 2 + salt) * 0xD1342543DE82EF95 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return np.asarray((mixed >> np.uint64(11)) * 2.0**-53)
