"""The fields of each entity, read off the documented tables."""

from collections.abc import Iterable
from dataclasses import replace

from genai_session_analyzer.copilot.catalogue import synonyms
from genai_session_analyzer.copilot.catalogue.terms import FieldKind, FieldTerm
from genai_session_analyzer.copilot.catalogue.units import unit_of
from genai_session_analyzer.copilot.facts import DataFacts, Feature
from genai_session_analyzer.copilot.plan import Entity
from genai_session_analyzer.schema import TABLES
from genai_session_analyzer.schema.table_schema import Column

OWN_TABLES: dict[Entity, str] = {
    "generations": "fct_generations",
    "sessions": "fct_sessions",
    "users": "dim_users",
    "prompts": "dim_prompts",
}
FEATURE_COLUMNS: dict[Feature, tuple[tuple[str, str, str], ...]] = {
    "labels": tuple(
        ("ftr_prompt_labels", name, name)
        for name in (
            "domain",
            "art_style",
            "mood",
            "subject",
            "setting",
            "lighting",
            "complexity_score",
            "has_nsfw_intent",
        )
    ),
    "clusters": (
        ("ftr_prompt_clusters", "cluster_id", "cluster_id"),
        ("dim_clusters", "title", "cluster_title"),
    ),
}
"""Table, column and name of each field of a prompt that a feature table holds."""

HAVE_FEATURES: tuple[Entity, ...] = ("generations", "prompts")
_KEYS = ("seed", "part_id", "cluster_id")
_CATEGORIES = ("dataset", "model_version", "sampler")
_CLUSTER_TITLE = "title of the cluster that the prompt belongs to; null = in none"
_KINDS: dict[str, FieldKind] = {
    "boolean": "flag",
    "date": "date",
    "timestamp(6)": "time",
    "string": "text",
}


def fields_of(entity: Entity, facts: DataFacts) -> dict[str, FieldTerm]:
    """Return the fields of an entity by name: its table's columns, then those of its prompt.

    Columns that are lists are none. Features that the build lacks are left out.
    """
    found = [_field(entity, OWN_TABLES[entity], name, facts) for name in _own_columns(entity)]
    if entity in HAVE_FEATURES:
        for feature in sorted(facts.features, reverse=True):
            for table_name, column, name in FEATURE_COLUMNS[feature]:
                field = _field(entity, table_name, column, facts)
                found.append(field if name == column else _renamed(field, name))
    return {field.name: field for field in found}


def missing_fields(entity: Entity, facts: DataFacts) -> dict[str, str]:
    """Return the fields that the build has no data for, each with the reason and the remedy."""
    if entity not in HAVE_FEATURES:
        return {}
    return {
        name: f"this build has no {feature}: run `make run`"
        for feature, columns in FEATURE_COLUMNS.items()
        if feature not in facts.features
        for _, _, name in columns
    }


def _renamed(field: FieldTerm, name: str) -> FieldTerm:
    words = synonyms.FIELDS.get(name, ())
    return replace(field, name=name, synonyms=words, description=_CLUSTER_TITLE, is_nullable=True)


def _own_columns(entity: Entity) -> Iterable[str]:
    return TABLES[OWN_TABLES[entity]].column_names


def _field(entity: Entity, table_name: str, name: str, facts: DataFacts) -> FieldTerm:
    column = TABLES[table_name].column(name)
    values = facts.values_of(table_name, name)
    from_prompt = table_name != OWN_TABLES[entity]
    return FieldTerm(
        name=name,
        entity=entity,
        kind=_kind(column, values),
        unit=unit_of(name),
        description=column.description,
        synonyms=synonyms.FIELDS.get(name, ()),
        values=(*values, *(value for value in column.values if value not in values)),
        table_name=table_name,
        column=name,
        is_nullable=column.nullable or (from_prompt and entity == "generations"),
    )


def _kind(column: Column, values: tuple[str, ...]) -> FieldKind:
    if column.values or values or column.name in _CATEGORIES:
        return "category"
    if column.name.endswith("_id") or column.name in _KEYS:
        return "id"
    return _KINDS.get(column.dtype, "number")
