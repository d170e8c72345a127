"""What a field, a measure and an entity are to a plan."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import ibis.expr.types as ir

from genai_session_analyzer.copilot.catalogue.distance import Distance
from genai_session_analyzer.copilot.plan import Entity
from genai_session_analyzer.errors import AnalyzerError, UnknownNameError

FieldKind = Literal["category", "flag", "number", "date", "time", "text", "id"]
TimePart = Literal["hour", "weekday", "week_part", "day_part", "week", "month", "quarter", "year"]
MeasureKind = Literal[
    "count", "distinct", "total", "ratio", "mean", "quantile", "extreme", "spread"
]


@dataclass(frozen=True, kw_only=True)
class FieldTerm:
    """A value of each row of an entity.

    Attributes:
        name: What a plan of this entity calls it; plans of others write `entity.name`.
        entity: The entity it belongs to.
        kind: `category` for text with few values, `id` for keys and seeds, `time` for timestamps.
        unit: `ms`, `s`, `credits`, `rate` (0-1) and so on; empty where there is none.
        values: What it can hold, most frequent first; empty where that is not listed.
        table_name: The documented table it is read from.
        column: Its column there.
        is_nullable: Whether it can be unknown.
        part: The part of a time in that column that it is; None for the column itself.
        distance: The days between two days that it is, instead of the column.
    """

    name: str
    entity: Entity
    kind: FieldKind
    unit: str
    description: str
    synonyms: tuple[str, ...]
    values: tuple[str, ...]
    table_name: str
    column: str
    is_nullable: bool
    part: TimePart | None = None
    distance: Distance | None = None

    @property
    def is_computed(self) -> bool:
        """Whether it is computed of a column instead of being one."""
        return bool(self.part or self.distance)


@dataclass(frozen=True, kw_only=True)
class MeasureTerm:
    """A number computed from rows of an entity.

    Attributes:
        unit: What it is measured in; `rate` for a share of 0-1.
        formula: In words, what `expression` computes.
        additive: The measures of the parts sum to the measure of the whole.
        kind: How it puts rows together.
        source: `glossary` where the semantic layer names it, `column` for the mean and so on of a
            column.
        expression: The measure over a table with the entity's fields as columns.
        fields: The fields it reads; empty for a number of rows.
        denominator: Of a ratio, the measure it is divided by.
    """

    name: str
    entity: Entity
    unit: str
    description: str
    formula: str
    synonyms: tuple[str, ...]
    additive: bool
    kind: MeasureKind
    source: Literal["glossary", "column"]
    expression: Callable[[ir.Table], ir.Scalar]
    fields: tuple[str, ...]
    denominator: str | None = None


@dataclass(frozen=True, kw_only=True)
class EntityTerms:
    """What a row that is counted is.

    Attributes:
        row_word: What one is called, and many.
        time_field: The field that time ranges and grains are about.
        key: The field that tells rows apart.
        missing: Fields this build has no data for, with the reason and remedy.
        default_columns: Fields to list where none are asked for.
    """

    name: Entity
    table_name: str
    row_word: tuple[str, str]
    time_field: str
    key: str
    fields: Mapping[str, FieldTerm]
    missing: Mapping[str, str]
    measures: Mapping[str, MeasureTerm]
    default_columns: tuple[str, ...]

    @property
    def count_measure(self) -> str:
        """The measure that counts the entity's rows, such as `generation_count`."""
        return f"{self.row_word[0]}_count"


COARSER: Mapping[Entity, tuple[Entity, ...]] = {
    "generations": ("users", "prompts", "sessions"),
    "sessions": ("users",),
    "users": (),
    "prompts": (),
}
"""Entities of which each row of an entity has one."""

FINER: Mapping[Entity, tuple[Entity, ...]] = {
    "generations": (),
    "sessions": ("generations",),
    "users": ("generations", "sessions"),
    "prompts": ("generations",),
}
"""Entities of which each row of an entity has any number."""

FIELDS_LISTED = "docs/data_model.md lists the columns of each table."
MEASURES_LISTED = (
    "The page Method lists those of the glossary; the others are distinct_, mean_, median_, p90_,"
    " p95_, min_, max_, total_ and so on before a column of docs/data_model.md."
)


class FieldMissingError(AnalyzerError):
    """A field exists, but this build has no data for it; the message has the remedy."""


@dataclass(frozen=True)
class Catalogue:
    """Every word a plan may use, for one build."""

    entities: Mapping[str, EntityTerms]

    def entity(self, name: str) -> EntityTerms:
        """Return the entity of that name, or raise UnknownNameError saying which there are."""
        if name not in self.entities:
            raise UnknownNameError("entity", name, self.entities)
        return self.entities[name]

    def field(self, entity: str, name: str) -> FieldTerm:
        """Return the field a plan of `entity` means by `name`: `status`, `users.signup_date`.

        Raises:
            UnknownNameError: There is none; says which are near, and where all are listed.
            FieldMissingError: This build has no data for it.
        """
        owner, _, column = name.rpartition(".")
        terms = self.entity(owner or entity)
        if column in terms.missing:
            raise FieldMissingError(f"{column}: {terms.missing[column]}")
        reachable = (entity, *COARSER[self.entity(entity).name], *FINER[self.entity(entity).name])
        if column not in terms.fields or terms.name not in reachable:
            known = self.reachable(entity)
            raise UnknownNameError(f"field of {entity}", name, known, FIELDS_LISTED)
        return terms.fields[column]

    def measure(self, entity: str, name: str) -> MeasureTerm:
        """Return the measure of an entity.

        Raises:
            UnknownNameError: There is none; says which are near, and where all are listed.
        """
        measures = self.entity(entity).measures
        if name not in measures:
            raise UnknownNameError(f"measure of {entity}", name, measures, MEASURES_LISTED)
        return measures[name]

    def reachable(self, entity: str) -> dict[str, FieldTerm]:
        """Return every field a plan of `entity` may name, by that name, its own first.

        Of another entity only what the entity does not have itself: `users.signup_date`.
        """
        terms = self.entity(entity)
        found = dict(terms.fields)
        for other in (*COARSER[terms.name], *FINER[terms.name]):
            found |= {
                f"{other}.{name}": term
                for name, term in self.entities[other].fields.items()
                if name not in terms.fields
            }
        return found
