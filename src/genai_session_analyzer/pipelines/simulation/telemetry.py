"""What happens to a request: status, latency, retries, cost, feedback, download, model.

Every array has one element per generation of a block. Observed values win; what follows from them
(a latency from a status, a download from a success) follows from the observed one.
"""

from dataclasses import dataclass, replace

import numpy as np

from genai_session_analyzer.pipelines.simulation.parameter_section import TierRates
from genai_session_analyzer.pipelines.simulation.parameters import TelemetryParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import BLOCK_ROWS, choose
from genai_session_analyzer.pipelines.simulation.source_arrays import UNKNOWN, Array
from genai_session_analyzer.schema.values import STATUSES

SUCCESS, TIMEOUT, SAFETY_VIOLATION, RATE_LIMITED, MODEL_ERROR = map(
    STATUSES.index, ("success", "timeout", "safety_violation", "rate_limited", "model_error")
)


@dataclass(frozen=True)
class Requests:
    """What is known of a block of requests; codes are `UNKNOWN` where the source is silent.

    Attributes:
        tiers: Index into `USER_TIERS`.
        token_counts: Tokens of the prompt.
        is_unsafe: Whether it has a safety keyword.
        status_codes: Index into `STATUSES`.
        latency_ms: Whole milliseconds.
        feedback_codes: 1 up, 0 down.
    """

    tiers: Array
    token_counts: Array
    is_unsafe: Array
    status_codes: Array
    latency_ms: Array
    feedback_codes: Array

    def __len__(self) -> int:
        return len(self.tiers)


@dataclass(frozen=True)
class Telemetry:
    """A value for every request of the block; `feedback_codes` may be `UNKNOWN` (none given)."""

    status_codes: Array
    latency_ms: Array
    retry_counts: Array
    cost_credits: Array
    feedback_codes: Array
    is_downloaded: Array
    model_codes: Array


def simulate_telemetry(
    requests: Requests, parameters: TelemetryParameters, generator: np.random.Generator
) -> Telemetry:
    """The telemetry of a block.

    Args:
        requests: At most `BLOCK_ROWS` requests.
        parameters: Shares, rates and shapes.
        generator: The block's own; always asked for a whole block, so that a longer table
            starts with the same values.
    """
    size = len(requests)
    uniform = generator.random((9, BLOCK_ROWS))[:, :size]
    spread = generator.standard_normal(BLOCK_ROWS)[:size]
    poisson = generator.poisson(
        (parameters.mean_retries_success, parameters.mean_retries_failure), (BLOCK_ROWS, 2)
    )[:size]
    status = known(requests.status_codes, _statuses(requests, parameters, uniform[:4]))
    is_success = status == SUCCESS
    latency = known(
        requests.latency_ms,
        _latencies(requests.token_counts, status, parameters, uniform[4], spread),
    )
    retries = np.minimum(np.where(is_success, poisson[:, 0], poisson[:, 1]), parameters.max_retries)
    models = choose(uniform[8], tuple(parameters.model_version_shares.values()))
    answered = replace(requests, status_codes=status, latency_ms=latency)
    return follow_up(answered, parameters, uniform[5:8], (retries, models))


def follow_up(
    answered: Requests,
    parameters: TelemetryParameters,
    uniform: Array,
    retries_and_models: tuple[Array, Array],
) -> Telemetry:
    """The telemetry of requests whose status and latency are known: cost, feedback, download.

    Args:
        answered: Requests with a status and a latency each.
        parameters: Shares and rates.
        uniform: Numbers in [0, 1). Shape (3, requests).
        retries_and_models: Both are handed on.
    """
    is_success = answered.status_codes == SUCCESS
    feedback = known(
        answered.feedback_codes, _feedback(answered.tiers, is_success, parameters, uniform[:2])
    )
    download_share = by_tier(parameters.download_shares, answered.tiers) + np.where(
        feedback == 1, parameters.liked_download_bonus, 0.0
    )
    return Telemetry(
        status_codes=answered.status_codes,
        latency_ms=answered.latency_ms,
        retry_counts=retries_and_models[0],
        cost_credits=costs(answered, parameters),
        feedback_codes=feedback,
        is_downloaded=is_success & (uniform[2] < download_share),
        model_codes=retries_and_models[1],
    )


def _statuses(requests: Requests, parameters: TelemetryParameters, uniform: Array) -> Array:
    """The first that applies: safety, timeout, rate limit, model error; else success."""
    is_long = requests.token_counts > parameters.long_prompt_tokens
    return np.select(
        [
            requests.is_unsafe & (uniform[0] < parameters.safety_violation_share),
            is_long & (uniform[1] < parameters.timeout_share),
            uniform[2] < by_tier(parameters.rate_limited_shares, requests.tiers),
            uniform[3] < parameters.model_error_share,
        ],
        [SAFETY_VIOLATION, TIMEOUT, RATE_LIMITED, MODEL_ERROR],
        default=SUCCESS,
    ).astype(np.int8)


def _latencies(
    token_counts: Array,
    status: Array,
    parameters: TelemetryParameters,
    uniform: Array,
    spread: Array,
) -> Array:
    """Whole milliseconds: tokens x log-normal; the ceiling for timeouts; quick rejections."""
    tokens = np.maximum(token_counts, 1)
    typical = parameters.latency_fixed_ms + tokens * parameters.latency_ms_per_token
    computed = typical * np.exp(parameters.latency_sigma * spread)
    computed = np.minimum(computed, parameters.timeout_latency_ms)
    low, high = parameters.rejection_latency_ms
    latency = np.select(
        [status == TIMEOUT, (status == SAFETY_VIOLATION) | (status == RATE_LIMITED)],
        [parameters.timeout_latency_ms, low + uniform * (high - low)],
        default=computed,
    )
    return np.asarray(np.maximum(np.rint(latency), 1).astype(np.int64))


def costs(answered: Requests, parameters: TelemetryParameters) -> Array:
    """Credits, to four decimals: tokens and compute time, less for failures, less by tier."""
    full = (
        answered.token_counts * parameters.cost_credits_per_token
        + answered.latency_ms / 1000 * parameters.cost_credits_per_compute_s
    )
    share = np.where(answered.status_codes == SUCCESS, 1.0, parameters.failure_cost_share)
    discount = 1 - by_tier(parameters.tier_discounts, answered.tiers)
    return np.asarray(np.maximum(np.round(full * share * discount, 4), 0.0001))


def _feedback(
    tiers: Array, is_success: Array, parameters: TelemetryParameters, uniform: Array
) -> Array:
    """1 up, 0 down, `UNKNOWN` for the many who say nothing."""
    up_share = np.where(
        is_success, parameters.thumbs_up_share_success, parameters.thumbs_up_share_failure
    )
    is_given = uniform[0] < by_tier(parameters.feedback_shares, tiers)
    return np.where(is_given, uniform[1] < up_share, UNKNOWN).astype(np.int8)


def by_tier(rates: TierRates, tiers: Array) -> Array:
    """The rate of each element's tier."""
    return np.asarray(np.asarray(rates.as_tuple())[tiers])


def known(observed: Array, simulated: Array) -> Array:
    """The observed values, completed by simulated ones where they are `UNKNOWN`."""
    return np.where(observed == UNKNOWN, simulated, observed)
