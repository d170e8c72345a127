"""From a file's columns to our fields: words, units, zones and types, as Ibis expressions.

Nothing is judged here. A value that cannot become our type is null in the field, and stays in
`<field>_source` for the contract to see.
"""

from datetime import datetime
from string import Formatter

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from genai_session_analyzer.errors import MappingError
from genai_session_analyzer.pipelines.ingestion.mapping.duckdb_functions import (
    floored,
    instant_in,
    make_timestamp,
    nfc_normalize,
    rounded,
    try_strptime,
    wall_clock_in,
)
from genai_session_analyzer.pipelines.ingestion.mapping.fields import FIELDS, QUANTITIES, UNITS
from genai_session_analyzer.pipelines.ingestion.mapping.model import (
    ColumnMapping,
    SourceMapping,
    as_text,
)

SOURCE_SUFFIX = "_source"
ZONE = r"\d:\d{1,2}(:\d{1,2}([.]\d+)?)?\s*([Zz]|[+-]\d{2}(:?\d{2})?|[A-Za-z]+([/_][A-Za-z]+)*)\s*$"
"""A clock time followed by an offset or a zone's name."""
MINUTES_WITH_ZONE = r"([T ]\d{1,2}:\d{2})(\s*([Zz]|[+-]\d).*)$"
"""A clock time without seconds before its zone: sound in ISO 8601, unknown to DuckDB."""


def mapped_rows(rows: ir.Table, mapping: SourceMapping) -> ir.Table:
    """Returns the file's rows in our fields and units.

    Args:
        rows: One row per record: `source_row` and the file's columns.
        mapping: Fitted to the file's columns (`SourceMapping.for_columns`).

    Returns:
        One row per record, lazily: `source_row`, each mapped field, and beside those that are not
        text `<field>_source`, the value it was made from.

    Raises:
        MappingError: A numeric timestamp without a unit.
    """
    columns: dict[str, ir.Value] = {"source_row": rows.source_row}
    for field, column in mapping.columns.items():
        source = _source_value(rows, column)
        if FIELDS[field] != "string":
            source = source.strip().nullif("") if source.type().is_string() else source
            columns[field + SOURCE_SUFFIX] = source
        columns[field] = _converted(source, field, column, mapping)
    for field, value in mapping.constants.items():
        columns[field] = ibis.literal(value).cast(FIELDS[field])
    return rows.select(**columns)


def _source_value(rows: ir.Table, column: ColumnMapping) -> ir.Value:
    """The value before conversion: words replaced, blanks and excluded rows null."""
    value = rows[column.column] if column.column else _from_template(rows, column.template or "")
    if column.values is not None:
        words = {k: None if v is None else as_text(v) for k, v in column.values.items()}
        value = _replaced(value.cast("string"), words)
    for other, excluded in column.unless.items():
        is_excluded = rows[other].cast("string").isin(excluded).fill_null(False)
        value = ibis.ifelse(is_excluded, ibis.null(value.type()), value)
    if column.default is not None:
        value = value.cast("string").fill_null(as_text(column.default))
    return value


def _replaced(text: ir.StringValue, words: dict[str, str | None]) -> ir.Value:
    branches = [
        (text == theirs, ibis.null("string") if ours is None else ibis.literal(ours))
        for theirs, ours in words.items()
    ]
    return ibis.cases(*branches, else_=text)


def _from_template(rows: ir.Table, template: str) -> ir.Value:
    text: ir.Value = ibis.literal("")
    for prefix, name, padding, _ in Formatter().parse(template):
        text = text + ibis.literal(prefix)
        if name:
            value = rows[name].cast("string")
            width = int((padding or "0").rstrip("d"))
            padded = ibis.ifelse(value.length() < width, value.lpad(width, "0"), value)
            text = text + (padded if width else value)
    return text


def _converted(
    source: ir.Value, field: str, column: ColumnMapping, mapping: SourceMapping
) -> ir.Value:
    kind = FIELDS[field]
    if kind == "string":
        text = source.cast("string")
        return nfc_normalize(text) if field == "prompt_text" else text.nullif("")
    if kind == "timestamp(6)":
        return _timestamp(source, column, mapping.timezone)
    if kind == "date":
        return _date(source, column)
    if kind == "boolean":
        return _boolean(source)
    return _number(source, field, column)


def _number(source: ir.Value, field: str, column: ColumnMapping) -> ir.Value:
    """A whole number only where the value is one; a measured one is rounded to our unit."""
    kind = FIELDS[field]
    if column.unit is None and source.type().is_integer():
        return source.try_cast(kind)
    number = source.try_cast("float64")
    if source.type().is_float32():
        number = number.round(6)  # 8.8 stored in 32 bits is 8.80000019
    if column.unit is not None:
        number = number * (UNITS[QUANTITIES[field]][column.unit] * (column.rate or 1.0))
    if kind == "float64":
        return number
    if field == "latency_ms":
        return rounded(number).try_cast(kind)
    exact = source.try_cast("int64") if source.type().is_string() else number
    return ibis.ifelse(number == floored(number), exact.try_cast(kind), ibis.null(kind))


def _boolean(source: ir.Value) -> ir.Value:
    return source if source.type().is_boolean() else source.cast("string").try_cast("boolean")


def _timestamp(source: ir.Value, column: ColumnMapping, zone: str | None) -> ir.Value:
    """UTC without a zone; null where the value is no time, or states no zone and none is given."""
    kind = source.type()
    if column.unit is not None:
        return _from_epoch(source, UNITS["time"][column.unit])
    if kind.is_numeric():
        raise MappingError(
            f"{column.column}: the timestamps are numbers; say `unit: s`, `ms`, `us` or `ns`."
        )
    if kind.is_timestamp() or kind.is_date():
        return _utc(source) if getattr(kind, "timezone", None) else _from_wall_clock(source, zone)
    if column.format is not None:
        return _from_wall_clock(try_strptime(source, column.format), zone)
    with_seconds = source.re_replace(MINUTES_WITH_ZONE, r"\1:00\2")
    instant = _utc(with_seconds.try_cast(dt.Timestamp("UTC")))
    return ibis.ifelse(
        source.re_search(ZONE), instant, _from_wall_clock(source.try_cast("timestamp(6)"), zone)
    )


def _from_epoch(source: ir.Value, microseconds: float) -> ir.Value:
    """Whole seconds, or fractions of one; nothing beyond the years DuckDB can hold."""
    time = rounded(source.try_cast("float64") * microseconds)
    holds = time.abs() < datetime(9999, 1, 1).timestamp() * 1e6
    return make_timestamp(ibis.ifelse(holds, time, ibis.null("float64")).try_cast("int64"))


def _from_wall_clock(time: ir.Value, zone: str | None) -> ir.Value:
    if zone is None:
        return ibis.null("timestamp(6)")
    naive = time.cast("timestamp(6)")
    return naive if zone == "UTC" else _utc(instant_in(zone, naive))


def _utc(instant: ir.Value) -> ir.Value:
    return wall_clock_in("UTC", instant.cast(dt.Timestamp("UTC")))


def _date(source: ir.Value, column: ColumnMapping) -> ir.Value:
    if column.format is not None and source.type().is_string():
        return try_strptime(source, column.format).cast("date")
    return source.try_cast("date")
