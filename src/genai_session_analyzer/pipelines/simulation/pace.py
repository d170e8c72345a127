"""How often each user must come so that the prompts last for the period.

The lapses are given (a share of sessions by tier, and friction), so what can be chosen is how long
a lapse lasts and, for the most active, how soon the next session follows. Both come from a rate
per user; its scale is found by bisection over the expected number of sessions. Where even users
who never come back after a lapse would use up the prompts too soon, users join later instead.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from genai_session_analyzer.pipelines.simulation.people_parameters import ReturnParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import stream
from genai_session_analyzer.pipelines.simulation.source_arrays import Array

EXPECTED_FRICTION = 26.0
"""Points; only for the plan, the lapses themselves follow the friction of each session."""
_MIN_AWAY_DAYS = 0.25
_MIN_GAP_DAYS = 0.08
_MAX_GAP_DAYS = 1e4
_JOINING_SHARE = 0.9
"""Nobody joins in the last days, which a period that ends early would lack."""
_MIN_LAPSE_SHARE = 1e-3
_SAMPLE_USERS = 20_000
_SLOWEST, _FASTEST, _STEEPEST = -12.0, 6.0, 60.0
_BISECTIONS = 30


@dataclass(frozen=True)
class Pace:
    """One element per simulated user, in days.

    Attributes:
        first_days: From the period's start to the first session.
        away_days: Mean time a lapse lasts beyond the days that make it one.
        gap_scale: Factor on the time to the next session without a lapse.
    """

    first_days: Array
    away_days: Array
    gap_scale: Array


@dataclass(frozen=True)
class _Users:
    weights: Array
    lapse_shares: Array
    is_existing: Array
    uniform: Array

    def first(self, count: int) -> "_Users":
        arrays = (self.weights, self.lapse_shares, self.is_existing, self.uniform)
        return _Users(*(values[:count] for values in arrays))


class PacePlan:
    """What follows from how often users come: its scale is to be found."""

    def __init__(
        self,
        weights: Array,
        lapse_shares: Array,
        returns: ReturnParameters,
        period_days: float,
        seed: int,
    ) -> None:
        """Takes users' relative activity and share of lapses, free of friction; one a user."""
        uniform = stream(seed, "first sessions").random((2, len(weights)))
        felt = lapse_shares * (1 + returns.friction_strength * EXPECTED_FRICTION / 100)
        self._users = _Users(
            weights / weights.mean(),
            np.clip(felt, _MIN_LAPSE_SHARE, returns.max_lapse_share),
            uniform[0] < returns.existing_user_share,
            uniform[1],
        )
        self._returns, self._period_days = returns, period_days
        self._mean_gap = mean_gap_days(returns)

    def fewest_sessions(self) -> float:
        """Expected sessions of all users together if nobody came back after a lapse."""
        return float(self._sessions(_SLOWEST, 0)) * len(self._users.weights)

    def pace_for(self, session_count: float) -> Pace:
        """The pace at which users have so many sessions in the period, as expected."""
        wanted = session_count / len(self._users.weights)
        rate, tilt = _SLOWEST, 0.0
        if self._sessions(rate, tilt) > wanted:
            tilt = _bisect(lambda tilt: self._sessions(rate, tilt) < wanted, 0, _STEEPEST)
        else:
            rate = _bisect(lambda rate: self._sessions(rate, tilt) > wanted, rate, _FASTEST)
        return self._pace(self._users, rate, tilt)

    def _pace(self, users: _Users, log_rate: float, tilt: float) -> Pace:
        """First session, length of a lapse and of a gap, per user."""
        lapse = users.lapse_shares
        days_between = np.minimum(np.exp(-log_rate) / users.weights, _MAX_GAP_DAYS)
        usual = (1 - lapse) * self._mean_gap
        away = (days_between - usual) / lapse - self._returns.lapse_days
        away = np.maximum(away, _MIN_AWAY_DAYS)
        absent = lapse * (self._returns.lapse_days + away)
        gap = np.minimum((days_between - absent) / (1 - lapse), self._mean_gap)
        gap = np.maximum(gap, min(_MIN_GAP_DAYS, self._mean_gap))
        return Pace(self._first_days(users, away, tilt), away, gap / self._mean_gap)

    def _sessions(self, log_rate: float, tilt: float) -> float:
        """Expected sessions of a user within the period, the mean over a sample of them.

        The first run of sessions ends with a lapse (a geometric number of them, cut by the
        period's end). Whoever is back before the end has runs at the mean rate and, since the
        return begins one, somewhat more.

        Source: Smith (1954), the limit of the renewal function, for runs as renewals.
        """
        users = self._users.first(_SAMPLE_USERS)
        pace, lapse = self._pace(users, log_rate, tilt), users.lapse_shares
        gap = pace.gap_scale * self._mean_gap
        days_left = np.maximum(self._period_days - pace.first_days, 0)
        more = (1 - lapse) / lapse
        first_run = 1 + more * -np.expm1(-days_left / (more * gap))
        back = np.maximum(days_left - more * gap - self._returns.lapse_days, 0)
        is_back = -np.expm1(-back / pace.away_days)
        days_back = back - pace.away_days * is_back
        cycle = more * gap + self._returns.lapse_days + pace.away_days
        at_once = 0.5 + (pace.away_days / cycle) ** 2 / 2
        return float((first_run + (is_back * at_once + days_back / cycle) / lapse).mean())

    def _first_days(self, users: _Users, away_days: Array, tilt: float) -> Array:
        """Existing users come back some time in their usual absence; the others join."""
        joining_days = _JOINING_SHARE * self._period_days
        growth = np.log(self._returns.growth_per_30_days) * joining_days / 30
        absence = np.minimum(self._returns.lapse_days + away_days, joining_days)
        return np.where(
            users.is_existing,
            absence * _tilted(users.uniform, tilt),
            joining_days * _tilted(users.uniform, growth + tilt),
        )


def _bisect(is_too_high: Callable[[float], bool], low: float, high: float) -> float:
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_too_high(middle) else (middle, high)
    return (low + high) / 2


def mean_gap_days(returns: ReturnParameters) -> float:
    """Mean days between sessions without a lapse, by numeric integration."""
    normal = np.linspace(-6, 6, 4001)
    density = np.exp(-(normal**2) / 2)
    days = np.exp(np.log(returns.median_hours / 24) + returns.sigma_hours * normal)
    mean = np.average(fold(days, returns.lapse_days), weights=density)
    return float(mean + returns.min_minutes / 1440)


def fold(days: Array, limit_days: float) -> Array:
    """Times folded below the limit (less an hour): the remainder of what is longer."""
    return np.asarray(np.mod(days, limit_days - 1 / 24))


def _tilted(uniform: Array, tilt: float) -> Array:
    """Numbers in [0, 1) with a density that grows as exp(tilt x)."""
    if abs(tilt) < 1e-9:
        return uniform
    return np.asarray(np.log1p(uniform * np.expm1(tilt)) / tilt)
