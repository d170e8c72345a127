"""Rules one row can be held to: each takes a column and says, row by row, whether it holds.

Written for `pandera.Check`: a rule gets `IbisData(table, key)` and returns a boolean expression.
"""

from collections.abc import Callable
from datetime import datetime

import ibis
import ibis.expr.types as ir
from pandera.api.ibis.types import IbisData

from genai_session_analyzer.pipelines.ingestion.mapping.conversion import SOURCE_SUFFIX, ZONE
from genai_session_analyzer.pipelines.ingestion.mapping.duckdb_functions import character, floored

Rule = Callable[[IbisData], ir.BooleanValue | bool]

UNSAFE_PATH = r"^[/~]|\\|^[A-Za-z]:|://|(^|/)[.][.](/|$)"
"""Absolute, of another system, an address, or leading out of the image folder."""


def is_present(data: IbisData) -> ir.BooleanValue:
    """Not null."""
    return _field(data).notnull()


def is_not_blank(data: IbisData) -> ir.BooleanValue:
    """More than white space."""
    return _field(data).re_search(r"[^\s]")


def has_no_nul(data: IbisData) -> ir.BooleanValue:
    """No NUL character, which cuts text short in other programs."""
    return ~_field(data).contains(character(0))


def is_at_most_long(characters: int) -> Rule:
    """No longer than that many characters."""
    return lambda data: _field(data).length() <= characters


def is_safe_path(data: IbisData) -> ir.BooleanValue:
    """A relative path that stays below the image folder."""
    return ~_field(data).re_search(UNSAFE_PATH)


def is_one_of(words: tuple[str, ...]) -> Rule:
    """One of the accepted words, exactly."""
    return lambda data: _field(data).isin(words)


def is_at_least(lowest: float) -> Rule:
    """Not below the bound."""
    return lambda data: _field(data) >= lowest


def is_at_most(highest: float) -> Rule:
    """Not above the bound; NaN, which DuckDB sorts last, breaks another rule."""

    def rule(data: IbisData) -> ir.BooleanValue:
        field = _field(data)
        is_below = field <= highest
        return is_below | field.isnan() if field.type().is_floating() else is_below

    return rule


def is_from(first: datetime) -> Rule:
    """Not before a time."""
    return lambda data: _field(data) >= ibis.literal(first).cast(_field(data).type())


def is_until(last: datetime) -> Rule:
    """Not after a time."""
    return lambda data: _field(data) <= ibis.literal(last).cast(_field(data).type())


def is_readable(data: IbisData) -> ir.BooleanValue | bool:
    """The source's value became one of the field's type."""
    return _if_unread(data, lambda _: ibis.literal(False))


def is_number(data: IbisData) -> ir.BooleanValue | bool:
    """The source's value is a number at all."""
    return _if_unread(data, lambda source: source.try_cast("float64").notnull())


def is_finite(data: IbisData) -> ir.BooleanValue | bool:
    """Neither infinite nor NaN."""
    if _field(data).type().is_floating():
        return _is_finite(_field(data)).fill_null(True)
    return _if_unread(data, lambda source: _is_finite(source.try_cast("float64")))


def is_whole(data: IbisData) -> ir.BooleanValue | bool:
    """Without a fraction."""
    return _if_unread(data, lambda source: _is_whole(source.try_cast("float64")))


def fits_the_type(data: IbisData) -> ir.BooleanValue | bool:
    """A whole number that overflows the field's type breaks this rule and no other."""
    return _if_unread(
        data,
        lambda source: (
            ~(
                _is_finite(source.try_cast("float64")) & _is_whole(source.try_cast("float64"))
            ).fill_null(False)
        ),
    )


def is_measurable(data: IbisData) -> ir.BooleanValue | bool:
    """A measured number, which may have a fraction, does not overflow the field's type."""
    return _if_unread(data, lambda source: ~_is_finite(source.try_cast("float64")).fill_null(False))


def is_time(data: IbisData) -> ir.BooleanValue | bool:
    """The source's value is a time, with or without a zone."""
    return _if_unread(data, _states_no_zone)


def states_zone(data: IbisData) -> ir.BooleanValue | bool:
    """The source's time states its zone, or the mapping does."""
    return _if_unread(data, lambda source: ~_states_no_zone(source))


def _field(data: IbisData) -> ir.Value:
    return data.table[data.key]


def _if_unread(
    data: IbisData, rule: Callable[[ir.Value], ir.BooleanValue]
) -> ir.BooleanValue | bool:
    """The rule, asked only where a value was there and could not be read; true elsewhere."""
    name = f"{data.key}{SOURCE_SUFFIX}"
    if name not in data.table.columns:
        return True
    source = data.table[name]
    is_read = source.isnull() | _field(data).notnull()
    return ibis.ifelse(is_read, True, rule(source).fill_null(True))


def _is_finite(number: ir.FloatingValue) -> ir.BooleanValue:
    return ~(number.isnan() | number.isinf())


def _is_whole(number: ir.FloatingValue) -> ir.BooleanValue:
    return (number == floored(number)).fill_null(True)


def _states_no_zone(source: ir.Value) -> ir.BooleanValue:
    if not source.type().is_string():
        return ibis.literal(source.type().is_timestamp() or source.type().is_date())
    return source.try_cast("timestamp(6)").notnull() & ~source.re_search(ZONE)
