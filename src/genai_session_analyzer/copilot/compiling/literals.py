"""Values of a plan as SQL text."""

from datetime import UTC, date, datetime

from genai_session_analyzer.copilot.catalogue import FieldTerm
from genai_session_analyzer.copilot.compiling.plan_error import PlanError
from genai_session_analyzer.copilot.plan import Value
from genai_session_analyzer.warehouse.sql_text import quoted_text

_FIRST_PRINTABLE = 32


def literal(field: FieldTerm, value: Value) -> str:
    """Return a value to compare a field with, as SQL.

    Dates and times may be given as ISO text.

    Raises:
        PlanError: The value is not of the field's kind.
    """
    if field.kind in ("date", "time"):
        return moment_literal(_moment(field, value), field)
    if field.kind == "flag":
        return _expected(field, value, isinstance(value, bool), "true or false")
    if field.kind == "number" or field.column == "cluster_id":
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return _expected(field, value, is_number, "a number")
    if isinstance(value, int) and field.kind == "id" and not isinstance(value, bool):
        return str(value)
    _expected(field, value, isinstance(value, str), "text")
    return text_literal(field, str(value))


def text_literal(field: FieldTerm, words: str) -> str:
    """Return a text in single quotes.

    Raises:
        PlanError: It has line breaks or other control characters, which no value has.
    """
    if any(ord(character) < _FIRST_PRINTABLE for character in words):
        raise PlanError(f"{field.name} is compared with {words!r}; leave out line breaks and tabs.")
    return quoted_text(words)


def moment_literal(moment: datetime, field: FieldTerm) -> str:
    """Return a moment (naive, UTC) as DATE or TIMESTAMP, whichever the field holds."""
    if field.kind == "date":
        return f"DATE '{moment.date().isoformat()}'"
    return f"TIMESTAMP '{moment.isoformat(sep=' ')}'"


def naive_utc(moment: datetime) -> datetime:
    """Return the moment as the tables hold times: UTC, without a time zone."""
    if moment.tzinfo is None:
        return moment
    return moment.astimezone(UTC).replace(tzinfo=None)


def _moment(field: FieldTerm, value: Value) -> datetime:
    if isinstance(value, datetime):
        return naive_utc(value)
    if isinstance(value, date):
        return datetime.combine(value, datetime.min.time())
    if isinstance(value, str):
        try:
            return naive_utc(datetime.fromisoformat(value))
        except ValueError:
            pass
    raise PlanError(f"{field.name} is compared with {value!r}; give a date such as '2024-03-04'.")


def _expected(field: FieldTerm, value: Value, fits: bool, kind: str) -> str:
    if not fits:
        raise PlanError(f"{field.name} is compared with {value!r}; give {kind}.")
    return str(value).upper() if isinstance(value, bool) else repr(value)
