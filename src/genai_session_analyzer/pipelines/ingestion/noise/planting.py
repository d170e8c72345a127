"""Plants imperfections in a log: its records as text, and the truth of each of them."""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.ingestion.noise.kinds import ALL_KINDS, NOISE_KINDS, code_of
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.pipelines.ingestion.noise.records import LogRecords, spoilt_records

CLEAN_CODE = 0
TRUTH_COLUMNS = pa.schema(
    [
        ("row_number", pa.int64()),
        ("kind", pa.string()),
        ("fate", pa.string()),
        ("spoilt_column", pa.string()),
        ("reason", pa.string()),
    ]
)
"""The first columns of the truth; the meant values follow."""
FIELD_OF_COLUMN = {
    "user": "user_name",
    "created": "requested_at",
    "outcome": "status",
    "milliseconds": "latency_ms",
}
"""The fields a missing column leaves unknown."""


@dataclass(frozen=True)
class PlantedLog:
    """A log and its truth, one row per record, in the order of the file.

    Attributes:
        records: The log's columns, all text, null where the record has nothing there.
        truth: `TRUTH_COLUMNS`, then the values ingestion must accept (`MEANT_SCHEMA`).
    """

    records: pa.Table
    truth: pa.Table


def plant_noise(
    meant: pa.Table, noise: NoiseParameters, generator: np.random.Generator
) -> PlantedLog:
    """Plants every kind at its rate; a record has at most one.

    Args:
        meant: From `meant_log`, in the order of time.
        noise: Rates and distances.
        generator: Decides which records, where they stand and with which wrong values.

    Returns:
        The meant rows, each once, and the copies, both in the order of the file.
    """
    origins, kinds = _chosen(meant.num_rows, noise, generator)
    order = np.argsort(_places(origins, kinds, noise, generator), kind="stable")
    origins, kinds = origins[order], kinds[order]
    log = LogRecords(meant.take(pa.array(origins)), kinds)
    return PlantedLog(spoilt_records(log, noise, generator), _truth(log))


def _chosen(
    row_count: int, noise: NoiseParameters, generator: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """Per record its meant row and its kind: every row once, then the copies."""
    rates = [noise.rates.get(kind.name, 0.0) for kind in NOISE_KINDS]
    drawn = np.searchsorted(np.cumsum(rates), generator.random(row_count), side="right")
    kinds = np.where(drawn == len(rates), CLEAN_CODE, drawn + 1)
    is_copied = np.isin(kinds, _codes("is_copy"))
    copies = np.flatnonzero(is_copied)
    originals = np.where(is_copied, CLEAN_CODE, kinds)
    return np.append(np.arange(row_count), copies), np.append(originals, kinds[copies])


def _places(
    origins: np.ndarray,
    kinds: np.ndarray,
    noise: NoiseParameters,
    generator: np.random.Generator,
) -> np.ndarray:
    """Where each record stands; those that are moved stand between the others."""
    farthest = np.zeros(len(ALL_KINDS))
    farthest[_codes("is_copy")] = noise.copy_records
    farthest[code_of("late_event")] = noise.late_records
    farthest[code_of("out_of_order")] = noise.disorder_records
    steps = np.ceil(generator.random(len(kinds)) * farthest[kinds])
    return np.asarray(origins + steps + np.where(steps > 0, 0.5, 0.0))


def _truth(log: LogRecords) -> pa.Table:
    named = pa.array([kind.name for kind in ALL_KINDS])
    fates = pa.array([kind.fate for kind in ALL_KINDS])
    spoilt = pa.array([kind.column for kind in ALL_KINDS], pa.string())
    reasons = pa.array([kind.reason for kind in ALL_KINDS], pa.string())
    codes = pa.array(log.kinds)
    numbers = pa.array(np.arange(1, len(log.kinds) + 1))
    told = pa.table(
        [numbers, *(words.take(codes) for words in (named, fates, spoilt, reasons))],
        schema=TRUTH_COLUMNS,
    )
    for name, values in zip(log.meant.column_names, log.meant.columns, strict=True):
        told = told.append_column(name, _without_missing(name, values, log.kinds))
    return told


def _without_missing(
    field: str, values: pa.ChunkedArray, kinds: np.ndarray
) -> pa.ChunkedArray | pa.Array:
    """The field's values, null where its column was left empty."""
    codes = [
        code
        for code, kind in enumerate(ALL_KINDS)
        if kind.is_missing and FIELD_OF_COLUMN.get(kind.column or "") == field
    ]
    if not codes:
        return values
    return pc.if_else(pa.array(np.isin(kinds, codes)), None, values)


def _codes(attribute: str) -> list[int]:
    return [code for code, kind in enumerate(ALL_KINDS) if getattr(kind, attribute)]
