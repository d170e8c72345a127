"""Dimensions that are columns, or the calendar of one."""

from operator import itemgetter

from genai_session_analyzer.schema import TableSchema
from genai_session_analyzer.semantic.measures import Dimension


def column_dimensions(table: TableSchema, names: tuple[str, ...]) -> tuple[Dimension, ...]:
    """Return a dimension per column, described as the table's schema does."""
    return tuple(
        Dimension(
            name=column.name,
            expression=itemgetter(column.name),
            description=column.description,
            values=column.values,
        )
        for column in map(table.column, names)
    )


def calendar_dimensions(prefix: str, time: str) -> tuple[Dimension, ...]:
    """Return week, month, weekday and hour (UTC) of `time`, named `<prefix>_week` and so on."""
    return (
        Dimension(
            name=f"{prefix}_week",
            expression=lambda rows: rows[time].truncate("W").date(),
            description=f"Monday of the week of {time}",
        ),
        Dimension(
            name=f"{prefix}_month",
            expression=lambda rows: rows[time].truncate("M").date(),
            description=f"first day of the month of {time}",
        ),
        Dimension(
            name=f"{prefix}_weekday",
            expression=lambda rows: rows[time].day_of_week.index().cast("int32"),
            description=f"day of the week of {time}, 0 = Monday to 6 = Sunday",
        ),
        Dimension(
            name=f"{prefix}_hour",
            expression=lambda rows: rows[time].hour().cast("int32"),
            description=f"hour of {time}, 0-23",
        ),
    )
