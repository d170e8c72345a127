"""Users come back session by session: what happened in one decides when the next one is.

The period is walked through in steps. Whoever is due in a step takes a session from the queue; its
outcomes follow, then its friction, then whether the user lapses, then the next session's start.
"""

from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.bursts import (
    Bursts,
    Starts,
    run_bursts,
    session_friction,
)
from genai_session_analyzer.pipelines.simulation.outcomes import Outcomes, World
from genai_session_analyzer.pipelines.simulation.pace import Pace, fold
from genai_session_analyzer.pipelines.simulation.prompt_queue import SessionQueue
from genai_session_analyzer.pipelines.simulation.random_blocks import stream
from genai_session_analyzer.pipelines.simulation.rhythm import DAY_US, SECOND_US, WeeklyRhythm
from genai_session_analyzer.pipelines.simulation.source_arrays import Array
from genai_session_analyzer.pipelines.simulation.telemetry import by_tier
from genai_session_analyzer.semantic.friction import FrictionParameters

STEPS = 512
"""Steps of a period. Part of the definition of every simulated value."""
MINUTE_US = 60 * SECOND_US


@dataclass(frozen=True)
class Visits:
    """One element per row of the source; only the rows of the queue are set.

    Attributes:
        user_codes: Index into the population.
        requested_at_us: Microseconds since 1970 (UTC).
        outcomes: What came of them.
    """

    user_codes: Array
    requested_at_us: Array
    outcomes: Outcomes

    def set(self, bursts: Bursts) -> None:
        """Writes down what happened."""
        rows = bursts.asked.rows
        self.user_codes[rows] = bursts.asked.users
        self.requested_at_us[rows] = bursts.asked.at_us
        if bursts.outcomes is not None:
            self.outcomes.set(rows, bursts.outcomes)


class VisitSimulation:
    """The walk through the period; arrays with one element per simulated user."""

    def __init__(
        self, world: World, pace: Pace, period: tuple[int, int], friction: FrictionParameters
    ) -> None:
        """Takes each user's pace, the period's first and last microsecond, friction's weights."""
        simulation, population = world.simulation, world.population
        self._world, self._pace, self._period, self._friction = world, pace, period, friction
        self._codes = population.simulated_codes
        self._offset_us = population.utc_offset_us[self._codes]
        self._lapse_shares = by_tier(simulation.returns.lapse_shares, population.tiers[self._codes])
        self._rhythm = WeeklyRhythm(
            simulation.sessions.night_share, simulation.sessions.weekend_share
        )
        even = self._rhythm.even_time(np.full(len(self._codes), period[0]), self._offset_us)
        self._next_us = self._rhythm.real_time(even + pace.first_days * DAY_US, self._offset_us)
        self._rest = np.zeros((2, len(self._codes)), dtype=np.int64)
        """First row and end of what an abandoned session left to its user."""

    def run(self, rows: Array, bounds: Array, visits: Visits) -> None:
        """Gives every row of the queue a user, a time and an outcome.

        Args:
            rows: Positions in the source, in the order they are asked in.
            bounds: First row of each session within `rows` and, last, their number.
            visits: Is filled.
        """
        queue, left, until, number = SessionQueue(bounds), len(rows), self._period[0], 0
        length = max((self._period[1] - self._period[0]) // STEPS, SECOND_US)
        while left:
            until = max(until + length, int(self._next_us.min()) + 1)
            users, ranges = self._due(until, queue)
            if len(users):
                generator = stream(self._world.simulation.seed, "visits", number)
                bursts = run_bursts(self._world, self._starts(users, ranges, rows), generator)
                visits.set(bursts)
                self._return(users, bursts, generator)
                self._leave_rest(users, ranges[0] + bursts.lengths, ranges[1], queue)
                left -= len(bursts.asked)
            if not len(queue):
                self._release_rest(queue)
            number += 1

    def _due(self, until_us: int, queue: SessionQueue) -> tuple[Array, Array]:
        """Users whose time has come, in order of it, and the rows each takes. Shape (2, users)."""
        due = np.flatnonzero(self._next_us < until_us)
        due = due[np.argsort(self._next_us[due], kind="stable")]
        ranges = self._rest[:, due]
        is_new = np.flatnonzero(ranges[0] == ranges[1])
        taken = queue.take(len(is_new))
        ranges[:, is_new[: taken.shape[1]]] = taken
        is_served = ranges[0] < ranges[1]
        return due[is_served], ranges[:, is_served]

    def _starts(self, users: Array, ranges: Array, rows: Array) -> Starts:
        lengths = ranges[1] - ranges[0]
        before = np.cumsum(lengths) - lengths
        places = np.arange(lengths.sum()) + np.repeat(ranges[0] - before, lengths)
        return Starts(self._codes[users], self._next_us[users], rows[places], lengths)

    def _return(self, users: Array, bursts: Bursts, generator: np.random.Generator) -> None:
        """Decides who lapses and when the next session starts."""
        returns, ended = self._world.simulation.returns, bursts.ended_at_us
        friction = session_friction(bursts, self._friction)
        share = self._lapse_shares[users] * (1 + returns.friction_strength * friction / 100)
        is_lapse = generator.random(len(users)) < np.minimum(share, returns.max_lapse_share)
        normal = generator.standard_normal(len(users))
        away = returns.lapse_days + self._pace.away_days[users] * generator.exponential(
            size=len(users)
        )
        usual = np.exp(np.log(returns.median_hours / 24) + returns.sigma_hours * normal)
        usual = fold(usual * self._pace.gap_scale[users], returns.lapse_days)
        offset = self._offset_us[users]
        pause = np.where(is_lapse, 0, round(returns.min_minutes * MINUTE_US))
        even = self._rhythm.even_time(ended + pause, offset)
        even += np.where(is_lapse, away, usual) * DAY_US
        latest = ended + round(returns.lapse_days * DAY_US) - SECOND_US
        start = self._rhythm.real_time(even, offset)
        self._next_us[users] = np.where(is_lapse, start, np.minimum(start, latest))

    def _leave_rest(self, users: Array, firsts: Array, stops: Array, queue: SessionQueue) -> None:
        """What an abandoned session left waits for its user, unless that is beyond the period."""
        is_gone = (self._next_us[users] >= self._period[1]) & (firsts < stops)
        queue.give_back(np.stack((firsts, stops))[:, is_gone])
        self._rest[:, users] = np.where(is_gone, 0, (firsts, stops))

    def _release_rest(self, queue: SessionQueue) -> None:
        """When the queue is empty whoever comes next takes what others left."""
        queue.give_back(self._rest[:, self._rest[0] < self._rest[1]])
        self._rest[:] = 0
