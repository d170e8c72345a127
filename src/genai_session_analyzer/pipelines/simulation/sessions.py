"""Sessions cut from the source's order."""

import math
from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.people_parameters import SessionParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import stream
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN, Array, SourceArrays

_CUTS = 6


@dataclass(frozen=True)
class Sessions:
    """Consecutive rows: `starts[i]` is the first row of session i, `of_row` each row's session."""

    starts: Array
    of_row: Array

    @property
    def bounds(self) -> Array:
        """First row of each session and, last, the number of rows."""
        return np.append(self.starts, len(self.of_row))


def cut_sessions(source: SourceArrays, order: Array, simulation: SimulationParameters) -> Sessions:
    """Cuts rows into sessions: bursts, or each row alone where sessions are not bursty.

    Args:
        source: Of it users and threads.
        order: Positions in the source; a session does not hold rows of two known users.
        simulation: Sizes of sessions, and how many of them end where an idea ends.
    """
    row_count = len(order)
    is_start = np.ones(row_count, dtype=bool)
    if simulation.sessions.is_bursty:
        is_start[:] = False
        is_start[_ends(row_count, source.thread_ids[order], simulation)] = True
        users = source.user_codes[order]
        is_start |= np.concatenate(([True], users[1:] != users[:-1]))
    return Sessions(np.flatnonzero(is_start), np.cumsum(is_start, dtype=np.int32) - 1)


def _ends(row_count: int, threads: Array, simulation: SimulationParameters) -> Array:
    """Rows that follow a session's end; some ends wait for the end of the idea."""
    ends = np.cumsum(_sizes(row_count, simulation))
    ends = ends[ends < row_count]
    is_thread = (threads == UNKNOWN) | np.concatenate(([True], threads[1:] != threads[:-1]))
    thread_starts = np.append(np.flatnonzero(is_thread), row_count)
    waits = stream(simulation.seed, "session ends").random(len(ends))
    later = thread_starts[np.searchsorted(thread_starts, ends)]
    ends = np.where(waits < simulation.sessions.idea_end_share, later, ends)
    return np.asarray(ends[ends < row_count])


def _sizes(row_count: int, simulation: SimulationParameters) -> Array:
    """Enough session sizes to cover the rows: ceil(log-normal)."""
    shape, generator = simulation.sessions, stream(simulation.seed, "session sizes")
    mu, pieces, covered = np.log(shape.median_generations), [], 0
    while covered < row_count:
        drawn = generator.lognormal(mu, shape.sigma_generations, size=1 + row_count // 4)
        pieces.append(np.ceil(drawn).astype(np.int64))
        covered += int(pieces[-1].sum())
    return np.concatenate(pieces)


def cut_at_least(
    session_count: float, source: SourceArrays, order: Array, simulation: SimulationParameters
) -> Sessions:
    """Cuts rows into sessions; into shorter ones where there would be fewer than so many.

    The median is lowered step by step, since ends that wait for an idea's end lengthen sessions.
    """
    shape, most = simulation.sessions, len(order) / session_count
    for _ in range(_CUTS):
        shorter = simulation.model_copy(update={"sessions": _shortened(shape, most)})
        sessions = cut_sessions(source, order, shorter)
        if len(sessions.starts) >= session_count or most <= 1:
            break
        most *= min(0.97, len(sessions.starts) / session_count)
    return sessions


def _shortened(shape: SessionParameters, most: float) -> SessionParameters:
    """The shape with a smaller median, so that the mean size is at most so many generations."""
    low, high = math.log(1e-3), math.log(shape.median_generations)
    if mean_size(shape) <= most:
        return shape
    for _ in range(30):
        middle = (low + high) / 2
        shape = shape.model_copy(update={"median_generations": math.exp(middle)})
        low, high = (low, middle) if mean_size(shape) > most else (middle, high)
    return shape


def mean_size(shape: SessionParameters) -> float:
    """Mean of ceil(log-normal), by numeric integration."""
    normal = np.linspace(-6, 6, 4001)
    log_size = math.log(shape.median_generations) + shape.sigma_generations * normal
    return float(np.average(np.ceil(np.exp(log_size)), weights=np.exp(-(normal**2) / 2)))
