"""The records of a log as text, with what is wrong in them."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.pipelines.ingestion.noise.kinds import ALL_KINDS, code_of
from genai_session_analyzer.pipelines.ingestion.noise.parameters import NoiseParameters
from genai_session_analyzer.schema.values import STATUSES

OUTCOME_WORDS = ("ok", "timed_out", "blocked", "throttled", "failed")
"""The log's words, in the order of `STATUSES`; `noisy_log.yml` maps them back."""
BROKEN_BYTE_MARK = "\ue000"
"""A private character no prompt has; the writer puts a byte that is no UTF-8 in its place."""
OFFSETS = (("+02:00", 120), ("-08:00", -480), ("+05:30", 330), ("+00:00", 0))
"""Offsets of mixed zones, and their minutes."""
UNSTATED_OFFSET_MINUTES = 540
"""Of Asia/Tokyo, the zone `noisy_log.yml` gives to times without one."""
LEAST_SKEW_S = 60
_ISO = "%Y-%m-%dT%H:%M:%S"


@dataclass(frozen=True)
class LogRecords:
    """The records of a log in the order of the file, before they become text.

    Attributes:
        meant: `MEANT_SCHEMA`, a row per record; of a copy, its original's values.
        kinds: Code of each record's kind, an index into `ALL_KINDS`.
    """

    meant: pa.Table
    kinds: np.ndarray

    def is_kind(self, name: str) -> pa.Array:
        """Whether each record is of that kind."""
        return pa.array(self.kinds == code_of(name))


def spoilt_records(
    log: LogRecords, noise: NoiseParameters, generator: np.random.Generator
) -> pa.Table:
    """The log's columns as text, each record as its kind wants it; null where it has nothing."""
    meant = log.meant
    columns = {
        "request_id": meant["generation_id"],
        "prompt": _prompts(log),
        "user": meant["user_name"],
        "created": _times(log, noise, generator),
        "outcome": _outcomes(log),
        "milliseconds": _latencies(log),
        **{name: meant[name].cast(pa.string()) for name in ("steps", "width", "height")},
        "image": _image_paths(log),
    }
    return pa.table({name: _emptied(name, column, log) for name, column in columns.items()})


def _prompts(log: LogRecords) -> pa.ChunkedArray:
    prompts = log.meant["prompt_text"]
    again = pc.binary_join_element_wise(prompts, "once more", ", ")
    broken = pc.binary_join_element_wise(BROKEN_BYTE_MARK, prompts, "")
    prompts = pc.if_else(log.is_kind("id_conflict"), again, prompts)
    prompts = pc.if_else(log.is_kind("invalid_utf8"), broken, prompts)
    return pc.if_else(log.is_kind("blank_prompt"), " \t ", prompts)


def _times(
    log: LogRecords, noise: NoiseParameters, generator: np.random.Generator
) -> pa.ChunkedArray:
    """ISO 8601 in UTC; of the spoilt ones, other zones, none, or beyond the period."""
    moments = log.meant["requested_at"]
    size = len(log.kinds)
    skew_s = generator.uniform(LEAST_SKEW_S, noise.max_skew_days * 86_400, size)
    beyond = pa.array(np.datetime64(noise.last_moment, "us") + _microseconds(skew_s))
    offsets = generator.integers(0, len(OFFSETS), size)
    minutes = np.array([minutes for _, minutes in OFFSETS])[offsets]
    suffixes = pa.array([suffix for suffix, _ in OFFSETS]).take(pa.array(offsets))
    abroad = pc.strftime(pc.add(moments, pa.array(_microseconds(minutes * 60))), format=_ISO)
    unstated = pc.add(moments, pa.scalar(timedelta(minutes=UNSTATED_OFFSET_MINUTES)))
    skewed = pc.if_else(log.is_kind("clock_skew"), beyond, moments)
    times = pc.strftime(skewed, format=f"{_ISO}Z")
    times = pc.if_else(
        log.is_kind("offset_time"), pc.binary_join_element_wise(abroad, suffixes, ""), times
    )
    naive = pc.strftime(unstated, format="%Y-%m-%d %H:%M:%S")
    return pc.if_else(log.is_kind("naive_time"), naive, times)


def _microseconds(seconds: np.ndarray) -> np.ndarray:
    return np.asarray(np.rint(seconds).astype(np.int64) * 1_000_000).astype("timedelta64[us]")


def _outcomes(log: LogRecords) -> pa.ChunkedArray:
    codes = pc.index_in(log.meant["status"], value_set=pa.array(STATUSES))
    words = pa.array(OUTCOME_WORDS).take(codes)
    return pc.if_else(log.is_kind("unknown_status"), "exploded", words)


def _latencies(log: LogRecords) -> pa.ChunkedArray:
    latencies = log.meant["latency_ms"].cast(pa.string())
    negative = pc.binary_join_element_wise("-", latencies, "")
    latencies = pc.if_else(log.is_kind("negative_latency"), negative, latencies)
    return pc.if_else(log.is_kind("nan_latency"), "NaN", latencies)


def _image_paths(log: LogRecords) -> pa.ChunkedArray:
    paths = log.meant["image_path"]
    outside = pc.binary_join_element_wise("../..", paths, "/")
    return pc.if_else(log.is_kind("unsafe_image_path"), outside, paths)


def _emptied(name: str, column: pa.ChunkedArray, log: LogRecords) -> pa.ChunkedArray:
    codes = [c for c, kind in enumerate(ALL_KINDS) if kind.is_missing and kind.column == name]
    return pc.if_else(pa.array(np.isin(log.kinds, codes)), None, column) if codes else column
