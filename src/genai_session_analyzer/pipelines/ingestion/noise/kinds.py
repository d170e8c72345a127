"""The kinds of imperfection that can be planted, and what ingestion must make of each."""

from dataclasses import dataclass
from typing import Literal

Fate = Literal["accept", "repair", "reject", "drop"]
"""`repair`: accepted with the value that was meant; `drop`: neither accepted nor rejected."""


@dataclass(frozen=True)
class NoiseKind:
    """One kind of imperfection; a record has at most one.

    Attributes:
        name: What it is called in parameters and truth.
        fate: What ingestion must do with the record.
        column: The log's column that was spoilt; None for the record as a whole.
        reason: The one reason a rejected record must carry.
        is_copy: Whether it is a record more, made after an untouched one.
        is_missing: Whether the column is left empty.
    """

    name: str
    fate: Fate
    column: str | None = None
    reason: str | None = None
    is_copy: bool = False
    is_missing: bool = False


CLEAN = NoiseKind("clean", "accept")
"""Records nothing was done to."""

NOISE_KINDS: tuple[NoiseKind, ...] = (
    NoiseKind("exact_duplicate", "drop", is_copy=True),
    NoiseKind("id_conflict", "reject", "prompt", "generation_id_conflict", is_copy=True),
    NoiseKind("late_event", "accept"),
    NoiseKind("out_of_order", "accept"),
    NoiseKind("clock_skew", "reject", "created", "requested_at_in_the_future"),
    NoiseKind("offset_time", "repair", "created"),
    NoiseKind("naive_time", "repair", "created"),
    NoiseKind("missing_id", "reject", "request_id", "generation_id_missing", is_missing=True),
    NoiseKind("missing_prompt", "reject", "prompt", "prompt_text_missing", is_missing=True),
    NoiseKind("missing_user", "accept", "user", is_missing=True),
    NoiseKind("missing_time", "accept", "created", is_missing=True),
    NoiseKind("missing_status", "accept", "outcome", is_missing=True),
    NoiseKind("missing_latency", "accept", "milliseconds", is_missing=True),
    NoiseKind("blank_prompt", "reject", "prompt", "prompt_text_blank"),
    NoiseKind("unknown_status", "reject", "outcome", "unknown_status"),
    NoiseKind("negative_latency", "reject", "milliseconds", "latency_ms_negative"),
    NoiseKind("nan_latency", "reject", "milliseconds", "latency_ms_not_finite"),
    NoiseKind("invalid_utf8", "reject", "prompt", "invalid_utf8"),
    NoiseKind("unsafe_image_path", "reject", "image", "image_path_unsafe"),
)
ALL_KINDS = (CLEAN, *NOISE_KINDS)
"""A kind's position here is its code."""

KIND_NAMES = tuple(kind.name for kind in NOISE_KINDS)


def code_of(name: str) -> int:
    """Position of a kind in `ALL_KINDS`."""
    return 1 + KIND_NAMES.index(name)
