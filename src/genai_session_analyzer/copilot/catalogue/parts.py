"""Fields that are a part of a time: hour and weekday of a request, month of a signup."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from genai_session_analyzer.copilot.catalogue.terms import FieldKind, FieldTerm, TimePart
from genai_session_analyzer.copilot.plan import Entity

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
WEEK_PARTS = ("weekday", "weekend")
DAY_PARTS = ("night", "morning", "afternoon", "evening")


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
_DAY_PART = "part of the day: night 22-6, morning 6-12, afternoon 12-18, evening 18-22, UTC"
_WEEK_PART = "weekend (Saturday, Sunday) or weekday, UTC"
_WEEKDAY = "day of the week, UTC"
_FIRST, _LAST = "of the first generation", "of the last generation"
_PARTS: Mapping[Entity, tuple[_Part, ...]] = {
    "generations": (
        _Part("hour_of_day", "requested_at", "hour", "number", f"{_HOUR}, of the request"),
        _Part("day_part", "requested_at", "day_part", "category", _DAY_PART, DAY_PARTS),
        _Part("weekday", "requested_date", "weekday", "category", _WEEKDAY, WEEKDAYS),
        _Part("week_part", "requested_date", "week_part", "category", _WEEK_PART, WEEK_PARTS),
    ),
    "sessions": (
        _Part("hour_of_day", "started_at", "hour", "number", f"{_HOUR}, at which it started"),
        _Part("day_part", "started_at", "day_part", "category", _DAY_PART, DAY_PARTS),
        _Part("weekday", "session_date", "weekday", "category", _WEEKDAY, WEEKDAYS),
        _Part("week_part", "session_date", "week_part", "category", _WEEK_PART, WEEK_PARTS),
    ),
    "users": (
        _Part("signup_month", "signup_date", "month", "date", "first day of the month of signup"),
        _Part("signup_quarter", "signup_date", "quarter", "date", "first day of that quarter"),
        _Part("signup_year", "signup_date", "year", "date", "first day of the year of signup"),
        _Part("first_generation_week", "first_generation_at", "week", "date", f"Monday {_FIRST}"),
        _Part("first_generation_month", "first_generation_at", "month", "date",
              f"first day of the month {_FIRST}"),
        _Part("last_generation_week", "last_generation_at", "week", "date", f"Monday {_LAST}"),
        _Part("last_generation_month", "last_generation_at", "month", "date",
              f"first day of the month {_LAST}"),
    ),
    "prompts": (),
}  # fmt: skip


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
