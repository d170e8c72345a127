"""Retries as generations of their own: the failed attempts before a generation's outcome."""

from collections.abc import Iterator

import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.activity import Activity
from genai_session_analyzer.pipelines.simulation.outcomes import Outcomes
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import blocks, stream
from genai_session_analyzer.pipelines.simulation.rhythm import SECOND_US
from genai_session_analyzer.pipelines.simulation.source_arrays import Array, SourceArrays
from genai_session_analyzer.pipelines.simulation.telemetry import (
    MODEL_ERROR,
    RATE_LIMITED,
    SAFETY_VIOLATION,
    SUCCESS,
    TIMEOUT,
    Requests,
    by_tier,
    costs,
)
from genai_session_analyzer.schema.values import STATUSES

RETRY_ROWS = pa.schema(
    {
        "raw_id": pa.int64(),
        "attempt": pa.int32(),
        "requested_at": pa.timestamp("us"),
        "status": pa.dictionary(pa.int32(), pa.string()),
        "latency_ms": pa.int64(),
        "cost_credits": pa.float64(),
    }
)
"""One row per retry; key `raw_id`, `attempt` (from 1). The generation is the last attempt."""


def retry_batches(
    source: SourceArrays, activity: Activity, simulation: SimulationParameters
) -> Iterator[pa.RecordBatch]:
    """The rows of `RETRY_ROWS`; none unless `retries_as_rows` is set and retries are simulated.

    The attempts before a success failed by rate limit or model error, as the tier's rates have
    it; those before a failure failed in the same way.
    """
    outcomes = activity.outcomes
    if outcomes is None or not simulation.retries_as_rows:
        return
    for block, rows in blocks(len(source)):
        counts = np.where(source.has_telemetry["retry_count"][rows], 0, outcomes.retry_counts[rows])
        row = np.repeat(np.arange(rows.start, rows.stop), counts)
        attempt = np.arange(len(row)) - np.repeat(np.cumsum(counts) - counts, counts) + 1
        before = np.repeat(counts, counts) - attempt + 1
        uniform = stream(simulation.seed, "retries", block).random((2, len(row)))
        failed = _failures(source, activity, outcomes, row, uniform)
        delay = round(simulation.telemetry.retry_delay_s * SECOND_US)
        columns = [
            pa.array(row + 1),
            pa.array(attempt.astype(np.int32)),
            pa.array(activity.requested_at_us[row] - before * delay).cast(pa.timestamp("us")),
            pa.DictionaryArray.from_arrays(
                pa.array(failed.status_codes.astype(np.int32)), pa.array(STATUSES)
            ),
            pa.array(failed.latency_ms),
            pa.array(costs(failed, simulation.telemetry)),
        ]
        yield pa.RecordBatch.from_arrays(columns, schema=RETRY_ROWS)


def _failures(
    source: SourceArrays, activity: Activity, outcomes: Outcomes, row: Array, uniform: Array
) -> Requests:
    """Each attempt with its status and latency; `uniform` has the shape (2, attempts)."""
    rules = activity.world.simulation.telemetry
    tiers = activity.population.tiers[activity.user_codes[row]]
    limited = by_tier(rules.rate_limited_shares, tiers)
    is_limited = uniform[0] * (limited + rules.model_error_share) < limited
    instead = np.where(is_limited, RATE_LIMITED, MODEL_ERROR)
    final = outcomes.status_codes[row]
    status = np.where(final == SUCCESS, instead, final)
    low, high = rules.rejection_latency_ms
    quick = np.rint(low + uniform[1] * (high - low))
    is_quick = (status == RATE_LIMITED) | (status == SAFETY_VIOLATION)
    slow = np.where(status == TIMEOUT, rules.timeout_latency_ms, outcomes.latency_ms[row])
    return Requests(
        tiers=tiers,
        token_counts=source.token_counts[row],
        is_unsafe=source.is_unsafe[row],
        status_codes=status,
        latency_ms=np.where(is_quick, quick, slow).astype(np.int64),
        feedback_codes=status,
    )
