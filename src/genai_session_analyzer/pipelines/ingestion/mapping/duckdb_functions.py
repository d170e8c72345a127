"""DuckDB functions that Ibis has no name for, declared for use in its expressions."""

import ibis
import ibis.expr.datatypes as dt

# mypy: disable-error-code="untyped-decorator, empty-body, valid-type"
_WALL_CLOCK = dt.Timestamp(scale=6)
_INSTANT = dt.Timestamp("UTC")


@ibis.udf.scalar.builtin
def nfc_normalize(text: str) -> str:
    """The text in Unicode's normal form C."""


@ibis.udf.scalar.builtin(name="chr")
def character(code: int) -> str:
    """The character of a code point; a literal NUL would end the statement."""


@ibis.udf.scalar.builtin(name="floor")
def floored(number: float) -> float:
    """A number without its fraction, still a float: Ibis's own floor fails on NaN and 1e30."""


@ibis.udf.scalar.builtin(name="round")
def rounded(number: float) -> float:
    """The nearest whole number, still a float: Ibis's own round fails on NaN and 1e30."""


@ibis.udf.scalar.builtin(name="md5_number_lower")
def md5_number(text: str) -> dt.UInt64:
    """The lower half of a text's MD5 as a number."""


@ibis.udf.scalar.builtin(name="to_json")
def as_json(record) -> dt.JSON:  # type: ignore[no-untyped-def]
    """A record as JSON, whatever its fields; cast it to a string where text is wanted."""


@ibis.udf.scalar.builtin
def make_timestamp(microseconds: int) -> _WALL_CLOCK:
    """The UTC time that many microseconds after 1970."""


@ibis.udf.scalar.builtin
def try_strptime(text: str, pattern: str) -> _WALL_CLOCK:
    """The time a text states in a given format; null where it does not fit."""


@ibis.udf.scalar.builtin(name="timezone")
def instant_in(zone: str, wall_clock: _WALL_CLOCK) -> _INSTANT:
    """The instant at which the clocks of a zone show a time."""


@ibis.udf.scalar.builtin(name="timezone")
def wall_clock_in(zone: str, instant: _INSTANT) -> _WALL_CLOCK:
    """What the clocks of a zone show at an instant."""
