"""Who asked and when: sessions cut from the source's order, given to users, laid out in time."""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.parameters import (
    SessionParameters,
    SimulationParameters,
)
from genai_session_analyzer.pipelines.simulation.population import Population, draw_population
from genai_session_analyzer.pipelines.simulation.random_blocks import choose, stream
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    NO_TIME,
    UNKNOWN,
    Array,
    SourceArrays,
)

SECOND_US = 1_000_000
HOUR_US = 3600 * SECOND_US
DAY_US = 24 * HOUR_US


@dataclass(frozen=True)
class Activity:
    """Who asked and when, for every generation, observed or simulated.

    Attributes:
        population: The users, observed ones first.
        user_codes: One element per generation: index into the population.
        requested_at_us: One element per generation: microseconds since 1970 (UTC).
    """

    population: Population
    user_codes: Array
    requested_at_us: Array


def simulate_activity(source: SourceArrays, simulation: SimulationParameters) -> Activity:
    """Gives a user and a time to every generation that has none; observed ones stay.

    Generations without a time are cut into sessions in source order (in bursts, or one by one in
    the profile `classic`); a session without a user is given to one by activity weight. Where
    only the user is missing, the generations of one prompt on one day belong to one user.
    """
    population = draw_population(source, simulation)
    period = _period(source, simulation.sessions)
    user_codes = _users_of_timed(source, population, simulation.seed)
    requested_at = source.requested_at_us.copy()
    untimed = np.flatnonzero(source.lacks_time)
    if len(untimed):
        # Sessions are cut per known user; unknown users (-1) keep the source's order, first.
        order = untimed[np.argsort(source.user_codes[untimed], kind="stable")]
        sessions = _cut_sessions(source, order, simulation)
        owners = _owners(source, order, sessions, population, simulation)
        user_codes[order] = owners[sessions.of_row]
        requested_at[order] = _times(owners, sessions, period, population, simulation)
    return Activity(population, user_codes, requested_at)


@dataclass(frozen=True)
class _Sessions:
    """Consecutive rows: `starts[i]` is the first row of session i, `of_row` each row's session."""

    starts: Array
    of_row: Array


def _cut_sessions(
    source: SourceArrays, order: Array, simulation: SimulationParameters
) -> _Sessions:
    row_count = len(order)
    is_start = np.ones(row_count, dtype=bool)
    if simulation.sessions.is_bursty:
        sizes = _session_sizes(row_count, simulation)
        threads = source.thread_ids[order]
        # A session does not end in the middle of an idea: its end moves to the next thread's start.
        is_thread = (threads == UNKNOWN) | np.concatenate(([True], threads[1:] != threads[:-1]))
        thread_starts = np.flatnonzero(is_thread)
        bounds = np.cumsum(sizes)
        next_thread = np.searchsorted(thread_starts, bounds[bounds < row_count])
        is_start[:] = False
        is_start[thread_starts[next_thread[next_thread < len(thread_starts)]]] = True
        users = source.user_codes[order]
        is_start |= np.concatenate(([True], users[1:] != users[:-1]))
    return _Sessions(np.flatnonzero(is_start), np.cumsum(is_start, dtype=np.int32) - 1)


def _session_sizes(row_count: int, simulation: SimulationParameters) -> Array:
    """Enough session sizes to cover the rows: ceil(log-normal)."""
    shape, generator = simulation.sessions, stream(simulation.seed, "session sizes")
    mu, pieces, covered = np.log(shape.median_generations), [], 0
    while covered < row_count:
        drawn = generator.lognormal(mu, shape.sigma_generations, size=1 + row_count // 4)
        pieces.append(np.ceil(drawn).astype(np.int64))
        covered += int(pieces[-1].sum())
    return np.concatenate(pieces)


def _owners(
    source: SourceArrays,
    order: Array,
    sessions: _Sessions,
    population: Population,
    simulation: SimulationParameters,
) -> Array:
    """The user of each session: the source's, else one by activity, each at least once."""
    owners = source.user_codes[order[sessions.starts]].copy()
    homeless = np.flatnonzero(owners == UNKNOWN)
    if len(homeless):
        generator = stream(simulation.seed, "session owners")
        newcomers = generator.permutation(population.simulated_codes)[: len(homeless)]
        by_weight = choose(generator.random(len(homeless)), population.activity_weights)
        by_weight += population.simulated_codes[0]
        by_weight[: len(newcomers)] = newcomers
        owners[homeless] = generator.permutation(by_weight)
    return owners


def _users_of_timed(source: SourceArrays, population: Population, seed: int) -> Array:
    user_codes = source.user_codes.copy()
    lost = np.flatnonzero(source.lacks_user & ~source.lacks_time)
    if len(lost):
        day = (source.requested_at_us[lost] // DAY_US).astype(np.uint64)
        mixed = source.prompt_codes[lost].astype(np.uint64) ^ (day * np.uint64(0x9E3779B97F4A7C15))
        mixed = (mixed ^ np.uint64(seed)) * np.uint64(0xBF58476D1CE4E5B9)
        slot = (mixed >> np.uint64(33)) % np.uint64(len(population.simulated_codes))
        user_codes[lost] = population.simulated_codes[slot.astype(np.int64)]
    return user_codes


def _period(source: SourceArrays, shape: SessionParameters) -> tuple[int, int]:
    """First and last microsecond that simulated times may have."""
    known = source.requested_at_us[~source.lacks_time]
    if len(known):
        return int(known.min()), max(int(known.max()), int(known.min()) + HOUR_US)
    first = np.datetime64(shape.period_start, "us").astype(np.int64)
    return int(first), int(first) + shape.period_days * DAY_US


def _times(
    owners: Array,
    sessions: _Sessions,
    period: tuple[int, int],
    population: Population,
    simulation: SimulationParameters,
) -> Array:
    """Microseconds of each row: the session's start plus the gaps since."""
    shape, row_count = simulation.sessions, len(sessions.of_row)
    generator = stream(simulation.seed, "session starts")
    first, last = period
    starts = first + (generator.random(len(owners)) * (last - first)).astype(np.int64)
    if not shape.is_bursty:
        return starts
    hour = choose(generator.random(len(owners)), _hour_weights(shape.night_share))
    local = hour.astype(np.int64) * HOUR_US - population.utc_offset_us[owners]
    by_rhythm = (starts // DAY_US) * DAY_US + local % DAY_US + starts % HOUR_US
    starts = np.where((by_rhythm >= first) & (by_rhythm < last), by_rhythm, starts)
    gaps = stream(simulation.seed, "gaps").lognormal(
        np.log(shape.median_gap_s), shape.sigma_gap, size=row_count
    )
    elapsed = np.cumsum((np.minimum(gaps, shape.max_gap_s) * SECOND_US).astype(np.int64))
    since_start = elapsed - elapsed[sessions.starts][sessions.of_row]
    return np.asarray(starts[sessions.of_row] + since_start)


def _hour_weights(night_share: float) -> Array:
    """Activity per local hour: a cosine with its low at 4 and its high at 16."""
    swing = (1 - np.cos((np.arange(24) - 4) / 24 * 2 * np.pi)) / 2
    return np.asarray(night_share + (1 - night_share) * swing)


def first_activity_us(activity: Activity) -> Array:
    """Microseconds of each user's first generation; `NO_TIME` for a user without one."""
    first = np.full(len(activity.population), np.iinfo(np.int64).max)
    np.minimum.at(first, activity.user_codes, activity.requested_at_us)
    return np.where(first == np.iinfo(np.int64).max, NO_TIME, first)
