"""The semantic layer's measures as terms of a plan."""

import ibis
import ibis.expr.operations as ops

from genai_session_analyzer.copilot.catalogue import synonyms
from genai_session_analyzer.copilot.catalogue.terms import MeasureKind, MeasureTerm
from genai_session_analyzer.copilot.plan import Entity
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic import Measure, Model

_KINDS: tuple[tuple[str, MeasureKind], ...] = (
    ("number of distinct", "distinct"),
    ("number of", "count"),
    ("exact", "quantile"),
    ("largest", "extreme"),
)


def glossary_measures(entity: Entity, model: Model) -> dict[str, MeasureTerm]:
    """Return the measures of a model by name."""
    table = ibis.table(TABLES[model.table_name].ibis_schema(), name=model.table_name)
    return {measure.name: _term(entity, measure, table) for measure in model.measures}


def _term(entity: Entity, measure: Measure, table: ibis.Table) -> MeasureTerm:
    words = (*measure.synonyms, *synonyms.MEASURES.get(measure.name, ()))
    return MeasureTerm(
        name=measure.name,
        entity=entity,
        unit=measure.unit,
        description=measure.description,
        formula=measure.formula,
        synonyms=tuple(dict.fromkeys(words)),
        additive=measure.additive,
        kind=_kind(measure),
        source="glossary",
        expression=measure.expression,
        fields=_fields(measure, table),
        denominator=measure.denominator,
    )


def _kind(measure: Measure) -> MeasureKind:
    if measure.denominator is not None:
        return "ratio"
    starts = (kind for start, kind in _KINDS if measure.formula.startswith(start))
    return next(starts, "total")


def _fields(measure: Measure, table: ibis.Table) -> tuple[str, ...]:
    """The columns an expression reads, in the table's order."""
    read = {field.name for field in measure.expression(table).op().find(ops.Field)}
    return tuple(name for name in table.columns if name in read)
