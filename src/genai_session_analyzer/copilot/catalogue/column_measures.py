"""Mean, median, quantiles and so on of a column, as measures."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import ibis.expr.types as ir

from genai_session_analyzer.copilot.catalogue.terms import FieldTerm, MeasureKind, MeasureTerm
from genai_session_analyzer.semantic.aggregates import exact_sum

Aggregate = Callable[[ir.Column], ir.Scalar]


@dataclass(frozen=True)
class _Way:
    """One way of putting the values of a column together: `formula` is about "{}"."""

    prefix: str
    kind: MeasureKind
    aggregate: Aggregate
    formula: str


def _quantile(share: float) -> Aggregate:
    return lambda values: values.quantile(share)


_WAYS = (
    _Way("mean", "mean", lambda values: values.mean(), "mean of the known {}"),
    _Way("median", "quantile", lambda values: values.median(), "median of the known {}"),
    _Way("p10", "quantile", _quantile(0.1), "exact 0.1 quantile of {}"),
    _Way("p25", "quantile", _quantile(0.25), "exact 0.25 quantile of {}"),
    _Way("p75", "quantile", _quantile(0.75), "exact 0.75 quantile of {}"),
    _Way("p90", "quantile", _quantile(0.9), "exact 0.9 quantile of {}"),
    _Way("p95", "quantile", _quantile(0.95), "exact 0.95 quantile of {}"),
    _Way("p99", "quantile", _quantile(0.99), "exact 0.99 quantile of {}"),
    _Way("min", "extreme", lambda values: values.min(), "smallest {}"),
    _Way("max", "extreme", lambda values: values.max(), "largest {}"),
    _Way("total", "total", exact_sum, "sum of {}"),
    _Way("stddev", "spread", lambda values: values.std(), "sample standard deviation of {}"),
)
_DISTINCT = _Way("distinct", "distinct", lambda values: values.nunique(), "distinct known {}")
_EXTREMES = tuple(way for way in _WAYS if way.kind == "extreme")
_NEVER_AVERAGED = ("success_rate", "simulated_share", "mean_latency_ms", "mean_retry_count")
"""Rates and means of a row: the mean of those is not the rate of all, so there is none."""


def column_measures(field: FieldTerm) -> Iterator[MeasureTerm]:
    """Yield what can be computed of a field: numbers all, times and dates their extremes."""
    for way in _ways(field):
        yield _measure(field, way)


def percentile_measure(field: FieldTerm, percent: int) -> MeasureTerm:
    """Return the exact percentile of a number, with `percent` of 1 to 99."""
    share = percent / 100
    way = _Way(f"p{percent}", "quantile", _quantile(share), f"exact {share:g} quantile of {{}}")
    return _measure(field, way)


def _ways(field: FieldTerm) -> tuple[_Way, ...]:
    if field.kind == "number":
        skipped = ("mean", "total") if field.name in _NEVER_AVERAGED else ()
        return (*(way for way in _WAYS if way.prefix not in skipped), _DISTINCT)
    if field.kind in ("date", "time"):
        return (*_EXTREMES, _DISTINCT)
    return () if field.kind == "flag" else (_DISTINCT,)


def _measure(field: FieldTerm, way: _Way) -> MeasureTerm:
    words = way.formula.format(field.name)
    return MeasureTerm(
        name=f"{way.prefix}_{field.name}",
        entity=field.entity,
        unit="values" if way is _DISTINCT else field.unit,
        description=f"{words} ({field.description})",
        formula=words,
        synonyms=(),
        additive=way.kind == "total",
        kind=way.kind,
        source="column",
        expression=lambda rows: way.aggregate(rows[field.name]),
        fields=(field.name,),
    )
