"""The words a model may use for one question: few, so that a small model chooses well."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from genai_session_analyzer.copilot.catalogue import Catalogue, FieldTerm, MeasureTerm
from genai_session_analyzer.copilot.catalogue.terms import COARSER
from genai_session_analyzer.copilot.model_planning.cues import Cue, cues_in
from genai_session_analyzer.copilot.model_planning.previous_plan import (
    cues_of,
    fields_of,
    measures_of,
    numbers_of,
)
from genai_session_analyzer.copilot.model_planning.question_words import numbers_in, stems
from genai_session_analyzer.copilot.model_planning.term_ranking import RankedTerm, TermRanking
from genai_session_analyzer.copilot.plan import Entity, QueryPlan

_MOST_MEASURES, _MOST_FIELDS = 6, 5
_EVERYDAY: dict[Entity, tuple[str, ...]] = {
    "generations": ("generation_count", "error_rate", "mean_latency_ms", "total_cost_credits"),
    "sessions": ("session_count", "mean_friction_score"),
    "users": ("user_count",),
    "prompts": ("prompt_count",),
}
_GROUPABLE = ("category", "flag", "date", "id", "number")
_UNLIKELY = 0.4
"""Terms below this share of the best one's score are not worth their place."""


@dataclass(frozen=True, kw_only=True)
class FilterOffer:
    """A field to filter by, with the values that the question names; none for numbers."""

    field: FieldTerm
    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EntityOffer:
    """What may be asked of one entity."""

    entity: Entity
    measures: tuple[MeasureTerm, ...]
    fields: tuple[tuple[str, FieldTerm], ...]
    filters: tuple[FilterOffer, ...]


@dataclass(frozen=True, kw_only=True)
class Offer:
    """All that may be said for one question.

    Attributes:
        entities: At least one.
        numbers: The question's own; no others can be said.
        cues: What else its words ask for.
    """

    entities: tuple[EntityOffer, ...]
    numbers: tuple[float, ...]
    cues: frozenset[Cue]


@dataclass(frozen=True)
class NamedValue:
    """A value that a question names, and the field of the catalogue it belongs to."""

    entity: Entity
    field: str
    value: str


def offer_for(
    question: str,
    catalogue: Catalogue,
    ranking: TermRanking,
    values: Iterable[NamedValue],
    previous: QueryPlan | None = None,
) -> Offer:
    """Return what a question's words suggest, and a few terms that are always of use.

    Args:
        question: The words.
        catalogue: All that plans may say.
        ranking: Of the catalogue's terms.
        values: Values that the words name.
        previous: A plan that the question changes: its words stay on offer.
    """
    ranked = ranking.ranked(question)
    named = tuple(values)
    entities = (previous.entity,) if previous else _entities(question, catalogue, ranked)
    return Offer(
        entities=tuple(
            _entity_offer(catalogue, entity, ranked, named, previous) for entity in entities
        ),
        numbers=tuple(dict.fromkeys((*numbers_in(question), *numbers_of(previous)))),
        cues=cues_in(question) | cues_of(previous),
    )


def _entities(
    question: str, catalogue: Catalogue, ranked: Sequence[RankedTerm]
) -> tuple[Entity, ...]:
    """Those named, those that own a leading term nobody else has, and generations."""
    asked = set(stems(question))
    leading: dict[str, list[Entity]] = {}
    for each in [each for each in ranked if isinstance(each.term, MeasureTerm)][:6]:
        leading.setdefault(each.name, []).append(each.entity)
    owners = {entities[0] for entities in leading.values() if len(entities) == 1}
    found = [
        terms.name
        for terms in catalogue.entities.values()
        if terms.name == "generations"
        or terms.name in owners
        or asked & set(stems(" ".join(terms.row_word)))
    ]
    return tuple(found)


def _entity_offer(
    catalogue: Catalogue,
    entity: Entity,
    ranked: Sequence[RankedTerm],
    values: Sequence[NamedValue],
    previous: QueryPlan | None,
) -> EntityOffer:
    terms = catalogue.entity(entity)
    own = [each for each in ranked if each.entity == entity]
    measures = _leading([each for each in own if isinstance(each.term, MeasureTerm)])
    fields = _leading([each for each in own if isinstance(each.term, FieldTerm)])
    everyday = [name for name in _EVERYDAY[entity] if name in terms.measures]
    measure_names = [*measures_of(previous), *measures[:_MOST_MEASURES], *everyday]
    reachable = catalogue.reachable(entity)
    field_names = [*fields_of(previous), *fields[:_MOST_FIELDS]]
    known = [name for name in dict.fromkeys(field_names) if name in reachable]
    return EntityOffer(
        entity=entity,
        measures=tuple(terms.measures[name] for name in dict.fromkeys(measure_names)),
        fields=tuple(
            (name, reachable[name]) for name in known if _can_group(entity, reachable[name])
        ),
        filters=_filters(reachable, known, [each for each in values if each.entity == entity]),
    )


def _leading(ranked: Sequence[RankedTerm]) -> list[str]:
    least = ranked[0].score * _UNLIKELY if ranked else 0.0
    return [each.name for each in ranked if each.score > least]


def _can_group(entity: Entity, term: FieldTerm) -> bool:
    return term.kind in _GROUPABLE and term.entity in (entity, *COARSER[entity])


def _filters(
    reachable: dict[str, FieldTerm], known: Sequence[str], values: Sequence[NamedValue]
) -> tuple[FilterOffer, ...]:
    said: dict[str, list[str]] = {}
    for each in values:
        if each.field in reachable:
            said.setdefault(each.field, []).append(each.value)
    for name in known:
        term = reachable[name]
        if term.kind in ("number", "flag"):
            said.setdefault(name, [])
    return tuple(
        FilterOffer(field=reachable[name], name=name, values=tuple(dict.fromkeys(found)))
        for name, found in said.items()
    )
