"""What happens to a request: status, latency, retries, cost, feedback, download, model.

Every array has one element per generation of a block. Observed values win; what follows from them
(a latency from a status, a download from a success) follows from the observed one.
"""

from dataclasses import dataclass, replace

import numpy as np

from genai_session_analyzer.pipelines.simulation.failures import draw_statuses
from genai_session_analyzer.pipelines.simulation.parameter_section import TierRates
from genai_session_analyzer.pipelines.simulation.parameters import TelemetryParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import (
    BLOCK_ROWS,
    choose,
    poisson,
    single_uniform,
)
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

    def uniform() -> Array:
        return single_uniform(generator, BLOCK_ROWS)[: len(requests)]

    drawn = draw_statuses(
        requests.tiers, requests.token_counts, requests.is_unsafe, parameters, uniform()
    )
    status = known(requests.status_codes, drawn)
    retries = _retries(status, parameters, uniform())
    models = choose(uniform(), tuple(parameters.model_version_shares.values()))
    spread = generator.standard_normal(BLOCK_ROWS, dtype=np.float32)[: len(requests)]
    # Only a success is downloaded: the number that would decide it tells how quick a rejection is.
    download = uniform()
    latency = _latencies(requests.token_counts, status, parameters, spread, download)
    answered = replace(
        requests, status_codes=status, latency_ms=known(requests.latency_ms, latency)
    )
    return follow_up(answered, parameters, (uniform(), download), (retries, models))


def follow_up(
    answered: Requests,
    parameters: TelemetryParameters,
    uniforms: tuple[Array, Array],
    retries_and_models: tuple[Array, Array],
) -> Telemetry:
    """The telemetry of requests whose status and latency are known: cost, feedback, download.

    Args:
        answered: Requests with a status and a latency each.
        parameters: Shares and rates.
        uniforms: Numbers in [0, 1) that decide feedback and download, one each per request.
        retries_and_models: Both are handed on.
    """
    feedback = known(answered.feedback_codes, _feedback(answered, parameters, uniforms[0]))
    download_share = by_tier(parameters.download_shares, answered.tiers)
    download_share += parameters.liked_download_bonus * (feedback == 1)
    return Telemetry(
        status_codes=answered.status_codes,
        latency_ms=answered.latency_ms,
        retry_counts=retries_and_models[0],
        cost_credits=costs(answered, parameters),
        feedback_codes=feedback,
        is_downloaded=(answered.status_codes == SUCCESS) & (uniforms[1] < download_share),
        model_codes=retries_and_models[1],
    )


def _latencies(
    token_counts: Array,
    status: Array,
    parameters: TelemetryParameters,
    spread: Array,
    uniform: Array,
) -> Array:
    """Whole milliseconds: tokens x log-normal; the ceiling for timeouts; quick rejections."""
    latency = np.maximum(token_counts, 1) * parameters.latency_ms_per_token
    latency += parameters.latency_fixed_ms
    latency *= np.exp(parameters.latency_sigma * spread)
    np.minimum(latency, parameters.timeout_latency_ms, out=latency)
    low, high = parameters.rejection_latency_ms
    rejected = np.flatnonzero((status == SAFETY_VIOLATION) | (status == RATE_LIMITED))
    latency[rejected] = low + uniform[rejected] * (high - low)
    latency[np.flatnonzero(status == TIMEOUT)] = parameters.timeout_latency_ms
    np.maximum(np.rint(latency, out=latency), 1, out=latency)
    return latency.astype(np.int64)


def _retries(status: Array, parameters: TelemetryParameters, uniform: Array) -> Array:
    """Poisson with a mean by outcome, cut at the maximum; most requests are successes."""
    retries = poisson(uniform, np.float32(parameters.mean_retries_success), parameters.max_retries)
    failed = np.flatnonzero(status != SUCCESS)
    mean = np.float32(parameters.mean_retries_failure)
    retries[failed] = poisson(uniform[failed], mean, parameters.max_retries)
    return retries


def costs(answered: Requests, parameters: TelemetryParameters) -> Array:
    """Credits, to four decimals: tokens and compute time, less for failures, less by tier."""
    cost = answered.token_counts * parameters.cost_credits_per_token
    cost += answered.latency_ms * (parameters.cost_credits_per_compute_s / 1000)
    price = 1 - np.asarray(parameters.tier_discounts.as_tuple())
    cost *= _by_outcome(price, parameters.failure_cost_share * price, answered)
    return np.asarray(np.maximum(np.round(cost, 4, out=cost), 0.0001, out=cost))


def _feedback(answered: Requests, parameters: TelemetryParameters, uniform: Array) -> Array:
    """1 up, 0 down, `UNKNOWN` for the many who say nothing."""
    given = np.asarray(parameters.feedback_shares.as_tuple())
    up_success = parameters.thumbs_up_share_success * given
    up_failure = parameters.thumbs_up_share_failure * given
    is_up = uniform < _by_outcome(up_success, up_failure, answered)
    is_given = uniform < given.take(answered.tiers)
    return np.asarray(is_given.view(np.int8) + is_up + np.int8(UNKNOWN))


def _by_outcome(of_success: Array, of_failure: Array, answered: Requests) -> Array:
    """The rate of each request's outcome and tier, from two rates per tier."""
    is_failure = answered.status_codes != SUCCESS
    place = is_failure.view(np.int8) * np.int8(len(of_success)) + answered.tiers
    return np.asarray(np.concatenate((of_success, of_failure)).take(place))


def by_tier(rates: TierRates, tiers: Array) -> Array:
    """The rate of each element's tier."""
    return np.asarray(rates.as_tuple()).take(tiers)


def known(observed: Array, simulated: Array) -> Array:
    """The observed values, completed by simulated ones where they are `UNKNOWN`."""
    return np.where(observed == UNKNOWN, simulated, observed)
