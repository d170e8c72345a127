"""Users and times without behaviour: sessions given to users by weight and laid out at once."""

import numpy as np

from genai_session_analyzer.pipelines.simulation.outcomes import World
from genai_session_analyzer.pipelines.simulation.population import Population
from genai_session_analyzer.pipelines.simulation.random_blocks import choose, stream
from genai_session_analyzer.pipelines.simulation.rhythm import (
    DAY_US,
    HOUR_US,
    SECOND_US,
    hour_weights,
)
from genai_session_analyzer.pipelines.simulation.sessions import Sessions
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN, Array, SourceArrays


def assign_sessions(
    world: World, order: Array, sessions: Sessions, period: tuple[int, int]
) -> tuple[Array, Array]:
    """The user and the time, in microseconds, of each row.

    Args:
        world: Who there is; users the source knows keep their rows.
        order: Positions in the source.
        sessions: Sessions of these rows.
        period: First and last microsecond a session may start at.
    """
    owners = _owners(world, order, sessions)
    return owners[sessions.of_row], _times(world, owners, sessions, period)


def users_of_timed(source: SourceArrays, population: Population, seed: int) -> Array:
    """Users of the generations with a time: the source's, or by prompt and day."""
    user_codes = source.user_codes.copy()
    lost = np.flatnonzero(source.lacks_user & ~source.lacks_time)
    if len(lost):
        day = (source.requested_at_us[lost] // DAY_US).astype(np.uint64)
        mixed = source.prompt_codes[lost].astype(np.uint64) ^ (day * np.uint64(0x9E3779B97F4A7C15))
        mixed = (mixed ^ np.uint64(seed)) * np.uint64(0xBF58476D1CE4E5B9)
        slot = (mixed >> np.uint64(33)) % np.uint64(len(population.simulated_codes))
        user_codes[lost] = population.simulated_codes[slot.astype(np.int64)]
    return user_codes


def _owners(world: World, order: Array, sessions: Sessions) -> Array:
    """The user of each session: the source's, else one by activity, each at least once."""
    population = world.population
    owners = world.source.user_codes[order[sessions.starts]].copy()
    homeless = np.flatnonzero(owners == UNKNOWN)
    if len(homeless):
        generator = stream(world.simulation.seed, "session owners")
        newcomers = generator.permutation(population.simulated_codes)[: len(homeless)]
        by_weight = choose(generator.random(len(homeless)), population.activity_weights)
        by_weight += population.simulated_codes[0]
        by_weight[: len(newcomers)] = newcomers
        owners[homeless] = generator.permutation(by_weight)
    return owners


def _times(world: World, owners: Array, sessions: Sessions, period: tuple[int, int]) -> Array:
    """Microseconds of each row: the session's start plus the gaps since."""
    shape, seed = world.simulation.sessions, world.simulation.seed
    generator = stream(seed, "session starts")
    first, last = period
    starts = first + (generator.random(len(owners)) * (last - first)).astype(np.int64)
    if not shape.is_bursty:
        return starts
    hour = choose(generator.random(len(owners)), hour_weights(shape.night_share))
    local = hour.astype(np.int64) * HOUR_US - world.population.utc_offset_us[owners]
    by_rhythm = (starts // DAY_US) * DAY_US + local % DAY_US + starts % HOUR_US
    starts = np.where((by_rhythm >= first) & (by_rhythm < last), by_rhythm, starts)
    gaps = stream(seed, "gaps").lognormal(
        np.log(shape.median_gap_s), shape.sigma_gap, size=len(sessions.of_row)
    )
    elapsed = np.cumsum((np.minimum(gaps, shape.max_gap_s) * SECOND_US).astype(np.int64))
    since_start = elapsed - elapsed[sessions.starts][sessions.of_row]
    return np.asarray(starts[sessions.of_row] + since_start)
