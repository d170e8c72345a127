"""Numbers shown in another unit of time than the data has, and numbers per another number."""

from genai_session_analyzer.copilot.plan import MeasureUse

_MILLISECONDS = {"ms": 1, "s": 1000, "min": 60_000, "h": 3_600_000}


def can_be_shown_in(unit: str, wanted: str) -> bool:
    """Return whether a number in `unit` can be shown in the unit of time `wanted`."""
    return unit in _MILLISECONDS and wanted in _MILLISECONDS


def scaled_sql(sql: str, unit: str, wanted: str | None) -> str:
    """Return the SQL of a number in another unit of time; as it is where none is wanted.

    Args:
        sql: The number, without an operator outside of parentheses but for `/`.
        unit: What it is measured in.
        wanted: What it is to be measured in.
    """
    if wanted is None or wanted == unit:
        return sql
    from_ms, to_ms = _MILLISECONDS[unit], _MILLISECONDS[wanted]
    if to_ms >= from_ms:
        return f"{sql} / {to_ms // from_ms}"
    return f"{sql} * {from_ms // to_ms}"


def per_sql(sql: str, other: str, many: int = 1) -> str:
    """Return the SQL of one number over another, or over `many`; null where the other is 0."""
    return f"{'' if many == 1 else f'{many} * '}{sql} / NULLIF({other}, 0)"


def scaled_name(use: MeasureUse) -> str:
    """Return what a measure is called in its unit, and over the other measure."""
    name = use.name
    if use.unit is not None:
        name = f"{name.removesuffix('_ms').removesuffix('_s')}_{use.unit}"
    many = "" if use.per_many == 1 else f"{use.per_many}_"
    return f"{name}_per_{many}{use.over}" if use.over else name
