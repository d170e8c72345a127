"""What a source has and what it lacks, as NumPy arrays in the order of `raw_id`."""

import re
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from genai_session_analyzer.errors import SchemaError
from genai_session_analyzer.schema.prompt_text import estimated_token_count, normalised_prompt
from genai_session_analyzer.schema.values import ART_STYLES, DOMAINS, MOODS, STATUSES

Array = np.ndarray[Any, Any]

UNKNOWN = -1
"""Code of a value the source does not have."""
NO_TIME = int(np.iinfo(np.int64).min)
"""NumPy's not-a-time, as a number."""


@dataclass(frozen=True)
class SourceArrays:
    """One element per raw generation, in the order of `raw_id`.

    Attributes:
        user_names: Names of the observed users, sorted; one element per user.
        user_codes: Index into `user_names`, or `UNKNOWN`.
        requested_at_us: Microseconds since 1970 (UTC), or `NO_TIME`.
        thread_ids: Consecutive generations on one idea share it; `UNKNOWN` where not known.
        prompt_codes: Equal for equal prompts; 0 where there is none, or nothing asks for it.
        token_counts: Tokens of the prompt, 0 where nothing is known of it.
        is_unsafe: Whether the prompt has a safety keyword.
        status_codes: Index into `STATUSES`, or `UNKNOWN`.
        latency_ms: Whole milliseconds, or `UNKNOWN`.
        feedback_codes: 1 thumbs up, 0 thumbs down, or `UNKNOWN`.
        has_telemetry: Per telemetry field that needs no value here, whether the source has it.
        meant: Per field of `MEANINGS` an index into its values, or `UNKNOWN`.
    """

    user_names: Array
    user_codes: Array
    requested_at_us: Array
    thread_ids: Array
    prompt_codes: Array
    token_counts: Array
    is_unsafe: Array
    status_codes: Array
    latency_ms: Array
    feedback_codes: Array
    has_telemetry: dict[str, Array]
    meant: dict[str, Array]

    def __len__(self) -> int:
        return len(self.user_codes)

    @property
    def lacks_user(self) -> Array:
        """Whether the source names no user."""
        return np.asarray(self.user_codes == UNKNOWN)

    @property
    def lacks_time(self) -> Array:
        """Whether the source has no time."""
        return np.asarray(self.requested_at_us == NO_TIME)


def load_source_arrays(
    raw_generations: ir.Table,
    safety_keywords: tuple[str, ...],
    corpus_truth: ir.Table | None = None,
    *,
    with_all_prompts: bool = False,
) -> SourceArrays:
    """Reads what the simulation needs, once, in one pass over the raw store.

    Args:
        raw_generations: One row per generation.
        safety_keywords: Words that make a prompt unsafe.
        corpus_truth: What the corpus meant, one row per generation; None or empty = not known.
        with_all_prompts: Codes for all prompts instead of only those without a user.

    Raises:
        SchemaError: `raw_id` does not number the rows from 1.
    """
    rows = _features(raw_generations, safety_keywords, with_all_prompts).to_pyarrow()
    position = _numbers(rows, "raw_id") - 1
    if len(position) and not (position.min() == 0 and position.max() == len(position) - 1):
        raise SchemaError(
            "raw_generations.raw_id does not number the rows from 1; ingest the source again."
        )
    user_names, user_codes = _encoded(rows.column("user_name"))
    columns = {}
    for name in (*_NUMBERS, *_PRESENCE):
        columns[name] = _in_order(_numbers(rows, name), position)
        rows = rows.drop_columns(name)  # one copy of everything is enough
    return SourceArrays(
        user_names=user_names,
        user_codes=_in_order(user_codes, position),
        has_telemetry={name: columns.pop(name) for name in _PRESENCE},
        meant=_meanings(corpus_truth, len(position)),
        **columns,
    )


def _meanings(corpus_truth: ir.Table | None, row_count: int) -> dict[str, Array]:
    meant = {name: np.full(row_count, UNKNOWN, dtype=np.int8) for name in MEANINGS}
    if corpus_truth is None:
        return meant
    codes = corpus_truth.select(
        "raw_id",
        **{
            name: corpus_truth[f"meant_{name}"]
            .cases(*((value, code) for code, value in enumerate(values)), else_=UNKNOWN)
            .cast("int8")
            for name, values in MEANINGS.items()
        },
    ).to_pyarrow()
    if codes.num_rows == row_count:
        position = _numbers(codes, "raw_id") - 1
        meant = {name: _in_order(_numbers(codes, name), position) for name in MEANINGS}
    return meant


MEANINGS: dict[str, tuple[str, ...]] = {"domain": DOMAINS, "art_style": ART_STYLES, "mood": MOODS}
"""What the corpus generator had in mind, and the values of each."""
_PRESENCE = ("retry_count", "cost_credits", "is_downloaded", "model_version")
_NUMBERS = (
    "requested_at_us",
    "thread_ids",
    "prompt_codes",
    "token_counts",
    "is_unsafe",
    "status_codes",
    "latency_ms",
    "feedback_codes",
)


def _features(raw: ir.Table, safety_keywords: tuple[str, ...], with_all_prompts: bool) -> ir.Table:
    prompt = normalised_prompt(raw.prompt_text)
    keyword = r"(?i)\b(?:" + "|".join(map(re.escape, safety_keywords)) + r")\b"
    is_unsafe = prompt.re_search(keyword) if safety_keywords else ibis.literal(False)
    needs_code = ibis.literal(True) if with_all_prompts else raw.user_name.isnull()
    tokens = ibis.coalesce(raw.token_count, estimated_token_count(prompt), 0)
    statuses = [(status, code) for code, status in enumerate(STATUSES)]
    feedback = [("thumbs_down", 0), ("thumbs_up", 1)]
    return raw.select(
        "raw_id",
        "user_name",
        requested_at_us=raw.requested_at,
        thread_ids=raw.thread_id.fill_null(UNKNOWN),
        prompt_codes=ibis.cases((needs_code, prompt.hash()), else_=0),
        token_counts=tokens.cast("int32"),
        is_unsafe=is_unsafe.fill_null(False),
        status_codes=raw.status.cases(*statuses, else_=UNKNOWN).cast("int8"),
        latency_ms=raw.latency_ms.fill_null(UNKNOWN).cast("int64"),
        feedback_codes=raw.feedback.cases(*feedback, else_=UNKNOWN).cast("int8"),
        **{name: raw[name].notnull() for name in _PRESENCE},
    )


def _numbers(rows: pa.Table, name: str) -> Array:
    column = rows.column(name).combine_chunks()
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.timestamp("us")).cast(pa.int64()).fill_null(NO_TIME)
    if pa.types.is_integer(column.type):
        column = column.fill_null(0)
    return np.asarray(column.to_numpy(zero_copy_only=False))


def _encoded(names: pa.ChunkedArray) -> tuple[Array, Array]:
    """The distinct names, sorted, and each row's index into them (`UNKNOWN` for null)."""
    encoded = names.combine_chunks().dictionary_encode()
    dictionary = encoded.dictionary
    order = pc.sort_indices(dictionary).to_numpy()
    rank = np.empty(len(order) + 1, dtype=np.int32)
    rank[order] = np.arange(len(order), dtype=np.int32)
    rank[-1] = UNKNOWN
    codes = encoded.indices.fill_null(len(order)).to_numpy(zero_copy_only=False)
    return np.asarray(dictionary.take(pa.array(order)).to_numpy(zero_copy_only=False)), rank[codes]


def _in_order(values: Array, position: Array) -> Array:
    ordered = np.empty_like(values)
    ordered[position] = values
    return ordered
