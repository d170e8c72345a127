"""The words of the filters in a URL: their keys, the values each takes, and how both are read."""

from collections.abc import Callable
from datetime import date
from typing import Literal
from urllib.parse import parse_qsl

from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    FRICTION_BANDS,
    MOODS,
    PROMPT_LENGTH_CATEGORIES,
    REGIONS,
    STATUSES,
    USER_TIERS,
)

UNKNOWN = "unknown"
NOT_LABELLED = "not_labelled"
NotLabelled = Literal["not_labelled"]
LONGEST_VALUE = 200

DIMENSION_KEYS = {
    "tier": "user_tier",
    "region": "region",
    "device": "device_type",
    "model": "model_version",
    "status": "status",
    "domain": "domain",
    "style": "art_style",
    "mood": "mood",
    "complexity": "complexity_score",
    "length": "prompt_length_category",
    "cluster": "cluster_id",
    "friction": "friction_band",
}
"""The word in the URL of each dimension, in the order of the filter bar."""

DAY_KEYS = {"from": "first_day", "to": "last_day"}
FILTER_KEYS = (*DAY_KEYS, *DIMENSION_KEYS)

KNOWN_VALUES: dict[str, tuple[str, ...]] = {
    "user_tier": (*USER_TIERS, UNKNOWN),
    "region": (*REGIONS, UNKNOWN),
    "device_type": (*DEVICE_TYPES, UNKNOWN),
    "status": (*STATUSES, UNKNOWN),
    "domain": (*DOMAINS, NOT_LABELLED),
    "art_style": (*ART_STYLES, NOT_LABELLED),
    "mood": (*MOODS, NOT_LABELLED),
    "complexity_score": ("1", "2", "3", "4", "5", NOT_LABELLED),
    "prompt_length_category": (*PROMPT_LENGTH_CATEGORIES, UNKNOWN),
    "friction_band": (*FRICTION_BANDS, UNKNOWN),
}
"""Accepted values. `unknown` of a dimension that is no label keeps the rows without a value; of a
label it is what a labeler answered, and `not_labelled` keeps the rows without one."""

LABEL_DIMENSIONS = ("domain", "art_style", "mood", "complexity_score", "cluster_id")
USER_DIMENSIONS = ("user_tier", "region", "device_type")
GENERATION_DIMENSIONS = ("model_version", "status", "prompt_length_category", *LABEL_DIMENSIONS)
SESSION_DIMENSIONS = (*USER_DIMENSIONS, "friction_band")
"""What a session itself has; the band is null in a session without a score."""


def query_pairs(query: str) -> list[tuple[str, str]]:
    """Return the keys and values of a query, with or without its `?`."""
    return parse_qsl(query.removeprefix("?"))


def read_filters(query: str) -> tuple[dict[str, object], list[str]]:
    """Return the fields of `ViewFilters` that a query sets, and what was dropped: `tier=gold`."""
    lists: dict[str, list[object]] = {}
    fields: dict[str, object] = {}
    dropped = []
    for key, text in query_pairs(query):
        if key not in FILTER_KEYS:
            continue
        value = _READERS.get(key, _read_value)(key, text)
        if value is None:
            dropped.append(f"{key}={text[:LONGEST_VALUE]}")
        elif key in DAY_KEYS:
            fields[DAY_KEYS[key]] = value
        elif value not in lists.setdefault(DIMENSION_KEYS[key], []):
            lists[DIMENSION_KEYS[key]].append(value)
    return fields | {name: tuple(values) for name, values in lists.items()}, dropped


def _read_day(_: str, text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _read_number(_: str, text: str) -> int | str | None:
    if text == NOT_LABELLED:
        return text
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 10 else None


def _read_value(key: str, text: str) -> str | None:
    known = KNOWN_VALUES.get(DIMENSION_KEYS[key])
    if known is None:
        return text if len(text) <= LONGEST_VALUE else None
    return text if text in known else None


_READERS: dict[str, Callable[[str, str], object]] = {
    "from": _read_day,
    "to": _read_day,
    "complexity": _read_number,
    "cluster": _read_number,
}
