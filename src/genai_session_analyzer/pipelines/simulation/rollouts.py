"""Which model version a request goes to: versions come, take over and fade."""

from collections.abc import Mapping

import numpy as np

from genai_session_analyzer.pipelines.simulation.event_parameters import Rollout
from genai_session_analyzer.pipelines.simulation.rhythm import DAY_US
from genai_session_analyzer.pipelines.simulation.source_arrays import Array


class ModelShares:
    """The share of each model version on each day of the period."""

    def __init__(
        self, shares: Mapping[str, float], rollouts: Mapping[str, Rollout], period: tuple[int, int]
    ) -> None:
        """Takes shares at the period's start, rollouts, and first and last microsecond."""
        self._first_us = period[0]
        days = np.arange(1 + (period[1] - period[0]) // DAY_US)
        weights = [
            share * _relative_weight(days, rollouts.get(model)) for model, share in shares.items()
        ]
        bounds = np.cumsum(np.stack(weights, axis=1), axis=1)
        self._bounds = bounds[:, :-1] / bounds[:, -1:]

    def choose(self, uniforms: Array, at_us: Array) -> Array:
        """The model of each request, as an index into the versions.

        Args:
            uniforms: Numbers in [0, 1), one per request.
            at_us: Microseconds since 1970; beyond the period the nearest day counts.
        """
        day = np.clip((at_us - self._first_us) // DAY_US, 0, len(self._bounds) - 1)
        return np.asarray((uniforms[:, None] >= self._bounds[day]).sum(axis=1, dtype=np.int8))


def _relative_weight(days: Array, rollout: Rollout | None) -> Array:
    """Weight on each day relative to the share: ramp of the adoption x log-linear drift."""
    if rollout is None:
        return np.ones(len(days))
    days_out = np.maximum(days + 1 - rollout.released_after_days, 0)
    is_adopted = days_out >= max(rollout.adoption_days, 1)
    ramp = np.where(is_adopted, 1, days_out / max(rollout.adoption_days, 1))
    return np.asarray(ramp * np.exp(rollout.log_share_per_30_days * days / 30))
