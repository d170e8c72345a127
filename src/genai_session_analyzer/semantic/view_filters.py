"""What a person chose to look at: one set of filters, shared by every page, kept in the URL."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Self
from urllib.parse import parse_qsl, urlencode

from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.schema.values import (
    ART_STYLES,
    DEVICE_TYPES,
    DOMAINS,
    MOODS,
    REGIONS,
    STATUSES,
    USER_TIERS,
)
from genai_session_analyzer.semantic.measures import Filter

UNKNOWN = "unknown"
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
    "cluster": "cluster_id",
}
"""The word in the URL of each dimension, in the order of the filter bar."""

DAY_KEYS = {"from": "first_day", "to": "last_day"}
FILTER_KEYS = (*DAY_KEYS, *DIMENSION_KEYS)

KNOWN_VALUES: dict[str, tuple[str, ...]] = {
    "user_tier": (*USER_TIERS, UNKNOWN),
    "region": (*REGIONS, UNKNOWN),
    "device_type": (*DEVICE_TYPES, UNKNOWN),
    "status": (*STATUSES, UNKNOWN),
    "domain": DOMAINS,
    "art_style": ART_STYLES,
    "mood": MOODS,
}
"""Accepted values; `unknown` of a dimension that is no label keeps the rows without a value."""

LABEL_DIMENSIONS = ("domain", "art_style", "mood", "cluster_id")
USER_DIMENSIONS = ("user_tier", "region", "device_type")
GENERATION_DIMENSIONS = ("model_version", "status", *LABEL_DIMENSIONS)


class ViewFilters(BaseModel):
    """The rows a person wants to see; an empty tuple or None keeps everything.

    Both days are included. Values of one dimension are alternatives, dimensions add up.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    first_day: date | None = None
    last_day: date | None = None
    user_tier: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    device_type: tuple[str, ...] = ()
    model_version: tuple[str, ...] = ()
    status: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    art_style: tuple[str, ...] = ()
    mood: tuple[str, ...] = ()
    cluster_id: tuple[int, ...] = ()

    def as_filters(self) -> tuple[Filter, ...]:
        """Return the filters for `LABELLED_GENERATIONS`: days, then one per dimension in use."""
        return (*self.days("requested_date"), *self.of(DIMENSION_KEYS.values()))

    def days(self, dimension: str) -> tuple[Filter, ...]:
        """Return the date range as a filter of that date dimension; none where it is open."""
        if self.first_day is None and self.last_day is None:
            return ()
        end = None if self.last_day is None else self.last_day + timedelta(days=1)
        return (Filter(dimension=dimension, at_least=self.first_day, below=end),)

    def of(self, dimensions: Iterable[str]) -> tuple[Filter, ...]:
        """Return one filter per named dimension that is in use."""
        return tuple(
            Filter(dimension=name, one_of=_accepted(name, getattr(self, name)))
            for name in dimensions
            if getattr(self, name)
        )

    def uses(self, dimensions: Iterable[str]) -> bool:
        """Return whether any of these dimensions is filtered by."""
        return any(getattr(self, name) for name in dimensions)

    def replacing(self, **values: object) -> Self:
        """Return the filters with some of them set, checked: `replacing(user_tier=("pro",))`.

        Raises:
            pydantic.ValidationError: A field does not exist or has another type.
        """
        return type(self).model_validate(self.model_dump() | values)

    def to_query(self) -> str:
        """Return the URL's query, from `?` on, or an empty string where nothing is filtered."""
        days = [(key, getattr(self, field)) for key, field in DAY_KEYS.items()]
        pairs = [(key, day.isoformat()) for key, day in days if day is not None]
        for key, dimension in DIMENSION_KEYS.items():
            pairs += [(key, str(value)) for value in getattr(self, dimension)]
        return f"?{urlencode(pairs)}" if pairs else ""

    def into_query(self, query: str) -> str:
        """Return the query with these filters, its other keys (a search, a session) kept."""
        others = [pair for pair in _pairs(query) if pair[0] not in FILTER_KEYS]
        own = self.to_query().removeprefix("?")
        text = "&".join(part for part in (own, urlencode(others)) if part)
        return f"?{text}" if text else ""

    @classmethod
    def from_query(cls, query: str | None) -> Self:
        """Return the filters of a URL's query, with or without its `?`.

        Keys of other things are ignored; values that do not exist are dropped: `unread_in` tells.
        """
        values, _ = _parse(query or "")
        return cls.model_validate(values)


def unread_in(query: str | None) -> tuple[str, ...]:
    """Return the filters of a query that were dropped, as `tier=gold`, in their order."""
    _, dropped = _parse(query or "")
    return tuple(dropped)


def _accepted(dimension: str, values: tuple[str | int, ...]) -> tuple[str | int | None, ...]:
    """`unknown` also means null, but for labels: there it is an answer, and null is none."""
    if UNKNOWN in values and dimension not in LABEL_DIMENSIONS:
        return (*values, None)
    return values


def _pairs(query: str) -> list[tuple[str, str]]:
    return parse_qsl(query.removeprefix("?"))


def _parse(query: str) -> tuple[dict[str, object], list[str]]:
    """The fields a query sets, and what was dropped."""
    lists: dict[str, list[object]] = {}
    fields: dict[str, object] = {}
    dropped = []
    for key, text in _pairs(query):
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


def _read_cluster(_: str, text: str) -> int | None:
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
    "cluster": _read_cluster,
}
