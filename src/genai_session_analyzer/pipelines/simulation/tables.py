"""The simulated generations as Arrow batches: of each only what its source lacks."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa

from genai_session_analyzer.pipelines.simulation.activity import Activity
from genai_session_analyzer.pipelines.simulation.outcomes import Outcomes
from genai_session_analyzer.pipelines.simulation.parameters import SimulationParameters
from genai_session_analyzer.pipelines.simulation.random_blocks import blocks, stream
from genai_session_analyzer.pipelines.simulation.source_arrays import (
    UNKNOWN,
    Array,
    SourceArrays,
)
from genai_session_analyzer.pipelines.simulation.telemetry import (
    Requests,
    Telemetry,
    follow_up,
    simulate_telemetry,
)
from genai_session_analyzer.pipelines.simulation.user_table import user_ids
from genai_session_analyzer.schema.values import STATUSES

_WORD = pa.dictionary(pa.int32(), pa.string())
SIMULATED_GENERATIONS = pa.schema(
    {
        "raw_id": pa.int64(),
        "user_id": _WORD,
        "requested_at": pa.timestamp("us"),
        "status": _WORD,
        "latency_ms": pa.int64(),
        "retry_count": pa.int32(),
        "cost_credits": pa.float64(),
        "feedback": _WORD,
        "is_downloaded": pa.bool_(),
        "model_version": _WORD,
        "has_simulated_telemetry": pa.bool_(),
    }
)
"""One row per generation of which anything is simulated; key `raw_id`; null = not simulated."""


def generation_batches(
    source: SourceArrays, activity: Activity, simulation: SimulationParameters
) -> Iterator[pa.RecordBatch]:
    """The rows of `SIMULATED_GENERATIONS`, a batch per block, in the order of `raw_id`."""
    ids = user_ids(activity.population)
    for block, rows in blocks(len(source)):
        columns = _who_and_when(source, activity, rows, ids)
        if simulation.fill.telemetry:
            columns |= _what_happened(source, activity, rows, block, simulation)
        yield _batch(columns, rows)


def _batch(columns: dict[str, pa.Array], rows: slice) -> pa.RecordBatch:
    size = rows.stop - rows.start
    complete = [
        columns.get(field.name, pa.nulls(size, field.type)) for field in SIMULATED_GENERATIONS
    ]
    complete[0] = pa.array(np.arange(rows.start + 1, rows.stop + 1))
    batch = pa.RecordBatch.from_arrays(complete, schema=SIMULATED_GENERATIONS)
    is_used = np.zeros(size, dtype=bool)
    for column in batch.columns[1:-1]:
        is_used |= column.is_valid().to_numpy(zero_copy_only=False)
    return batch if is_used.all() else batch.filter(pa.array(is_used))


def _who_and_when(
    source: SourceArrays, activity: Activity, rows: slice, ids: pa.Array
) -> dict[str, pa.Array]:
    lacks_user, lacks_time = source.lacks_user[rows], source.lacks_time[rows]
    return {
        "user_id": _words(activity.user_codes[rows], ids, lacks_user),
        "requested_at": pa.array(
            activity.requested_at_us[rows], mask=~lacks_time, type=pa.int64()
        ).cast(pa.timestamp("us")),
    }


def _what_happened(
    source: SourceArrays,
    activity: Activity,
    rows: slice,
    block: int,
    simulation: SimulationParameters,
) -> dict[str, pa.Array]:
    requests = requests_of(source, activity, rows)
    generator = stream(simulation.seed, "telemetry", block)
    if activity.outcomes is None:
        telemetry = simulate_telemetry(requests, simulation.telemetry, generator)
    else:
        telemetry = _followed_up(requests, activity.outcomes, rows, simulation, generator)
    if simulation.retries_as_rows:
        telemetry = replace(telemetry, retry_counts=np.zeros_like(telemetry.retry_counts))
    return _telemetry_columns(requests, telemetry, source, rows, simulation)


def requests_of(source: SourceArrays, activity: Activity, rows: slice | Array) -> Requests:
    """What the source says of these generations, with their users' tiers."""
    return Requests(
        tiers=activity.population.tiers[activity.user_codes[rows]],
        token_counts=source.token_counts[rows],
        is_unsafe=source.is_unsafe[rows],
        status_codes=source.status_codes[rows],
        latency_ms=source.latency_ms[rows],
        feedback_codes=source.feedback_codes[rows],
    )


def _followed_up(
    requests: Requests,
    outcomes: Outcomes,
    rows: slice,
    simulation: SimulationParameters,
    generator: np.random.Generator,
) -> Telemetry:
    answered = replace(
        requests, status_codes=outcomes.status_codes[rows], latency_ms=outcomes.latency_ms[rows]
    )
    handed_on = outcomes.retry_counts[rows], outcomes.model_codes[rows]
    feedback, download = generator.random((2, len(requests)), dtype=np.float32)
    return follow_up(answered, simulation.telemetry, (feedback, download), handed_on)


def _telemetry_columns(
    requests: Requests,
    telemetry: Telemetry,
    source: SourceArrays,
    rows: slice,
    simulation: SimulationParameters,
) -> dict[str, pa.Array]:
    present = {name: has[rows] for name, has in source.has_telemetry.items()}
    models = pa.array(list(simulation.telemetry.model_version_shares))
    columns = {
        "status": _words(
            telemetry.status_codes, pa.array(STATUSES), requests.status_codes == UNKNOWN
        ),
        "latency_ms": pa.array(
            telemetry.latency_ms.astype(np.int64), mask=requests.latency_ms != UNKNOWN
        ),
        "retry_count": pa.array(
            telemetry.retry_counts.astype(np.int32), mask=present["retry_count"]
        ),
        "cost_credits": pa.array(telemetry.cost_credits, mask=present["cost_credits"]),
        "feedback": _words(
            telemetry.feedback_codes,
            pa.array(["thumbs_down", "thumbs_up"]),
            (requests.feedback_codes == UNKNOWN) & (telemetry.feedback_codes != UNKNOWN),
        ),
        "is_downloaded": pa.array(telemetry.is_downloaded, mask=present["is_downloaded"]),
        "model_version": _words(telemetry.model_codes, models, ~present["model_version"]),
    }
    is_simulated = np.zeros(len(requests), dtype=bool)
    for column in columns.values():
        is_simulated |= column.is_valid().to_numpy(zero_copy_only=False)
    return columns | {"has_simulated_telemetry": pa.array(is_simulated)}


def _words(codes: Array, words: pa.Array, is_used: Array) -> pa.DictionaryArray:
    indices = pa.array(codes.astype(np.int32), mask=~is_used)
    return pa.DictionaryArray.from_arrays(indices, words)
