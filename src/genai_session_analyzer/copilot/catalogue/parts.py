"""Fields that are a part of a time: hour and weekday of a request, month of a signup."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.catalogue.terms import FieldKind, FieldTerm, TimePart
from genai_session_analyzer.copilot.plan import Entity

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK_PARTS = ("weekday", "weekend")


@dataclass(frozen=True)
class _Part:
    """A field computed of another: its name, that other field, which part of it, and words."""

    name: str
    of: str
    part: TimePart
    kind: FieldKind
    description: str
    values: tuple[str, ...] = ()


_HOUR = "hour of the day, UTC, 0-23"
_WEEK_PART = "weekend (Saturday, Sunday) or weekday, UTC"
_WEEKDAY = "day of the week, UTC"
_PARTS: Mapping[Entity, tuple[_Part, ...]] = {
    "generations": (
        _Part("hour_of_day", "requested_at", "hour", "number", f"{_HOUR}, of the request"),
        _Part("weekday", "requested_date", "weekday", "category", _WEEKDAY, WEEKDAYS),
        _Part("week_part", "requested_date", "week_part", "category", _WEEK_PART, WEEK_PARTS),
    ),
    "sessions": (
        _Part("hour_of_day", "started_at", "hour", "number", f"{_HOUR}, at which it started"),
        _Part("weekday", "session_date", "weekday", "category", _WEEKDAY, WEEKDAYS),
        _Part("week_part", "session_date", "week_part", "category", _WEEK_PART, WEEK_PARTS),
    ),
    "users": (
        _Part("signup_month", "signup_date", "month", "date", "first day of the month of signup"),
        _Part("signup_quarter", "signup_date", "quarter", "date", "first day of that quarter"),
        _Part("signup_year", "signup_date", "year", "date", "first day of the year of signup"),
    ),
    "prompts": (),
}


def part_fields(entity: Entity, fields: Mapping[str, FieldTerm]) -> Iterator[FieldTerm]:
    """Yield the fields of an entity that are parts of its times."""
    for each in _PARTS[entity]:
        yield replace(
            fields[each.of],
            name=each.name,
            kind=each.kind,
            part=each.part,
            unit="",
            description=each.description,
            synonyms=(),
            values=each.values,
        )
