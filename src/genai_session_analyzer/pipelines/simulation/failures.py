"""Which requests fail by the plain rules, and how: one random number decides both."""

import numpy as np

from genai_session_analyzer.pipelines.simulation.parameters import TelemetryParameters
from genai_session_analyzer.pipelines.simulation.source_arrays import Array
from genai_session_analyzer.schema.values import STATUSES, USER_TIERS

_WAYS = ("safety_violation", "timeout", "rate_limited", "model_error")
"""Ways to fail; the first that applies counts."""
_CODES = np.array([STATUSES.index(way) for way in _WAYS], dtype=np.int8)


def draw_statuses(
    tiers: Array,
    token_counts: Array,
    is_unsafe: Array,
    parameters: TelemetryParameters,
    uniform: Array,
) -> Array:
    """Index into `STATUSES` per request, by the plain rules; most are successes.

    Args:
        tiers: Index into `USER_TIERS`.
        token_counts: Tokens of the prompt.
        is_unsafe: Whether it has a safety keyword.
        parameters: Shares by way to fail.
        uniform: A number in [0, 1) per request.
    """
    bounds = failure_bounds(parameters)
    is_long = token_counts > parameters.long_prompt_tokens
    circumstance = (is_unsafe.view(np.int8) * np.int8(2) + is_long) * np.int8(len(USER_TIERS))
    circumstance = circumstance + tiers
    status = np.full(len(tiers), STATUSES.index("success"), dtype=np.int8)
    failed = np.flatnonzero(uniform < bounds[-1].take(circumstance))
    uniform, circumstance = uniform[failed], circumstance[failed]
    way = np.zeros(len(failed), dtype=np.int8)
    for bound in bounds[:-1]:
        way += uniform >= bound.take(circumstance)
    status[failed] = _CODES[way]
    return status


def failure_bounds(parameters: TelemetryParameters) -> Array:
    """Up to which random number a request fails in one of the first ways.

    Returns:
        Probability of the first one, two, three and all ways. Shape (ways, circumstances); a
        circumstance is (unsafe or not, long or not, tier), the tier changing fastest.
    """
    shares = np.zeros((2, 2, len(USER_TIERS), len(_WAYS)))
    shares[1, ..., 0] = parameters.safety_violation_share
    shares[:, 1, :, 1] = parameters.timeout_share
    shares[..., 2] = parameters.rate_limited_shares.as_tuple()
    shares[..., 3] = parameters.model_error_share
    bounds = 1 - np.cumprod(1 - shares, axis=-1)
    return np.ascontiguousarray(bounds.reshape(-1, len(_WAYS)).T, dtype=np.float32)
