"""The catalogue of one build: schema, semantic layer and the values found in the data."""

from genai_session_analyzer.copilot.catalogue.column_measures import column_measures
from genai_session_analyzer.copilot.catalogue.distances import distance_fields
from genai_session_analyzer.copilot.catalogue.fields import OWN_TABLES, fields_of, missing_fields
from genai_session_analyzer.copilot.catalogue.glossary_measures import glossary_measures
from genai_session_analyzer.copilot.catalogue.parts import part_fields
from genai_session_analyzer.copilot.catalogue.percentiles import Measures
from genai_session_analyzer.copilot.catalogue.stickiness import stickiness_measure
from genai_session_analyzer.copilot.catalogue.terms import Catalogue, EntityTerms
from genai_session_analyzer.copilot.facts import DataFacts
from genai_session_analyzer.copilot.plan import Entity
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.semantic import GENERATIONS, PROMPTS, SESSIONS, USERS, Model

_MODELS: dict[Entity, Model] = {
    "generations": GENERATIONS,
    "sessions": SESSIONS,
    "users": USERS,
    "prompts": PROMPTS,
}
_TIME_FIELDS: dict[Entity, str] = {
    "generations": "requested_at",
    "sessions": "started_at",
    "users": "signup_date",
    "prompts": "first_seen_at",
}
_DEFAULT_COLUMNS: dict[Entity, tuple[str, ...]] = {
    "generations": (
        "requested_at",
        "user_id",
        "user_tier",
        "model_version",
        "status",
        "latency_ms",
        "cost_credits",
    ),
    "sessions": (
        "session_id",
        "user_id",
        "started_at",
        "duration_s",
        "generation_count",
        "friction_score",
    ),
    "users": (
        "user_id",
        "user_tier",
        "region",
        "signup_date",
        "total_generations",
        "lifetime_cost_credits",
    ),
    "prompts": ("prompt_text", "times_used", "user_count", "first_seen_at"),
}


def catalogue(facts: DataFacts) -> Catalogue:
    """Return every word a plan over this build may use.

    A measure of the semantic layer wins over one generated from a column of the same name.
    """
    return Catalogue(entities={entity: _terms(entity, facts) for entity in OWN_TABLES})


def _terms(entity: Entity, facts: DataFacts) -> EntityTerms:
    columns = fields_of(entity, facts)
    fields = columns | {each.name: each for each in part_fields(entity, columns)}
    days = {each.name: each for each in distance_fields(entity, columns, facts.newest_at.date())}
    fields |= days
    measured = (*columns.values(), *days.values())
    generated = {each.name: each for field in measured for each in column_measures(field)}
    named = glossary_measures(entity, _MODELS[entity])
    if entity == "generations":
        named |= {"stickiness": stickiness_measure()}
    return EntityTerms(
        name=entity,
        table_name=OWN_TABLES[entity],
        row_word=(entity.removesuffix("s"), entity),
        time_field=_TIME_FIELDS[entity],
        key=TABLES[OWN_TABLES[entity]].key[0],
        fields=fields,
        missing=missing_fields(entity, facts),
        measures=Measures(
            named | {name: each for name, each in generated.items() if name not in named},
            {each.name: each for each in measured},
        ),
        default_columns=_DEFAULT_COLUMNS[entity],
    )
