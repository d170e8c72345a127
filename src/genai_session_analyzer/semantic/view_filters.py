"""What a person chose to look at: one set of filters, shared by every page, kept in the URL."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Self
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict

from genai_session_analyzer.semantic.measures import Filter
from genai_session_analyzer.semantic.view_keys import (
    DAY_KEYS,
    DIMENSION_KEYS,
    FILTER_KEYS,
    GENERATION_DIMENSIONS,
    KNOWN_VALUES,
    LABEL_DIMENSIONS,
    NOT_LABELLED,
    SESSION_DIMENSIONS,
    UNKNOWN,
    USER_DIMENSIONS,
    NotLabelled,
    query_pairs,
    read_filters,
)

__all__ = [
    "DAY_KEYS", "DIMENSION_KEYS", "FILTER_KEYS", "GENERATION_DIMENSIONS", "KNOWN_VALUES",
    "LABEL_DIMENSIONS", "NOT_LABELLED", "SESSION_DIMENSIONS", "UNKNOWN", "USER_DIMENSIONS",
    "ViewFilters", "unread_in",
]  # fmt: skip


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
    complexity_score: tuple[int | NotLabelled, ...] = ()
    prompt_length_category: tuple[str, ...] = ()
    cluster_id: tuple[int | NotLabelled, ...] = ()
    friction_band: tuple[str, ...] = ()

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
        others = [pair for pair in query_pairs(query) if pair[0] not in FILTER_KEYS]
        own = self.to_query().removeprefix("?")
        text = "&".join(part for part in (own, urlencode(others)) if part)
        return f"?{text}" if text else ""

    @classmethod
    def from_query(cls, query: str | None) -> Self:
        """Return the filters of a URL's query, with or without its `?`.

        Keys of other things are ignored; values that do not exist are dropped: `unread_in` tells.
        """
        values, _ = read_filters(query or "")
        return cls.model_validate(values)


def unread_in(query: str | None) -> tuple[str, ...]:
    """Return the filters of a query that were dropped, as `tier=gold`, in their order."""
    _, dropped = read_filters(query or "")
    return tuple(dropped)


def _accepted(dimension: str, values: tuple[str | int, ...]) -> tuple[str | int | None, ...]:
    """`unknown` also means null, but for labels: there it is an answer, null is `not_labelled`."""
    if dimension in LABEL_DIMENSIONS:
        return tuple(None if value == NOT_LABELLED else value for value in values)
    return (*values, None) if UNKNOWN in values else values
