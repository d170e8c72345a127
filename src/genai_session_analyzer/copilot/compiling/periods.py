"""Periods of time to group by."""

from genai_session_analyzer.copilot.compiling.conditions import DAY_FIELDS
from genai_session_analyzer.copilot.compiling.sources import Source
from genai_session_analyzer.copilot.plan import Grain

CYCLIC: tuple[Grain, ...] = ("weekday", "hour_of_day")
"""Periods that come again: they do not follow each other through the data."""

WITHIN_A_DAY: tuple[Grain, ...] = ("hour", "hour_of_day")
WEEKDAY_NUMBER = "weekday_number"


def day_fields(time_field: str) -> tuple[str, ...]:
    """Return the fields a grain or a time range may read."""
    return (time_field, DAY_FIELDS.get(time_field, time_field))


def period_sql(source: Source, grain: Grain) -> str:
    """Return the period of a row: first day, first moment of the hour, name or number."""
    if grain == "hour":
        return f"DATE_TRUNC('hour', {_time(source)})"
    if grain == "hour_of_day":
        return f"HOUR({_time(source)})"
    if grain == "weekday":
        return f"DAYNAME({_day(source)})"
    if grain == "day":
        return _day(source)
    return f"DATE_TRUNC('{grain}', {_day(source)})::DATE"


def weekday_number_sql(source: Source) -> str:
    """Return the number of a row's weekday, 1 = Monday to 7 = Sunday, to sort by."""
    return f"ISODOW({_day(source)})"


def _time(source: Source) -> str:
    return source.column(source.catalogue.entity(source.entity).time_field)


def _day(source: Source) -> str:
    time_field = source.catalogue.entity(source.entity).time_field
    if time_field in DAY_FIELDS:
        return source.column(DAY_FIELDS[time_field])
    column = source.column(time_field)
    return column if source.field(time_field).kind == "date" else f"{column}::DATE"
